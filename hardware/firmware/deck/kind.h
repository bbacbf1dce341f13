/* The deck board: four load cells on a converter of 24 bits that samples them at once. */
#ifndef KIND_H
#define KIND_H

#include <stdint.h>

enum { CHANNELS = 4, VALUE_BYTES = 3 };
typedef int32_t Value;

#define SAMPLES_TYPE FRAME_SAMPLES24
#define FRAME_VALUE frame_i24

#endif
