/* The serial line, 8N1, at BAUD: bytes wait in a ring each way and move by interrupts. */
#ifndef UART_H
#define UART_H

#include <stdbool.h>
#include <stdint.h>

void uart_start(void);

/* Waits while the ring is full, which lasts at most as long as a byte takes on the line. */
void uart_put(uint8_t byte);

/* The next byte that has come, if any. */
bool uart_get(uint8_t *byte);

#endif
