/* Frames: TYPE SEQUENCE payload CRC-16/CCITT-FALSE, COBS-encoded, ended by one 0x00.
 *
 * Pure: no register, no clock, no heap. Also built and tested on the host. All integers are
 * little-endian. */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stdint.h>

enum frame_type {
  FRAME_HELLO = 0x01,
  FRAME_SAMPLES = 0x02,
  FRAME_SAMPLES24 = 0x03,
  FRAME_STATUS = 0x04,
  FRAME_PULSE = 0x05,
  FRAME_ASK_HELLO = 0x81,
  FRAME_START = 0x82,
  FRAME_STOP = 0x83,
};

enum { FRAME_HEAD_BYTES = 2, FRAME_CRC_BYTES = 2 };

/* A frame being written into bytes that its owner provides. What does not fit is left out. */
typedef struct {
  uint8_t *bytes;
  uint16_t size;
  uint16_t length;
} Frame;

typedef void (*PutByte)(uint8_t byte);

uint16_t crc16(const uint8_t *bytes, uint16_t length);

void frame_begin(Frame *frame, uint8_t type);
void frame_u8(Frame *frame, uint8_t value);
void frame_u16(Frame *frame, uint16_t value);
void frame_i24(Frame *frame, int32_t value);
void frame_u32(Frame *frame, uint32_t value);
void frame_text(Frame *frame, const char *text);
void frame_decimal(Frame *frame, uint32_t value);

/* Numbers and seals the frame, and hands its encoded bytes to put, the last 0x00 too. */
void frame_send(Frame *frame, uint8_t sequence, PutByte put);

/* What the host sends is short; anything longer than this is not for us. */
enum { RECEIVER_BYTES = 32 };

/* Finds frames in a stream of bytes; zero-initialised before use. */
typedef struct {
  uint8_t bytes[RECEIVER_BYTES];
  uint8_t length; /* of the decoded frame so far, head and CRC too */
  uint8_t code;   /* COBS code of the block that is being read; 0: none yet */
  uint8_t left;   /* bytes of that block to come */
  bool bad;
} Receiver;

/* Takes the next byte; true when it ends a good frame, which stays until the next byte. */
bool receive(Receiver *receiver, uint8_t byte);

uint8_t received_type(const Receiver *receiver);
uint8_t received_length(const Receiver *receiver);
uint16_t received_u16(const Receiver *receiver);

#endif
