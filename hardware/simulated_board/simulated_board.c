/* A sensor board without the board: its compiled firmware in a simulated ATmega328P, whose serial
 * line is a pseudo terminal and whose sensors are fed from a file or a pipe. See README.md. */
#define _GNU_SOURCE
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <simavr/avr_adc.h>
#include <simavr/avr_eeprom.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_time.h>

#include "ads131m04_model.h"
#include "feed.h"
#include "line.h"

enum { SUPPLY_MV = 5000, FULL_SCALE = 1023, STEP_HZ = 1000 };
enum { PATIENCE_MS = 2000, BOOT_STEPS = 100 };
static const double PULSE_LOW_S = 0.005;

typedef struct {
  const char *firmware, *feed, *id, *link;
  bool deck, hold, fast, right;
  double epoch_s, seconds, ppm, pulse_hz;
  long cpu_hz;
  unsigned spoil_every;
} Options;

typedef struct {
  Options options;
  avr_t *avr;
  avr_run_t run;
  Feed feed;
  Line line;
  Ads131m04 converter;
  avr_irq_t *adc, *uart, *pulse;
  double powered_s; /* seconds of the machine's monotonic clock */
  bool line_ready, host_heard;
} Board;

static volatile sig_atomic_t asked_reset, asked_hang;
static const char *link_to_remove;

static void die(const char *what, const char *which)
{
  fprintf(stderr, "simulated_board: %s: %s\n", which, what);
  exit(1);
}

/* --- time ---------------------------------------------------------------------------------- */

static double monotonic_s(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* True seconds since power-up: the board's own crystal may be fast. */
static double elapsed_s(const Board *board)
{
  double by_crystal_s = (double)board->avr->cycle / (double)board->options.cpu_hz;
  return by_crystal_s / (1 + 1e-6 * board->options.ppm);
}

/* The time of the feed. */
static double feed_s(const Board *board)
{
  double before_s = isnan(board->options.epoch_s) ? 0 : board->powered_s - board->options.epoch_s;
  return before_s + elapsed_s(board);
}

static void wait_for_real_time(const Board *board)
{
  double due_s = board->powered_s + elapsed_s(board);
  struct timespec due = {.tv_sec = (time_t)due_s, .tv_nsec = (long)(1e9 * fmod(due_s, 1))};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

/* --- what hangs on the chip's pins ------------------------------------------------------------ */

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
  avr_cycle_timer_register(avr, (avr_cycle_count_t)(PULSE_LOW_S * avr->frequency), end_pulse, board);
  return when + (avr_cycle_count_t)(avr->frequency / board->options.pulse_hz);
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
    ads_attach(&board->converter, board->avr, converter_input, board);
    return;
  }
  board->adc = avr_io_getirq(board->avr, AVR_IOCTL_ADC_GETIRQ, 0);
  avr_irq_register_notify(board->adc + ADC_IRQ_OUT_TRIGGER, on_conversion, board);
}

static void attach_pins(Board *board)
{
  avr_ioport_external_t jumper = {.name = 'D', .mask = 1 << 4, .value = board->options.right ? 0 : 1 << 4};
  avr_ioctl(board->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &jumper);
  board->pulse = avr_io_getirq(board->avr, AVR_IOCTL_IOPORT_GETIRQ('B'), IOPORT_IRQ_PIN0);
  if (board->options.pulse_hz > 0)
    avr_cycle_timer_register(board->avr, (avr_cycle_count_t)board->options.cpu_hz / 2, begin_pulse, board);
}

static void write_eeprom(avr_t *avr, const char *id)
{
  uint8_t bytes[1024];
  memset(bytes, 0xFF, sizeof bytes);
  if (id)
    memcpy(bytes, id, strnlen(id, sizeof bytes - 1) + 1);
  avr_eeprom_desc_t all = {.ee = bytes, .offset = 0, .size = sizeof bytes};
  avr_ioctl(avr, AVR_IOCTL_EEPROM_SET, &all);
}

/* --- running ------------------------------------------------------------------------------- */

static void skip_sleep(avr_t *avr, avr_cycle_count_t cycles)
{
  (void)avr, (void)cycles; /* asleep, simulated time costs nothing; real time is kept elsewhere */
}

static void say_only_errors(avr_t *avr, const int level, const char *format, va_list values)
{
  (void)avr;
  if (level <= LOG_ERROR)
    vfprintf(stderr, format, values);
}

static void power_up(Board *board)
{
  avr_global_logger_set(say_only_errors);
  elf_firmware_t firmware = {0};
  if (access(board->options.firmware, R_OK) || elf_read_firmware(board->options.firmware, &firmware))
    die("cannot be read as firmware", board->options.firmware);
  avr_t *avr = board->avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr->frequency = (uint32_t)board->options.cpu_hz;
  avr->vcc = avr->avcc = avr->aref = SUPPLY_MV;
  avr->sleep = skip_sleep;
  avr_load_firmware(avr, &firmware);
  avr->frequency = (uint32_t)board->options.cpu_hz;
  board->run = avr->run;
  write_eeprom(avr, board->options.id);
  attach_uart(board);
  attach_sensors(board);
  attach_pins(board);
  board->powered_s = monotonic_s();
}

/* A few bytes at a time, as many as fit into the chip's end of the line. */
static void pass_on_host_bytes(Board *board, int wait_ms)
{
  uint8_t bytes[32];
  if (!board->line_ready)
    return;
  size_t count = line_get(&board->line, bytes, sizeof bytes, wait_ms);
  board->host_heard |= count > 0;
  for (size_t i = 0; i < count; i++)
    avr_raise_irq(board->uart + UART_IRQ_INPUT, bytes[i]);
}

/* The program stands still while the chip's clocks go on, until the watchdog bites. */
static void hang(Board *board)
{
  avr_t *avr = board->avr;
  while (avr->run == board->run) {
    avr->cycle += 1000;
    avr_cycle_timer_process(avr);
  }
}

static void obey_signals(Board *board)
{
  if (asked_reset)
    avr_reset(board->avr);
  if (asked_hang)
    hang(board);
  asked_reset = asked_hang = 0;
}

static void run_step(Board *board, avr_cycle_count_t until)
{
  while (board->avr->cycle < until) {
    int state = avr_run(board->avr);
    if (state == cpu_Done || state == cpu_Crashed)
      die("the program crashed or stopped", board->options.firmware);
  }
}

static void run(Board *board)
{
  avr_cycle_count_t step_cycles = (avr_cycle_count_t)(board->options.cpu_hz / STEP_HZ);
  for (long step = 1; elapsed_s(board) < board->options.seconds; step++) {
    run_step(board, step * step_cycles);
    line_flush(&board->line);
    obey_signals(board);
    bool waits_for_host = board->options.fast && step >= BOOT_STEPS && !board->host_heard;
    pass_on_host_bytes(board, waits_for_host ? -1 : 0);
    if (!board->options.fast)
      wait_for_real_time(board);
  }
}

static void on_signal(int number)
{
  if (number == SIGUSR1)
    asked_reset = 1;
  else if (number == SIGUSR2)
    asked_hang = 1;
  else {
    if (link_to_remove)
      unlink(link_to_remove);
    _exit(0);
  }
}

/* --- the command line ------------------------------------------------------------------------ */

static const char USAGE[] =
    "usage: simulated_board --firmware ELF [--deck] [--feed FILE|-] [--hold] [--fast] [--right]\n"
    "         [--id TEXT] [--link PATH] [--epoch S] [--seconds S] [--ppm N] [--pulses HZ]\n"
    "         [--cpu-hz HZ] [--spoil-every N]\n";

static const struct option NAMES[] = {
    {"firmware", required_argument, NULL, 'f'}, {"deck", no_argument, NULL, 'd'},
    {"feed", required_argument, NULL, 'i'},     {"hold", no_argument, NULL, 'h'},
    {"fast", no_argument, NULL, 'm'},           {"right", no_argument, NULL, 'r'},
    {"id", required_argument, NULL, 'n'},       {"link", required_argument, NULL, 'l'},
    {"epoch", required_argument, NULL, 'e'},    {"seconds", required_argument, NULL, 's'},
    {"ppm", required_argument, NULL, 'p'},      {"pulses", required_argument, NULL, 'b'},
    {"cpu-hz", required_argument, NULL, 'c'},   {"spoil-every", required_argument, NULL, 'x'},
    {0}};

static Options parsed(int count, char **words)
{
  Options options = {.epoch_s = NAN, .seconds = INFINITY, .cpu_hz = 16000000};
  int name;
  while ((name = getopt_long(count, words, "", NAMES, NULL)) != -1) {
    switch (name) {
    case 'f': options.firmware = optarg; break;
    case 'd': options.deck = true; break;
    case 'i': options.feed = optarg; break;
    case 'h': options.hold = true; break;
    case 'm': options.fast = true; break;
    case 'r': options.right = true; break;
    case 'n': options.id = optarg; break;
    case 'l': options.link = optarg; break;
    case 'e': options.epoch_s = atof(optarg); break;
    case 's': options.seconds = atof(optarg); break;
    case 'p': options.ppm = atof(optarg); break;
    case 'b': options.pulse_hz = atof(optarg); break;
    case 'c': options.cpu_hz = atol(optarg); break;
    case 'x': options.spoil_every = (unsigned)atoi(optarg); break;
    default: fputs(USAGE, stderr); exit(2);
    }
  }
  if (!options.firmware || optind < count) {
    fputs(USAGE, stderr);
    exit(2);
  }
  return options;
}

static void make_link(const Options *options, const char *path)
{
  if (!options->link)
    return;
  unlink(options->link);
  if (symlink(path, options->link))
    die("cannot be made a link", options->link);
  link_to_remove = options->link;
}

int main(int count, char **words)
{
  static Board board;
  board.options = parsed(count, words);
  const Options *options = &board.options;
  if (!line_open(&board.line, options->fast ? PATIENCE_MS : 0))
    die("there is no pseudo terminal to be had", "pty");
  for (const int *number = (const int[]){SIGUSR1, SIGUSR2, SIGTERM, SIGINT, 0}; *number; number++)
    sigaction(*number, &(struct sigaction){.sa_handler = on_signal, .sa_flags = SA_RESTART}, NULL);
  make_link(options, board.line.path);
  printf("%s\n", board.line.path);
  fflush(stdout);
  if (!feed_open(&board.feed, options->feed, options->deck ? ADS_CHANNELS : FEED_CHANNELS_MOST, options->hold))
    die("cannot be read", options->feed);
  power_up(&board);
  run(&board);
  if (link_to_remove)
    unlink(link_to_remove);
  return 0;
}
