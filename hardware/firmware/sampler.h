/* What each kind of board gives to the loop that all share. Its kind.h says what a Value is. */
#ifndef SAMPLER_H
#define SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

#include "kind.h"
#include "message.h"

typedef struct {
  uint32_t index;   /* since it was started; what was lost is a jump */
  uint32_t time_us; /* device time at which the signal had these values */
  Value values[CHANNELS];
} Sample;

void sampler_setup(void);

/* What the board is; the rate is the one that is in use or would be. */
void sampler_describe(Hello *hello);

/* Samples from index 0 at the wanted rate if it can, else at the rate that it likes. */
void sampler_start(uint16_t wanted_hz);
void sampler_stop(void);

/* Whether a sample waits to be taken. */
bool sampler_is_ready(void);

/* The next sample, if there is one. */
bool sampler_take(Sample *sample);

/* Samples that nobody took in time, and that the converter spoilt, since power-up. */
uint32_t sampler_overruns(void);
uint32_t sampler_converter_errors(void);

#endif
