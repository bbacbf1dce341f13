#include "identity.h"

#include <avr/eeprom.h>
#include <ctype.h>
#include <stdbool.h>

static char stored[IDENTITY_LONGEST + 1];

static bool is_allowed(char letter)
{
  return isalnum((unsigned char)letter) || letter == '.' || letter == '_' || letter == '-';
}

const char *identity(const char *default_id)
{
  eeprom_read_block(stored, (const void *)0, IDENTITY_LONGEST);
  char *end = stored;
  while (is_allowed(*end)) /* the last byte stays 0 */
    end++;
  bool is_ended = *end == '\0' || *end == (char)0xFF;
  if (end == stored || !is_ended)
    return default_id;
  *end = '\0';
  return stored;
}
