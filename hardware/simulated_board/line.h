/* The serial line's other end: a pseudo terminal. Nobody has to read it. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int host; /* our end of the pseudo terminal */
  const char *path;
  int patience_ms; /* how long to wait for somebody who does not read, once */
  bool unread;     /* that was in vain: what does not fit is lost until it is read again */
  uint64_t lost;
  uint8_t bytes[4096];
  size_t count;
} Line;

bool line_open(Line *line, int patience_ms);

/* A byte from the board; it leaves with the next line_flush. */
void line_put(Line *line, uint8_t byte);
void line_flush(Line *line);

/* Bytes for the board; waits for them up to wait_ms, or for ever if that is negative. */
size_t line_get(Line *line, uint8_t *bytes, size_t size, int wait_ms);

#endif
