#include "message.h"

#ifndef FIRMWARE_VERSION
#define FIRMWARE_VERSION "1.0.0"
#endif

enum { SAMPLES_COUNT_AT = FRAME_HEAD_BYTES + 8 };

static void text_field(Frame *frame, const char *name, const char *value)
{
  frame_text(frame, ",\"");
  frame_text(frame, name);
  frame_text(frame, "\":\"");
  frame_text(frame, value);
  frame_text(frame, "\"");
}

static void number_field(Frame *frame, const char *name, uint32_t value)
{
  frame_text(frame, ",\"");
  frame_text(frame, name);
  frame_text(frame, "\":");
  frame_decimal(frame, value);
}

void message_hello(Frame *frame, const Hello *hello)
{
  frame_begin(frame, FRAME_HELLO);
  frame_text(frame, "{\"v\":1");
  text_field(frame, "board", hello->board);
  text_field(frame, "id", hello->id);
  text_field(frame, "fw", FIRMWARE_VERSION);
  number_field(frame, "rate_hz", hello->rate_hz);
  number_field(frame, "bits", hello->bits);
  number_field(frame, "vref_mv", hello->vref_mv);
  frame_text(frame, ",\"channels\":[");
  frame_text(frame, hello->channels);
  frame_text(frame, "]}");
}

void message_samples(Frame *frame, uint8_t type, uint32_t index, uint32_t time_us, uint8_t channels)
{
  frame_begin(frame, type);
  frame_u32(frame, index);
  frame_u32(frame, time_us);
  frame_u8(frame, 0);
  frame_u8(frame, channels);
}

void message_count_samples(Frame *frame, uint8_t samples)
{
  frame->bytes[SAMPLES_COUNT_AT] = samples;
}

void message_status(Frame *frame, uint32_t overruns, uint32_t converter_errors)
{
  frame_begin(frame, FRAME_STATUS);
  frame_text(frame, "{\"overruns\":");
  frame_decimal(frame, overruns);
  if (converter_errors)
    number_field(frame, "converter_errors", converter_errors);
  frame_text(frame, "}");
}

void message_pulse(Frame *frame, uint32_t time_us, uint32_t count)
{
  frame_begin(frame, FRAME_PULSE);
  frame_u32(frame, time_us);
  frame_u32(frame, count);
}
