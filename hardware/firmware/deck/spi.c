#include "spi.h"

#include <avr/io.h>

void spi_setup(void)
{
  PORTB |= _BV(PB2);
  DDRB |= _BV(PB2) | _BV(PB3) | _BV(PB5);
  SPCR = _BV(SPE) | _BV(MSTR) | _BV(CPHA);
}

void spi_select(void)
{
  PORTB &= (uint8_t)~_BV(PB2);
}

void spi_release(void)
{
  PORTB |= _BV(PB2);
}

uint8_t spi_swap(uint8_t byte)
{
  SPDR = byte;
  while (!(SPSR & _BV(SPIF)))
    ;
  return SPDR;
}
