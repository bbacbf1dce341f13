#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>

/* At double speed a bit lasts 8 (DIVISOR + 1) cycles: exact at 500 kbaud and 1 Mbaud. */
#define DIVISOR ((F_CPU / 4 / BAUD - 1) / 2)
#if F_CPU / 16 < BAUD /* 160 cycles a byte: less do not suffice to receive one and send one */
#error "this clock is too slow for BAUD"
#endif

enum { RECEIVED_SIZE = 64 };

static uint8_t waiting[256]; /* one byte long indices wrap by themselves */
static volatile uint8_t waiting_head, waiting_tail;
static uint8_t received[RECEIVED_SIZE];
static volatile uint8_t received_head, received_tail;

void uart_start(void)
{
  UBRR0 = DIVISOR;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect)
{
  uint8_t byte = UDR0;
  uint8_t next = (received_head + 1) % RECEIVED_SIZE;
  if (next == received_tail)
    return; /* the host talks too much: its frame fails its CRC */
  received[received_head] = byte;
  received_head = next;
}

ISR(USART_UDRE_vect)
{
  UDR0 = waiting[waiting_tail++];
  if (waiting_tail == waiting_head)
    UCSR0B &= (uint8_t)~_BV(UDRIE0);
}

void uart_put(uint8_t byte)
{
  uint8_t next = waiting_head + 1;
  while (next == waiting_tail)
    ;
  waiting[waiting_head] = byte;
  cli(); /* UCSR0B is changed by the handler too */
  waiting_head = next;
  UCSR0B |= _BV(UDRIE0);
  sei();
}

bool uart_get(uint8_t *byte)
{
  if (received_tail == received_head)
    return false;
  *byte = received[received_tail];
  received_tail = (received_tail + 1) % RECEIVED_SIZE;
  return true;
}
