#define _GNU_SOURCE
#include "line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool line_open(Line *line, int patience_ms)
{
  memset(line, 0, sizeof *line);
  line->patience_ms = patience_ms;
  line->host = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (line->host < 0 || grantpt(line->host) || unlockpt(line->host))
    return false;
  line->path = ptsname(line->host);
  int board = open(line->path, O_RDWR | O_NOCTTY); /* stays open, so that readers come and go */
  struct termios raw;
  if (board < 0 || tcgetattr(board, &raw))
    return false;
  cfmakeraw(&raw);
  return !tcsetattr(board, TCSANOW, &raw);
}

void line_put(Line *line, uint8_t byte)
{
  if (line->count == sizeof line->bytes)
    line_flush(line);
  line->bytes[line->count++] = byte;
}

static bool wait_for(const Line *line, short event, int wait_ms)
{
  struct pollfd end = {.fd = line->host, .events = event};
  return poll(&end, 1, wait_ms) == 1 && (end.revents & event);
}

void line_flush(Line *line)
{
  size_t sent = 0;
  while (sent < line->count) {
    ssize_t written = write(line->host, line->bytes + sent, line->count - sent);
    if (written > 0) {
      sent += written;
      line->unread = false;
    } else if (line->unread || !wait_for(line, POLLOUT, line->patience_ms)) {
      line->unread = true;
      line->lost += line->count - sent;
      break;
    }
  }
  line->count = 0;
}

size_t line_get(Line *line, uint8_t *bytes, size_t size, int wait_ms)
{
  if (wait_ms)
    wait_for(line, POLLIN, wait_ms);
  ssize_t got = read(line->host, bytes, size);
  return got > 0 ? got : 0;
}
