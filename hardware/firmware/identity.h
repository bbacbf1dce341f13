/* Which board this is: the text at the start of its EEPROM, else what it was built with. */
#ifndef IDENTITY_H
#define IDENTITY_H

enum { IDENTITY_LONGEST = 32 };

#ifdef BOARD_ID
_Static_assert(sizeof BOARD_ID - 1 <= IDENTITY_LONGEST, "BOARD_ID is longer than 32 letters");
#endif

/* The id; default_id when the EEPROM holds none of 1 to 32 letters, digits, dots, dashes. */
const char *identity(const char *default_id);

#endif
