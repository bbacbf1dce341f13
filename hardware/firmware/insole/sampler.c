/* Timer 1 begins a scan of A0 to A7 at each sample's time; the converter's interrupts go on. */
#include "sampler.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>
#include <util/delay.h>

#include "clock.h"
#include "identity.h"

enum { DEFAULT_HZ = 500, FASTEST_HZ = 1000, SLOWEST_HZ = 50, BITS = 10, SUPPLY_MV = 5000 };
enum { SAMPLES_WAITING = 16, LEAD_US = 1000 };
enum { PULL_UP_US = 100 }; /* until the line to the jumper is high, however long it is */

#if F_CPU > 8000000
#define CLOCK_DIVIDER (_BV(ADPS2) | _BV(ADPS1)) /* 64: 52 us a channel at 16 MHz */
#else
#define CLOCK_DIVIDER (_BV(ADPS2) | _BV(ADPS0)) /* 32 */
#endif

static volatile Sample samples[SAMPLES_WAITING];
static volatile uint8_t head, tail;
static volatile uint8_t channel;
static volatile bool scanning;
static volatile uint32_t index, time_us, overruns;
static volatile uint16_t period_us;
static uint16_t rate_hz = DEFAULT_HZ;

/* With the jumper between D4 and ground it is the right foot's. */
static bool is_right(void)
{
  return !(PIND & _BV(PD4));
}

void sampler_setup(void)
{
  PORTD |= _BV(PD4);
  _delay_us(PULL_UP_US);
  DIDR0 = 0x3F; /* A0 to A5 are no digital inputs; A6 and A7 never are */
  ADCSRA = _BV(ADEN) | _BV(ADIE) | CLOCK_DIVIDER;
}

void sampler_describe(Hello *hello)
{
  bool right = is_right();
  hello->board = "insole-avr";
#ifdef BOARD_ID
  hello->id = identity(BOARD_ID);
#else
  hello->id = identity(right ? "insole-right" : "insole-left");
#endif
  hello->channels = right ? "\"r1\",\"r2\",\"r3\",\"r4\",\"r5\",\"r6\",\"r7\",\"r8\""
                          : "\"l1\",\"l2\",\"l3\",\"l4\",\"l5\",\"l6\",\"l7\",\"l8\"";
  hello->rate_hz = rate_hz;
  hello->bits = BITS;
  hello->vref_mv = SUPPLY_MV; /* the reference is the supply, which also feeds the sensors */
}

static bool can_keep(uint16_t wanted_hz)
{
  return wanted_hz >= SLOWEST_HZ && wanted_hz <= FASTEST_HZ && 1000000UL % wanted_hz == 0;
}

void sampler_start(uint16_t wanted_hz)
{
  rate_hz = can_keep(wanted_hz) ? wanted_hz : DEFAULT_HZ;
  period_us = (uint16_t)(1000000UL / rate_hz);
  head = tail = 0;
  index = UINT32_MAX; /* the first is 0 */
  time_us = clock_us() + LEAD_US - period_us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) /* all of timer 1 shares one byte for the upper halves */
  {
    OCR1A = (uint16_t)((time_us + period_us) * TICKS_PER_US);
    TIFR1 = _BV(OCF1A);
    TIMSK1 |= _BV(OCIE1A);
  }
}

void sampler_stop(void)
{
  TIMSK1 &= (uint8_t)~_BV(OCIE1A);
  while (scanning) /* or its last channels would be the first of the next start */
    ;
}

static void convert(uint8_t input)
{
  ADMUX = _BV(REFS0) | input;
  ADCSRA |= _BV(ADSC);
}

ISR(TIMER1_COMPA_vect)
{
  OCR1A += period_us * TICKS_PER_US;
  time_us += period_us;
  index++;
  if ((uint8_t)(head - tail) == SAMPLES_WAITING) {
    overruns++;
    return;
  }
  samples[head % SAMPLES_WAITING].index = index;
  samples[head % SAMPLES_WAITING].time_us = time_us;
  channel = 0;
  scanning = true;
  convert(0);
}

ISR(ADC_vect)
{
  samples[head % SAMPLES_WAITING].values[channel] = ADC;
  if (++channel < CHANNELS) {
    convert(channel);
  } else {
    head++;
    scanning = false;
  }
}

bool sampler_is_ready(void)
{
  return head != tail;
}

bool sampler_take(Sample *sample)
{
  if (!sampler_is_ready())
    return false;
  *sample = samples[tail % SAMPLES_WAITING];
  tail++;
  return true;
}

uint32_t sampler_overruns(void)
{
  uint32_t count;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
  {
    count = overruns;
  }
  return count;
}

uint32_t sampler_converter_errors(void)
{
  return 0;
}
