#include "feed.h"

#include <string.h>

static bool read_row(Feed *feed, FeedRow *row)
{
  return fread(&row->t_s, sizeof(double), 1, feed->file) == 1 &&
         fread(row->mv, sizeof(double), feed->channels, feed->file) == (size_t)feed->channels;
}

bool feed_open(Feed *feed, const char *path, int channels, bool hold)
{
  memset(feed, 0, sizeof *feed);
  feed->channels = channels;
  feed->hold = hold;
  feed->ended = !path;
  if (!path)
    return true;
  feed->file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
  if (!feed->file)
    return false;
  feed->ended = !read_row(feed, &feed->before);
  feed->after = feed->before;
  return true;
}

static void advance(Feed *feed, double t_s)
{
  while (!feed->ended && feed->after.t_s <= t_s) {
    feed->before = feed->after;
    feed->ended = !read_row(feed, &feed->after);
  }
  if (feed->ended)
    feed->after = feed->before;
}

double feed_mv(Feed *feed, double t_s, int channel)
{
  advance(feed, t_s);
  double from = feed->before.mv[channel], to = feed->after.mv[channel];
  double between_s = feed->after.t_s - feed->before.t_s;
  if (feed->hold || between_s <= 0 || t_s <= feed->before.t_s)
    return from;
  return from + (to - from) * (t_s - feed->before.t_s) / between_s;
}
