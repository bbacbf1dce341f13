/* Pulses of the belt's roller: falling edges on ICP1 (PB0), timed by timer 1 itself. */
#ifndef PULSE_H
#define PULSE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  uint32_t time_us;
  uint32_t count; /* since power-up */
} Pulse;

void pulse_start(void);

/* The newest pulse, if it was not taken yet. Were there several, its count tells. */
bool pulse_take(Pulse *pulse);

#endif
