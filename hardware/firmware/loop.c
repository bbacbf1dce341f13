/* The loop that all boards share: HELLO until it is started, then samples; a STATUS a second. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "clock.h"
#include "pulse.h"
#include "sampler.h"
#include "uart.h"

#define SECOND_US 1000000UL
#define HELLO_EVERY_US (5 * SECOND_US)
enum { SAMPLES_A_FRAME = 5, FRAMES_A_SECOND = 100, SAYING_BYTES = 256 };

typedef struct {
  Receiver receiver;
  Hello hello;
  Frame samples;
  Frame saying;
  uint8_t sequence;
  uint8_t samples_waiting;
  uint8_t samples_a_frame; /* so many that none waits longer than 10 ms */
  uint32_t next_index;
  bool started;
  uint32_t hello_us;
  uint32_t status_us;
} Board;

/* The watchdog stays on through its own reset, with its shortest time: off before anything. */
void watchdog_off(void) __attribute__((naked, used, section(".init3")));
void watchdog_off(void)
{
  MCUSR = 0;
  wdt_disable();
}

static void send(Board *board, Frame *frame)
{
  frame_send(frame, board->sequence++, uart_put);
}

static void say_hello(Board *board, uint32_t now_us)
{
  sampler_describe(&board->hello);
  message_hello(&board->saying, &board->hello);
  send(board, &board->saying);
  board->hello_us = now_us;
}

static void say_status(Board *board, uint32_t now_us)
{
  message_status(&board->saying, sampler_overruns(), sampler_converter_errors());
  send(board, &board->saying);
  board->status_us = now_us;
}

static void start(Board *board, uint16_t wanted_hz, uint32_t now_us)
{
  sampler_stop();
  sampler_start(wanted_hz);
  sampler_describe(&board->hello);
  uint16_t samples = board->hello.rate_hz / FRAMES_A_SECOND;
  board->samples_a_frame = samples < SAMPLES_A_FRAME ? (uint8_t)samples : SAMPLES_A_FRAME;
  board->started = true;
  board->samples_waiting = 0;
  board->status_us = now_us;
}

static void stop(Board *board, uint32_t now_us)
{
  sampler_stop();
  board->started = false;
  board->hello_us = now_us;
}

static void obey(Board *board, uint32_t now_us)
{
  const Receiver *received = &board->receiver;
  switch (received_type(received)) {
  case FRAME_ASK_HELLO:
    say_hello(board, now_us);
    break;
  case FRAME_START:
    if (received_length(received) == 2)
      start(board, received_u16(received), now_us);
    break;
  case FRAME_STOP:
    stop(board, now_us);
    break;
  }
}

static void send_samples(Board *board)
{
  message_count_samples(&board->samples, board->samples_waiting);
  board->samples_waiting = 0;
  send(board, &board->samples);
}

/* Samples of one frame follow each other without a gap. */
static void add_sample(Board *board, const Sample *sample)
{
  if (board->samples_waiting && sample->index != board->next_index)
    send_samples(board);
  if (!board->samples_waiting)
    message_samples(&board->samples, SAMPLES_TYPE, sample->index, sample->time_us, CHANNELS);
  for (uint8_t channel = 0; channel < CHANNELS; channel++)
    FRAME_VALUE(&board->samples, sample->values[channel]);
  board->next_index = sample->index + 1;
  if (++board->samples_waiting >= board->samples_a_frame)
    send_samples(board);
}

/* Does what there is to do; false when that was nothing. */
static bool work(Board *board)
{
  uint32_t now_us = clock_us();
  uint8_t byte;
  if (uart_get(&byte)) {
    if (receive(&board->receiver, byte))
      obey(board, now_us);
    return true;
  }
  if (!board->started) {
    if (now_us - board->hello_us >= HELLO_EVERY_US)
      say_hello(board, now_us);
    return false;
  }
  Sample sample;
  bool busy = sampler_take(&sample);
  if (busy)
    add_sample(board, &sample);
  Pulse pulse;
  if (pulse_take(&pulse)) {
    message_pulse(&board->saying, pulse.time_us, pulse.count);
    send(board, &board->saying);
  }
  if (now_us - board->status_us >= SECOND_US)
    say_status(board, now_us);
  return busy;
}

/* Until the next interrupt, which the clock alone gives every 33 ms. A sample that has come since
 * work() looked is not slept over. */
static void rest(void)
{
  cli();
  if (!sampler_is_ready()) {
    sleep_enable();
    sei(); /* takes effect after the next instruction: nothing can come between */
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void)
{
  static uint8_t samples_bytes[SAMPLES_BYTES(SAMPLES_A_FRAME *CHANNELS, VALUE_BYTES)];
  static uint8_t saying_bytes[SAYING_BYTES];
  static Board board = {
      .samples = {.bytes = samples_bytes, .size = sizeof samples_bytes},
      .saying = {.bytes = saying_bytes, .size = sizeof saying_bytes},
  };
  wdt_enable(WDTO_250MS);
  clock_start();
  uart_start();
  pulse_start();
  sampler_setup();
  sei();
  say_hello(&board, clock_us());
  for (;;) {
    wdt_reset();
    if (!work(&board))
      rest();
  }
}
