/* What is said on the command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

typedef struct {
  const char *firmware, *feed, *id, *link;
  bool deck, hold, fast, right;
  double epoch_s, seconds, ppm, pulse_hz;
  long cpu_hz;
  unsigned spoil_every;
} Options;

/* Ends the program with its usage when the words make no sense. */
Options parse_options(int count, char **words);

#endif
