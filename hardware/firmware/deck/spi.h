/* The SPI bus as master: mode 1, at a quarter of the clock. Chip select is PB2, low when asked. */
#ifndef SPI_H
#define SPI_H

#include <stdint.h>

void spi_setup(void);
void spi_select(void);
void spi_release(void);

/* Sends a byte; the one that came back meanwhile. */
uint8_t spi_swap(uint8_t byte);

#endif
