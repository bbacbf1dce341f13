/* The ADS131M04 with a clock of 8.192 MHz. Each exchange is six words of 24 bits: a command and
 * zeros go in; the answer to the command before, four channels and a CRC come out. */
#include <util/delay.h>

#include "converter.h"
#include "frame.h"
#include "spi.h"

enum { WORDS = 6, WORD_BYTES = 3, FRAME_BYTES = WORDS * WORD_BYTES };
enum { COMMAND_NULL = 0x0000, COMMAND_RESET = 0x0011, COMMAND_STANDBY = 0x0022, COMMAND_WAKEUP = 0x0033 };
enum { ANSWER_RESET = 0xFF24 };
enum { REGISTER_MODE = 0x02, REGISTER_CLOCK = 0x03, REGISTER_GAIN = 0x04 };
enum { MODE_AFTER_RESET = 0x0110 };  /* words of 24 bits, time-out on; "was reset" cleared */
enum { ALL_CHANNELS_HIGH_RESOLUTION = 0x0F02 };
enum { GAIN_128 = 0x7777 };

const char converter_board[] = "deck-ads131m04";
const uint8_t converter_bits = 24;
const uint16_t converter_vref_mv = 1200; /* full scale at a gain of 1; here the gain is 128 */

/* What a rate needs: the oversampling's code, and the delay of the filters, which are a sinc3 over
 * 1024 modulator cycles and a mean of 4 (8, 16) of its results. */
typedef struct {
  uint16_t rate_hz;
  uint8_t oversampling;
  uint16_t delay_us;
} Rate;

static const Rate rates[] = {
    {1000, 5, 750}, /* 4096 */
    {500, 6, 1250}, /* 8192 */
};

static const Rate *rate_of(uint16_t rate_hz)
{
  const Rate *last = rates + sizeof rates / sizeof *rates;
  for (const Rate *rate = rates; rate < last; rate++)
    if (rate->rate_hz == rate_hz)
      return rate;
  return rates;
}

void converter_setup(void)
{
  spi_setup();
}

uint16_t converter_rate_hz(uint16_t wanted_hz)
{
  return rate_of(wanted_hz)->rate_hz;
}

uint16_t converter_delay_us(uint16_t rate_hz)
{
  return rate_of(rate_hz)->delay_us;
}

/* Sends a command and a register's value, and reads all words of the answer. */
static void exchange(uint16_t command, uint16_t value, uint8_t answer[FRAME_BYTES])
{
  const uint8_t said[] = {command >> 8, command & 0xFF, 0, value >> 8, value & 0xFF};
  spi_select();
  for (uint8_t i = 0; i < FRAME_BYTES; i++)
    answer[i] = spi_swap(i < sizeof said ? said[i] : 0);
  spi_release();
}

static uint16_t word(const uint8_t *bytes)
{
  return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static uint16_t ask(uint16_t command, uint16_t value)
{
  uint8_t answer[FRAME_BYTES];
  exchange(command, value, answer);
  exchange(COMMAND_NULL, 0, answer);
  return word(answer);
}

/* Writes a register and reads it back. */
static bool set(uint8_t address, uint16_t value)
{
  ask(0x6000 | (uint16_t)address << 7, value);
  return ask(0xA000 | (uint16_t)address << 7, 0) == value;
}

/* Two samples wait inside when nobody read them for a while: away with them. */
static void forget_old_samples(void)
{
  uint8_t answer[FRAME_BYTES];
  exchange(COMMAND_NULL, 0, answer);
  exchange(COMMAND_NULL, 0, answer);
}

bool converter_start(uint16_t rate_hz)
{
  uint8_t answer[FRAME_BYTES];
  exchange(COMMAND_RESET, 0, answer);
  _delay_us(10);
  exchange(COMMAND_NULL, 0, answer);
  bool good = word(answer) == ANSWER_RESET;
  good &= set(REGISTER_MODE, MODE_AFTER_RESET);
  good &= set(REGISTER_GAIN, GAIN_128);
  good &= set(REGISTER_CLOCK, ALL_CHANNELS_HIGH_RESOLUTION | (uint16_t)rate_of(rate_hz)->oversampling << 2);
  exchange(COMMAND_WAKEUP, 0, answer);
  forget_old_samples();
  return good;
}

void converter_stop(void)
{
  uint8_t answer[FRAME_BYTES];
  exchange(COMMAND_STANDBY, 0, answer);
}

static Value sign_extended(const uint8_t *bytes)
{
  uint32_t raw = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8;
  return (int32_t)raw >> 8;
}

bool converter_read(Value values[CHANNELS])
{
  uint8_t answer[FRAME_BYTES];
  exchange(COMMAND_NULL, 0, answer);
  for (uint8_t channel = 0; channel < CHANNELS; channel++)
    values[channel] = sign_extended(answer + WORD_BYTES * (1 + channel));
  const uint8_t *crc = answer + FRAME_BYTES - WORD_BYTES;
  return crc16(answer, FRAME_BYTES - WORD_BYTES) == word(crc);
}
