#include "frame.h"

enum { COBS_LONGEST = 254 };

/* Polynomial 0x1021, start 0xFFFF, most significant bit first, without a table. */
uint16_t crc16(const uint8_t *bytes, uint16_t length)
{
  uint16_t crc = 0xFFFF;
  while (length--) {
    crc = (uint16_t)((crc >> 8) | (crc << 8));
    crc ^= *bytes++;
    crc ^= (crc & 0xFF) >> 4;
    crc ^= (uint16_t)(crc << 12);
    crc ^= (uint16_t)((crc & 0xFF) << 5);
  }
  return crc;
}

void frame_begin(Frame *frame, uint8_t type)
{
  frame->length = 0;
  frame_u8(frame, type);
  frame_u8(frame, 0); /* the sequence: frame_send knows it */
}

void frame_u8(Frame *frame, uint8_t value)
{
  if (frame->length < frame->size - FRAME_CRC_BYTES)
    frame->bytes[frame->length++] = value;
}

void frame_u16(Frame *frame, uint16_t value)
{
  frame_u8(frame, (uint8_t)value);
  frame_u8(frame, (uint8_t)(value >> 8));
}

void frame_i24(Frame *frame, int32_t value)
{
  frame_u16(frame, (uint16_t)value);
  frame_u8(frame, (uint8_t)(value >> 16));
}

void frame_u32(Frame *frame, uint32_t value)
{
  frame_u16(frame, (uint16_t)value);
  frame_u16(frame, (uint16_t)(value >> 16));
}

void frame_text(Frame *frame, const char *text)
{
  while (*text)
    frame_u8(frame, (uint8_t)*text++);
}

void frame_decimal(Frame *frame, uint32_t value)
{
  char digits[11];
  char *first = digits + sizeof digits - 1;
  *first = '\0';
  do {
    *--first = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  frame_text(frame, first);
}

static void seal(Frame *frame, uint8_t sequence)
{
  frame->bytes[1] = sequence;
  uint16_t crc = crc16(frame->bytes, frame->length);
  frame->bytes[frame->length++] = (uint8_t)crc;
  frame->bytes[frame->length++] = (uint8_t)(crc >> 8);
}

/* How many bytes before the next zero, at most a whole block's. */
static uint8_t run_length(const uint8_t *bytes, uint16_t left)
{
  uint8_t run = 0;
  while (run < left && run < COBS_LONGEST && bytes[run])
    run++;
  return run;
}

static void encode(const uint8_t *bytes, uint16_t left, PutByte put)
{
  for (;;) {
    uint8_t run = run_length(bytes, left);
    put((uint8_t)(run + 1));
    for (uint8_t i = 0; i < run; i++)
      put(bytes[i]);
    bytes += run;
    left -= run;
    if (!left)
      return;
    if (run < COBS_LONGEST) { /* the block's end stands for the zero */
      bytes++;
      left--;
    }
  }
}

void frame_send(Frame *frame, uint8_t sequence, PutByte put)
{
  seal(frame, sequence);
  encode(frame->bytes, frame->length, put);
  put(0);
}

static void take(Receiver *receiver, uint8_t byte)
{
  if (receiver->length == RECEIVER_BYTES)
    receiver->bad = true;
  else
    receiver->bytes[receiver->length++] = byte;
}

static void take_code(Receiver *receiver, uint8_t code)
{
  if (receiver->code && receiver->code <= COBS_LONGEST)
    take(receiver, 0);
  receiver->code = code;
  receiver->left = code - 1;
}

static bool is_good(const Receiver *receiver)
{
  if (receiver->bad || receiver->left)
    return false;
  if (receiver->length < FRAME_HEAD_BYTES + FRAME_CRC_BYTES)
    return false;
  uint8_t length = receiver->length - FRAME_CRC_BYTES;
  const uint8_t *crc = receiver->bytes + length;
  return crc16(receiver->bytes, length) == (uint16_t)(crc[0] | crc[1] << 8);
}

bool receive(Receiver *receiver, uint8_t byte)
{
  if (!receiver->code) { /* the first byte of a frame */
    receiver->length = 0;
    receiver->bad = false;
  }
  if (byte == 0) {
    bool good = receiver->code && is_good(receiver);
    receiver->code = receiver->left = 0;
    return good;
  }
  if (receiver->left) {
    receiver->left--;
    take(receiver, byte);
  } else {
    take_code(receiver, byte);
  }
  return false;
}

uint8_t received_type(const Receiver *receiver)
{
  return receiver->bytes[0];
}

uint8_t received_length(const Receiver *receiver)
{
  return receiver->length - FRAME_HEAD_BYTES - FRAME_CRC_BYTES;
}

uint16_t received_u16(const Receiver *receiver)
{
  const uint8_t *payload = receiver->bytes + FRAME_HEAD_BYTES;
  return (uint16_t)(payload[0] | payload[1] << 8);
}
