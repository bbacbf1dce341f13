/* A sensor board without the board: its compiled firmware in a simulated ATmega328P, whose serial
 * line is a pseudo terminal and whose sensors are fed from a file or a pipe. See README.md. */
#define _GNU_SOURCE
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <simavr/avr_eeprom.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_time.h>

#include "board.h"
#include "pins.h"

enum { STEP_HZ = 1000, PATIENCE_MS = 2000, BOOT_STEPS = 100 };

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

double elapsed_s(const Board *board)
{
  double by_crystal_s = (double)board->avr->cycle / (double)board->options.cpu_hz;
  return by_crystal_s / (1 + 1e-6 * board->options.ppm);
}

static void wait_for_real_time(const Board *board)
{
  double due_s = board->powered_s + elapsed_s(board);
  struct timespec due = {.tv_sec = (time_t)due_s, .tv_nsec = (long)(1e9 * fmod(due_s, 1))};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

/* --- the chip ------------------------------------------------------------------------------ */

static void write_eeprom(avr_t *avr, const char *id)
{
  uint8_t bytes[1024];
  memset(bytes, 0xFF, sizeof bytes);
  if (id)
    memcpy(bytes, id, strnlen(id, sizeof bytes - 1) + 1);
  avr_eeprom_desc_t all = {.ee = bytes, .offset = 0, .size = sizeof bytes};
  avr_ioctl(avr, AVR_IOCTL_EEPROM_SET, &all);
}

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

static void make_chip(Board *board)
{
  avr_global_logger_set(say_only_errors);
  elf_firmware_t firmware = {0};
  if (access(board->options.firmware, R_OK) || elf_read_firmware(board->options.firmware, &firmware))
    die("cannot be read as firmware", board->options.firmware);
  avr_t *avr = board->avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr_load_firmware(avr, &firmware);
  avr->frequency = (uint32_t)board->options.cpu_hz; /* whatever the firmware says of it */
  avr->sleep = skip_sleep;
  board->run = avr->run;
  write_eeprom(avr, board->options.id);
  attach_pins(board);
}

/* --- running ------------------------------------------------------------------------------- */

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
  board.options = parse_options(count, words);
  const Options *options = &board.options;
  prctl(PR_SET_PDEATHSIG, SIGTERM); /* whoever began it may be killed */
  if (!options->fast)
    setpriority(PRIO_PROCESS, 0, -20); /* no other program slows down a board; only root may say so */
  for (const int *number = (const int[]){SIGUSR1, SIGUSR2, SIGTERM, SIGINT, 0}; *number; number++)
    sigaction(*number, &(struct sigaction){.sa_handler = on_signal, .sa_flags = SA_RESTART}, NULL);
  make_chip(&board);
  if (!line_open(&board.line, options->fast ? PATIENCE_MS : 0))
    die("there is no pseudo terminal to be had", "pty");
  make_link(options, board.line.path);
  printf("%s\n", board.line.path);
  fflush(stdout);
  if (!feed_open(&board.feed, options->feed, options->deck ? ADS_CHANNELS : FEED_CHANNELS_MOST, options->hold))
    die("cannot be read", options->feed);
  board.powered_s = monotonic_s();
  run(&board);
  if (link_to_remove)
    unlink(link_to_remove);
  return 0;
}
