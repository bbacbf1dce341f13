/* Which board this is: the text at the start of its EEPROM, else what it was built with. */
#ifndef IDENTITY_H
#define IDENTITY_H

enum { IDENTITY_LONGEST = 32 };

/* The id; default_id when the EEPROM holds none of 1 to 32 letters, digits, dots, dashes. */
const char *identity(const char *default_id);

#endif
