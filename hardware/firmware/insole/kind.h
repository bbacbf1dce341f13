/* The insole board: eight force-sensing resistors on the chip's own converter, 10 bits each. */
#ifndef KIND_H
#define KIND_H

#include <stdint.h>

enum { CHANNELS = 8, VALUE_BYTES = 2 };
typedef uint16_t Value;

#define SAMPLES_TYPE FRAME_SAMPLES
#define FRAME_VALUE frame_u16

#endif
