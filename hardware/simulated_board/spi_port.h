/* The chip's SPI port as master, polled, at its true speed: simavr's takes 100 us for any byte. */
#ifndef SPI_PORT_H
#define SPI_PORT_H

#include <stdint.h>

#include <simavr/sim_avr.h>

/* What the device on the bus answers to a byte, bit for bit at the same time. */
typedef uint8_t (*SpiSwap)(void *device, uint8_t byte);

typedef struct {
  SpiSwap swap;
  void *device;
  uint8_t sent, received;
} SpiPort;

/* Takes the place of simavr's. */
void spi_attach(SpiPort *port, avr_t *avr, SpiSwap swap, void *device);

#endif
