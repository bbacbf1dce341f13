#include "pulse.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "clock.h"

enum { BOUNCE_US = 2000 }; /* a reed switch bounces for about 1 ms */

static volatile Pulse newest;
static volatile bool is_new;

ISR(TIMER1_CAPT_vect)
{
  uint16_t age_ticks = TCNT1 - ICR1;
  uint32_t time_us = clock_us_in_interrupt() - age_ticks / TICKS_PER_US;
  if (newest.count && time_us - newest.time_us < BOUNCE_US)
    return;
  newest.time_us = time_us;
  newest.count++;
  is_new = true;
}

void pulse_start(void)
{
  PORTB |= _BV(PB0); /* pulled up: a Hall switch or reed contact pulls it down */
  TCCR1B |= _BV(ICNC1);
  TIFR1 = _BV(ICF1);
  TIMSK1 |= _BV(ICIE1);
}

bool pulse_take(Pulse *pulse)
{
  bool taken = false;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
  {
    if (is_new) {
      pulse->time_us = newest.time_us;
      pulse->count = newest.count;
      is_new = false;
      taken = true;
    }
  }
  return taken;
}
