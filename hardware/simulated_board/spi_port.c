#include "spi_port.h"

enum { SPCR = 0x4C, SPSR = 0x4D, SPDR = 0x4E, TRANSFER_ENDED = 0x80, DOUBLE_SPEED = 0x01 };

static avr_cycle_count_t byte_cycles(const avr_t *avr)
{
  static const int dividers[] = {4, 16, 64, 128};
  int divider = dividers[avr->data[SPCR] & 3];
  return 8 * (avr->data[SPSR] & DOUBLE_SPEED ? divider / 2 : divider);
}

static avr_cycle_count_t end_transfer(avr_t *avr, avr_cycle_count_t when, void *param)
{
  (void)when;
  SpiPort *port = param;
  port->received = port->swap(port->device, port->sent);
  avr->data[SPSR] |= TRANSFER_ENDED;
  return 0;
}

static void write_data(avr_t *avr, avr_io_addr_t address, uint8_t byte, void *param)
{
  (void)address;
  SpiPort *port = param;
  port->sent = byte;
  avr->data[SPSR] &= (uint8_t)~TRANSFER_ENDED;
  avr_cycle_timer_register(avr, byte_cycles(avr), end_transfer, port);
}

static uint8_t read_data(avr_t *avr, avr_io_addr_t address, void *param)
{
  (void)address;
  avr->data[SPSR] &= (uint8_t)~TRANSFER_ENDED;
  return ((SpiPort *)param)->received;
}

void spi_attach(SpiPort *port, avr_t *avr, SpiSwap swap, void *device)
{
  port->swap = swap;
  port->device = device;
  avr->io[AVR_DATA_TO_IO(SPDR)].w.c = write_data;
  avr->io[AVR_DATA_TO_IO(SPDR)].w.param = port;
  avr->io[AVR_DATA_TO_IO(SPDR)].r.c = read_data;
  avr->io[AVR_DATA_TO_IO(SPDR)].r.param = port;
}
