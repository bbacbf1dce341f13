/* Tests of frames and messages on the host, against the vectors that the Python encoder wrote. */
#include <stdio.h>
#include <string.h>

#include "message.h"

typedef struct {
  const char *name;
  uint8_t type, sequence;
  uint16_t payload_bytes, frame_bytes;
  const uint8_t *payload, *frame;
  uint8_t rows, channels;
  const int32_t *values;
  uint32_t index, device_us, count;
  uint16_t rate_hz;
} Vector;

#include "vectors.h"

enum { VECTORS = sizeof vectors / sizeof *vectors };

static uint8_t put_bytes[2048];
static uint16_t put_count;
static uint8_t frame_bytes[1024];
static int failures;

static void put(uint8_t byte)
{
  put_bytes[put_count++] = byte;
}

static Frame new_frame(void)
{
  put_count = 0;
  return (Frame){.bytes = frame_bytes, .size = sizeof frame_bytes};
}

static void check(int good, const char *what, const char *name)
{
  if (good)
    return;
  failures++;
  printf("FAILED %s: %s\n", what, name);
}

static void check_sent(const Vector *vector, const char *what)
{
  int same = put_count == vector->frame_bytes && !memcmp(put_bytes, vector->frame, put_count);
  check(same, what, vector->name);
}

static void test_every_payload_becomes_its_frame(void)
{
  for (const Vector *vector = vectors; vector < vectors + VECTORS; vector++) {
    Frame frame = new_frame();
    frame_begin(&frame, vector->type);
    for (uint16_t i = 0; i < vector->payload_bytes; i++)
      frame_u8(&frame, vector->payload[i]);
    frame_send(&frame, vector->sequence, put);
    check_sent(vector, "frame");
  }
}

static void test_samples(void)
{
  for (const Vector *vector = vectors; vector < vectors + VECTORS; vector++) {
    if (!vector->rows)
      continue;
    Frame frame = new_frame();
    message_samples(&frame, vector->type, vector->index, vector->device_us, vector->channels);
    for (int i = 0; i < vector->rows * vector->channels; i++) {
      if (vector->type == FRAME_SAMPLES)
        frame_u16(&frame, (uint16_t)vector->values[i]);
      else
        frame_i24(&frame, vector->values[i]);
    }
    message_count_samples(&frame, vector->rows);
    uint16_t value_bytes = vector->type == FRAME_SAMPLES ? 2 : 3;
    uint16_t room = SAMPLES_BYTES(vector->rows * vector->channels, value_bytes);
    check(frame.length + FRAME_CRC_BYTES == room, "room for samples", vector->name);
    frame_send(&frame, vector->sequence, put);
    check_sent(vector, "samples");
  }
}

static const Vector *find(const char *name)
{
  for (const Vector *vector = vectors; vector < vectors + VECTORS; vector++)
    if (!strcmp(vector->name, name))
      return vector;
  check(0, "there is no vector", name);
  return vectors;
}

static void test_hello(void)
{
  const Vector *vector = find("hello of an insole");
  const Hello insole = {"insole-avr", "left-1",
                        "\"l1\",\"l2\",\"l3\",\"l4\",\"l5\",\"l6\",\"l7\",\"l8\"", 500, 10, 5000};
  Frame frame = new_frame();
  message_hello(&frame, &insole);
  frame_send(&frame, vector->sequence, put);
  check_sent(vector, "hello");
  vector = find("hello of a deck");
  const Hello deck = {"deck-ads131m04", "deck-1", "\"fl\",\"fr\",\"rl\",\"rr\"", 1000, 24, 1200};
  frame = new_frame();
  message_hello(&frame, &deck);
  frame_send(&frame, vector->sequence, put);
  check_sent(vector, "hello");
}

static void test_status_and_pulse(void)
{
  const Vector *status = find("status of a wired board"), *pulse = find("pulse");
  Frame frame = new_frame();
  message_status(&frame, 0, 0);
  frame_send(&frame, status->sequence, put);
  check_sent(status, "status");
  frame = new_frame();
  message_pulse(&frame, pulse->device_us, pulse->count);
  frame_send(&frame, pulse->sequence, put);
  check_sent(pulse, "pulse");
}

static void test_status_tells_converter_errors(void)
{
  static const char said[] = "{\"overruns\":4294967295,\"converter_errors\":7}";
  Frame frame = new_frame();
  message_status(&frame, UINT32_MAX, 7);
  check(frame.length == FRAME_HEAD_BYTES + strlen(said) &&
            !memcmp(frame.bytes + FRAME_HEAD_BYTES, said, strlen(said)),
        "status", said);
}

static int received_frames(Receiver *receiver, const uint8_t *bytes, uint16_t length)
{
  int frames = 0;
  while (length--)
    frames += receive(receiver, *bytes++);
  return frames;
}

static void test_receiving(void)
{
  Receiver receiver = {0};
  for (const Vector *vector = vectors; vector < vectors + VECTORS; vector++) {
    int expected = vector->payload_bytes + 4 <= RECEIVER_BYTES;
    int got = received_frames(&receiver, vector->frame, vector->frame_bytes);
    check(got == expected, "received", vector->name);
    if (!expected)
      continue;
    check(received_type(&receiver) == vector->type, "type", vector->name);
    check(received_length(&receiver) == vector->payload_bytes, "length", vector->name);
    check(!memcmp(receiver.bytes + FRAME_HEAD_BYTES, vector->payload, vector->payload_bytes),
          "payload", vector->name);
    if (vector->type == FRAME_START)
      check(received_u16(&receiver) == vector->rate_hz, "rate", vector->name);
  }
}

/* Every damaged bit is noticed, and the frame after it is received again. */
static void test_damage(void)
{
  const Vector *vector = find("start at 1000 Hz");
  Receiver receiver = {0};
  for (int bit = 0; bit < 8 * (vector->frame_bytes - 1); bit++) {
    uint8_t damaged[16];
    memcpy(damaged, vector->frame, vector->frame_bytes);
    damaged[bit / 8] ^= (uint8_t)(1 << bit % 8);
    check(!received_frames(&receiver, damaged, vector->frame_bytes), "damage", vector->name);
    check(received_frames(&receiver, vector->frame, vector->frame_bytes) == 1, "after damage",
          vector->name);
  }
}

static void test_noise(void)
{
  const Vector *vector = find("hello?");
  Receiver receiver = {0};
  uint32_t random = 1;
  for (int round = 0; round < 1000; round++) {
    for (int i = 0; i < 200; i++) {
      random = random * 1664525u + 1013904223u;
      receive(&receiver, (uint8_t)(random >> 24));
    }
    receive(&receiver, 0);
    check(received_frames(&receiver, vector->frame, vector->frame_bytes) == 1, "after noise", "");
  }
}

static void test_what_does_not_fit_is_left_out(void)
{
  uint8_t few[6] = {0};
  Frame frame = {.bytes = few, .size = sizeof few};
  put_count = 0;
  frame_begin(&frame, FRAME_STATUS);
  frame_text(&frame, "abcdef");
  frame_send(&frame, 1, put);
  check(frame.length == sizeof few && few[2] == 'a' && few[3] == 'b', "a full frame", "");
}

int main(void)
{
  test_every_payload_becomes_its_frame();
  test_samples();
  test_hello();
  test_status_and_pulse();
  test_status_tells_converter_errors();
  test_receiving();
  test_damage();
  test_noise();
  test_what_does_not_fit_is_left_out();
  if (!failures)
    printf("frames and messages: all good, %d vectors\n", VECTORS);
  return failures != 0;
}
