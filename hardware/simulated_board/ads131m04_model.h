/* A model of the ADS131M04 on the simulated chip's pins: SPI, chip select PB2, data ready PD2.
 *
 * It has the registers, commands, answers, CRC, the two samples that wait inside, the rates at a
 * clock of 8.192 MHz and the filters' delay; not their frequency response, and no noise. */
#ifndef ADS131M04_MODEL_H
#define ADS131M04_MODEL_H

#include <stdint.h>

#include <simavr/sim_avr.h>

#include "spi_port.h"

enum { ADS_CHANNELS = 4, ADS_FRAME_BYTES = 18, ADS_WAITING = 2 };

/* Millivolts of a channel so many seconds before now. */
typedef double (*AdsInput)(void *board, double ago_s, int channel);

typedef struct {
  avr_t *avr;
  AdsInput input;
  void *board;
  double cycles_per_s, left_cycles; /* the chip's, in a second of the converter's crystal */
  unsigned spoil_every; /* of so many frames with samples one has a wrong CRC; 0: none */
  unsigned frames;
  uint16_t registers[64];
  uint16_t answer;
  int32_t samples[ADS_WAITING][ADS_CHANNELS];
  int waiting;
  uint8_t in[ADS_FRAME_BYTES], out[ADS_FRAME_BYTES];
  int position;
  SpiPort port;
  avr_irq_t *data_ready;
} Ads131m04;

void ads_attach(Ads131m04 *ads, avr_t *avr, AdsInput input, void *board);

#endif
