/* What hangs on the chip's pins: its line, its sensors, the side jumper, the belt's roller. */
#ifndef PINS_H
#define PINS_H

#include "board.h"

void attach_pins(Board *board);

#endif
