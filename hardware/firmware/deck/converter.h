/* A converter of CHANNELS simultaneous channels. To use another: write what is declared here
 * in a file of its own, and build with `make CONVERTER=` its name. */
#ifndef CONVERTER_H
#define CONVERTER_H

#include <stdbool.h>
#include <stdint.h>

#include "kind.h"

enum { CONVERTER_DEFAULT_HZ = 1000 };

/* Pins and buses, once, at power-up. */
void converter_setup(void);

/* The rate it would use when wanted_hz is asked for: itself, or the default. */
uint16_t converter_rate_hz(uint16_t wanted_hz);

/* Begins to convert. From then on its data-ready line falls when a sample is there. */
bool converter_start(uint16_t rate_hz);

void converter_stop(void);

/* Reads the sample that is there; false if it came damaged. */
bool converter_read(Value values[CHANNELS]);

/* How long before the data-ready edge the signal had the values that are read then. */
uint16_t converter_delay_us(uint16_t rate_hz);

/* What HELLO says of a deck with it. */
extern const char converter_board[];
extern const uint8_t converter_bits;
extern const uint16_t converter_vref_mv;

#endif
