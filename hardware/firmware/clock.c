#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#define US_PER_OVERFLOW (65536UL / TICKS_PER_US)

static volatile uint32_t overflowed_us;

ISR(TIMER1_OVF_vect)
{
  overflowed_us += US_PER_OVERFLOW;
}

void clock_start(void)
{
  TCCR1A = 0;
  TCCR1B = _BV(CS11); /* a tick every 8 cycles; capture on a falling edge */
  TIMSK1 |= _BV(TOIE1);
}

uint32_t clock_us_in_interrupt(void)
{
  uint16_t ticks = TCNT1;
  uint32_t before_us = overflowed_us;
  if ((TIFR1 & _BV(TOV1)) && ticks < 0x8000) /* it has just overflowed and was not served yet */
    before_us += US_PER_OVERFLOW;
  return before_us + ticks / TICKS_PER_US;
}

uint32_t clock_us(void)
{
  uint32_t now_us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
  {
    now_us = clock_us_in_interrupt();
  }
  return now_us;
}
