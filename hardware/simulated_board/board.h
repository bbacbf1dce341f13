/* A simulated board: the chip, what hangs on its pins, its line, and its time. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>

#include <simavr/sim_avr.h>

#include "ads131m04_model.h"
#include "feed.h"
#include "line.h"
#include "options.h"

typedef struct {
  Options options;
  avr_t *avr;
  avr_run_t run;
  void (*reset_chip)(avr_t *);
  Feed feed;
  Line line;
  Ads131m04 converter;
  avr_irq_t *adc, *uart, *pulse;
  double powered_s; /* seconds of the machine's monotonic clock */
  bool line_ready, host_heard;
} Board;

/* True seconds since power-up: the board's own crystal may be fast. */
double elapsed_s(const Board *board);

#endif
