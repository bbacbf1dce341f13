#include "identity.h"

#include <avr/eeprom.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>

static char stored[IDENTITY_LONGEST + 1];

static bool is_allowed(char letter)
{
  return isalnum((unsigned char)letter) || letter == '.' || letter == '_' || letter == '-';
}

const char *identity(const char *default_id)
{
  eeprom_read_block(stored, (const void *)0, sizeof stored);
  uint8_t length = 0;
  while (length < sizeof stored && is_allowed(stored[length]))
    length++;
  if (length == 0 || length == sizeof stored)
    return default_id;
  if (stored[length] != '\0' && stored[length] != (char)0xFF)
    return default_id;
  stored[length] = '\0';
  return stored;
}
