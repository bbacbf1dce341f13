/* What a board says, as frames. Pure, like frame.h. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "frame.h"

typedef struct {
  const char *board;    /* which firmware */
  const char *id;       /* which board, [A-Za-z0-9._-] */
  const char *channels; /* JSON: "l1","l2" */
  uint16_t rate_hz;
  uint8_t bits;
  uint16_t vref_mv;
} Hello;

void message_hello(Frame *frame, const Hello *hello);

/* Begins a frame of samples (FRAME_SAMPLES or FRAME_SAMPLES24); their values follow it, and
 * message_count_samples says at last how many samples came. */
void message_samples(Frame *frame, uint8_t type, uint32_t index, uint32_t time_us, uint8_t channels);
void message_count_samples(Frame *frame, uint8_t samples);

/* Converter errors are only spoken of when there are some: most boards cannot have any. */
void message_status(Frame *frame, uint32_t overruns, uint32_t converter_errors);
void message_pulse(Frame *frame, uint32_t time_us, uint32_t count);

/* Bytes of a frame with so many values of so many bytes, sealed. */
#define SAMPLES_BYTES(values, value_bytes) \
  (FRAME_HEAD_BYTES + 10 + (values) * (value_bytes) + FRAME_CRC_BYTES)

#endif
