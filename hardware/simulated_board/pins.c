#include "pins.h"

#include <math.h>

#include <simavr/avr_adc.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_time.h>

enum { SUPPLY_MV = 5000, FULL_SCALE = 1023 };
static const double PULSE_LOW_MOST_S = 0.005;

/* The time of the feed. */
static double feed_s(const Board *board)
{
  double before_s = isnan(board->options.epoch_s) ? 0 : board->powered_s - board->options.epoch_s;
  return before_s + elapsed_s(board);
}

/* Real chips round down to 1024 steps; simavr has 1023, so it is told what gives the same count. */
static uint32_t mv_for_simavr(double mv)
{
  double count = floor(mv * (FULL_SCALE + 1) / SUPPLY_MV);
  count = fmin(fmax(count, 0), FULL_SCALE);
  return (uint32_t)ceil(count * SUPPLY_MV / FULL_SCALE);
}

static void on_conversion(avr_irq_t *irq, uint32_t value, void *param)
{
  (void)irq;
  Board *board = param;
  union {
    avr_adc_mux_t mux;
    uint32_t value;
  } which = {.value = value};
  if (which.mux.src >= FEED_CHANNELS_MOST)
    return;
  double mv = feed_mv(&board->feed, feed_s(board), which.mux.src);
  avr_raise_irq(board->adc + ADC_IRQ_ADC0 + which.mux.src, mv_for_simavr(mv));
}

static double converter_input(void *param, double ago_s, int channel)
{
  Board *board = param;
  return feed_mv(&board->feed, feed_s(board) - ago_s, channel);
}

static void on_sent_byte(avr_irq_t *irq, uint32_t byte, void *param)
{
  (void)irq;
  line_put(&((Board *)param)->line, (uint8_t)byte);
}

static void on_line_ready(avr_irq_t *irq, uint32_t value, void *param)
{
  (void)irq, (void)value;
  ((Board *)param)->line_ready = true;
}

static void on_line_full(avr_irq_t *irq, uint32_t value, void *param)
{
  (void)irq, (void)value;
  ((Board *)param)->line_ready = false;
}

static avr_cycle_count_t end_pulse(avr_t *avr, avr_cycle_count_t when, void *param)
{
  (void)avr, (void)when;
  avr_raise_irq(((Board *)param)->pulse, 1);
  return 0;
}

static avr_cycle_count_t begin_pulse(avr_t *avr, avr_cycle_count_t when, void *param)
{
  Board *board = param;
  avr_raise_irq(board->pulse, 0);
  double period_s = 1 / board->options.pulse_hz, low_s = fmin(PULSE_LOW_MOST_S, period_s / 2);
  avr_cycle_timer_register(avr, (avr_cycle_count_t)(low_s * avr->frequency), end_pulse, board);
  return when + (avr_cycle_count_t)(period_s * avr->frequency);
}

static void attach_uart(Board *board)
{
  uint32_t flags = 0; /* nothing to its standard output, no sleep of its own */
  avr_ioctl(board->avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  board->uart = avr_io_getirq(board->avr, AVR_IOCTL_UART_GETIRQ('0'), 0);
  avr_irq_register_notify(board->uart + UART_IRQ_OUTPUT, on_sent_byte, board);
  avr_irq_register_notify(board->uart + UART_IRQ_OUT_XON, on_line_ready, board);
  avr_irq_register_notify(board->uart + UART_IRQ_OUT_XOFF, on_line_full, board);
  board->line_ready = true;
}

static void attach_sensors(Board *board)
{
  if (board->options.deck) {
    board->converter.spoil_every = board->options.spoil_every;
    board->converter.cycles_per_s = (double)board->options.cpu_hz * (1 + 1e-6 * board->options.ppm);
    ads_attach(&board->converter, board->avr, converter_input, board);
    return;
  }
  board->adc = avr_io_getirq(board->avr, AVR_IOCTL_ADC_GETIRQ, 0);
  avr_irq_register_notify(board->adc + ADC_IRQ_OUT_TRIGGER, on_conversion, board);
}

static void turn_roller(Board *board)
{
  if (board->options.pulse_hz > 0)
    avr_cycle_timer_register(board->avr, (avr_cycle_count_t)board->options.cpu_hz / 2, begin_pulse, board);
}

/* With a reset simavr forgets all that was to come, but the belt does not stop. */
static void on_reset(avr_t *avr)
{
  Board *board = avr->custom.data;
  board->reset_chip(avr);
  turn_roller(board);
}

static void attach_ports(Board *board)
{
  avr_ioport_external_t jumper = {.name = 'D', .mask = 1 << 4, .value = board->options.right ? 0 : 1 << 4};
  avr_ioctl(board->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &jumper);
  board->pulse = avr_io_getirq(board->avr, AVR_IOCTL_IOPORT_GETIRQ('B'), IOPORT_IRQ_PIN0);
  turn_roller(board);
}

void attach_pins(Board *board)
{
  board->avr->vcc = board->avr->avcc = board->avr->aref = SUPPLY_MV;
  attach_uart(board);
  attach_sensors(board);
  attach_ports(board);
  board->reset_chip = board->avr->reset;
  board->avr->custom.data = board;
  board->avr->reset = on_reset;
}
