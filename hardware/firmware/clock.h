/* Device time: microseconds since power-up, from timer 1. Wraps at 2^32. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

#if F_CPU % 8000000
#error "F_CPU must be a whole multiple of 8 MHz"
#endif
#define TICKS_PER_US (F_CPU / 8000000) /* timer 1 counts every eighth cycle */

void clock_start(void);

uint32_t clock_us(void);

/* The same while interrupts are off: in their handlers. */
uint32_t clock_us_in_interrupt(void);

#endif
