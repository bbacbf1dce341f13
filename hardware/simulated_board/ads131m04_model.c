#include "ads131m04_model.h"

#include <math.h>
#include <string.h>

#include <simavr/avr_ioport.h>
#include <simavr/sim_time.h>

static const double MODULATOR_HZ = 8.192e6 / 2;
static const double REFERENCE_MV = 1200.0;
enum { SINC3_RATIO = 1024 };
enum { ID = 0x00, STATUS = 0x01, MODE = 0x02, CLOCK = 0x03, GAIN = 0x04 };
enum { RESET = 0x0011, STANDBY = 0x0022, WAKEUP = 0x0033 };
enum { WORD_BYTES = 3, CRC_AT = ADS_FRAME_BYTES - WORD_BYTES };
enum { WAS_RESET = 0x0400 };

static uint16_t crc_ccitt(const uint8_t *bytes, int length)
{
  uint16_t crc = 0xFFFF;
  for (int i = 0; i < length; i++) {
    crc ^= (uint16_t)(bytes[i] << 8);
    for (int bit = 0; bit < 8; bit++)
      crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
  }
  return crc;
}

static int oversampling(const Ads131m04 *ads)
{
  int code = ads->registers[CLOCK] >> 2 & 7;
  return code == 7 ? 16256 : 128 << code;
}

/* Up to 1024 a sinc3; beyond, a mean of the results of one over 1024. */
static double delay_s(const Ads131m04 *ads)
{
  int ratio = oversampling(ads);
  int sinc3 = ratio < SINC3_RATIO ? ratio : SINC3_RATIO;
  return (1.5 * (sinc3 - 1) + 0.5 * (ratio - sinc3)) / MODULATOR_HZ;
}

static int32_t counts(const Ads131m04 *ads, int channel, double mv)
{
  double gain = 1 << (ads->registers[GAIN] >> (4 * channel) & 7);
  double exact = rint(mv * gain / REFERENCE_MV * 0x800000);
  return (int32_t)fmin(fmax(exact, -0x800000), 0x7FFFFF);
}

/* Of the chip's cycles, whose crystal is another; what is left of one is kept for the next. */
static avr_cycle_count_t period(Ads131m04 *ads)
{
  double exact = oversampling(ads) / MODULATOR_HZ * ads->cycles_per_s + ads->left_cycles;
  ads->left_cycles = exact - floor(exact);
  return (avr_cycle_count_t)exact;
}

static avr_cycle_count_t convert(avr_t *avr, avr_cycle_count_t when, void *param)
{
  (void)avr;
  Ads131m04 *ads = param;
  if (ads->waiting == ADS_WAITING)
    memcpy(ads->samples[0], ads->samples[1], sizeof *ads->samples);
  else
    ads->waiting++;
  for (int channel = 0; channel < ADS_CHANNELS; channel++)
    ads->samples[ads->waiting - 1][channel] =
        counts(ads, channel, ads->input(ads->board, delay_s(ads), channel));
  avr_raise_irq(ads->data_ready, 1);
  avr_raise_irq(ads->data_ready, 0);
  return when + period(ads);
}

static void restart(Ads131m04 *ads)
{
  ads->waiting = 0;
  avr_cycle_timer_register(ads->avr, period(ads), convert, ads);
}

static void reset(Ads131m04 *ads)
{
  memset(ads->registers, 0, sizeof ads->registers);
  ads->registers[ID] = 0x2401;
  ads->registers[STATUS] = 0x0500;
  ads->registers[MODE] = 0x0510;
  ads->registers[CLOCK] = 0x0F0E;
  ads->answer = 0xFF24;
  restart(ads);
}

static uint16_t status(const Ads131m04 *ads)
{
  return ads->registers[STATUS] | (ads->waiting ? 0x000F : 0);
}

static void write_register(Ads131m04 *ads, int address, uint16_t value)
{
  ads->registers[address] = value;
  if (address == MODE && !(value & WAS_RESET))
    ads->registers[STATUS] &= (uint16_t)~WAS_RESET;
  if (address == CLOCK)
    restart(ads);
}

static void obey(Ads131m04 *ads)
{
  uint16_t command = (uint16_t)(ads->in[0] << 8 | ads->in[1]);
  int address = command >> 7 & 0x3F;
  ads->answer = status(ads);
  if (command == RESET) {
    reset(ads);
  } else if (command == STANDBY || command == WAKEUP) {
    ads->answer = command;
    avr_cycle_timer_cancel(ads->avr, convert, ads);
    if (command == WAKEUP)
      restart(ads);
  } else if (command >> 13 == 3) { /* write one register */
    write_register(ads, address, (uint16_t)(ads->in[3] << 8 | ads->in[4]));
    ads->answer = (uint16_t)(0x4000 | address << 7);
  } else if (command >> 13 == 5) { /* read one register */
    ads->answer = address == STATUS ? status(ads) : ads->registers[address];
  }
}

static void put_word(uint8_t *bytes, uint32_t word)
{
  bytes[0] = (uint8_t)(word >> 16);
  bytes[1] = (uint8_t)(word >> 8);
  bytes[2] = (uint8_t)word;
}

static void prepare(Ads131m04 *ads)
{
  put_word(ads->out, (uint32_t)ads->answer << 8);
  for (int channel = 0; channel < ADS_CHANNELS; channel++)
    put_word(ads->out + WORD_BYTES * (1 + channel), (uint32_t)ads->samples[0][channel]);
  uint16_t crc = crc_ccitt(ads->out, CRC_AT);
  if (ads->waiting && ads->spoil_every && ++ads->frames % ads->spoil_every == 0)
    crc ^= 1;
  put_word(ads->out + CRC_AT, (uint32_t)crc << 8);
  ads->position = 0;
}

static void finish(Ads131m04 *ads)
{
  if (ads->position < ADS_FRAME_BYTES)
    return;
  avr_raise_irq(ads->data_ready, 1);
  if (ads->waiting && --ads->waiting)
    memcpy(ads->samples[0], ads->samples[1], sizeof *ads->samples);
  obey(ads);
}

static void on_select(avr_irq_t *irq, uint32_t level, void *param)
{
  (void)irq;
  if (level)
    finish(param);
  else
    prepare(param);
}

static uint8_t swap(void *device, uint8_t byte)
{
  Ads131m04 *ads = device;
  if (ads->position >= ADS_FRAME_BYTES)
    return 0;
  ads->in[ads->position] = byte;
  return ads->out[ads->position++];
}

void ads_attach(Ads131m04 *ads, avr_t *avr, AdsInput input, void *board)
{
  ads->avr = avr;
  ads->input = input;
  ads->board = board;
  spi_attach(&ads->port, avr, swap, ads);
  ads->data_ready = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), IOPORT_IRQ_PIN2);
  avr_irq_t *select = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('B'), IOPORT_IRQ_PIN2);
  select->flags |= IRQ_FLAG_FILTERED;
  avr_irq_register_notify(select, on_select, ads);
  reset(ads);
}
