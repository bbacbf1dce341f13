/* What the sensors show over time: rows of doubles, t_s and then millivolts, from a file or pipe. */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stdio.h>

enum { FEED_CHANNELS_MOST = 8 };

typedef struct {
  double t_s;
  double mv[FEED_CHANNELS_MOST];
} FeedRow;

typedef struct {
  FILE *file;
  int channels;
  bool hold; /* values stay until the next row, instead of going there in a straight line */
  bool ended;
  FeedRow before, after;
} Feed;

/* path "-" is standard input; NULL: all channels stay at 0. False when it cannot be read. */
bool feed_open(Feed *feed, const char *path, int channels, bool hold);

/* What a channel shows at t_s, which never goes back. Waits for rows that are still to come;
 * after the last row its values stay. */
double feed_mv(Feed *feed, double t_s, int channel);

#endif
