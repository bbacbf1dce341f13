/* The converter keeps the rate; its data-ready line (INT0, PD2) says when a sample is there. */
#include "sampler.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "clock.h"
#include "converter.h"
#include "identity.h"

#ifndef BOARD_ID
#define BOARD_ID "deck"
#endif

static volatile uint32_t ready_us;
static volatile uint8_t ready;
static uint32_t next_index, overruns, converter_errors;
static uint16_t rate_hz = CONVERTER_DEFAULT_HZ;

ISR(INT0_vect)
{
  ready_us = clock_us_in_interrupt();
  ready++;
}

void sampler_setup(void)
{
  PORTD |= _BV(PD2);
  EICRA = _BV(ISC01); /* on falling edges */
  converter_setup();
}

void sampler_describe(Hello *hello)
{
  hello->board = converter_board;
  hello->id = identity(BOARD_ID);
  hello->channels = "\"fl\",\"fr\",\"rl\",\"rr\"";
  hello->rate_hz = rate_hz;
  hello->bits = converter_bits;
  hello->vref_mv = converter_vref_mv;
}

void sampler_start(uint16_t wanted_hz)
{
  rate_hz = converter_rate_hz(wanted_hz);
  next_index = 0;
  if (!converter_start(rate_hz))
    converter_errors++;
  ready = 0;
  EIFR = _BV(INTF0);
  EIMSK = _BV(INT0);
}

void sampler_stop(void)
{
  EIMSK = 0;
  converter_stop();
}

bool sampler_is_ready(void)
{
  return ready;
}

/* How many samples have become ready, and when the newest did. */
static uint8_t take_ready(uint32_t *at_us)
{
  uint8_t count;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
  {
    count = ready;
    *at_us = ready_us;
    ready = 0;
  }
  return count;
}

bool sampler_take(Sample *sample)
{
  uint32_t at_us;
  uint8_t count = take_ready(&at_us);
  if (!count)
    return false;
  next_index += count;
  overruns += count - 1;
  if (count > 1) /* the older of two that wait inside comes first */
    converter_read(sample->values);
  if (!converter_read(sample->values)) {
    converter_errors++;
    return false;
  }
  sample->index = next_index - 1;
  sample->time_us = at_us - converter_delay_us(rate_hz);
  return true;
}

uint32_t sampler_overruns(void)
{
  return overruns;
}

uint32_t sampler_converter_errors(void)
{
  return converter_errors;
}
