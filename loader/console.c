/* SPDX-License-Identifier: BSD-2-Clause */
#include "loader.h"

/* ARM PL011: offsets and the bit that says that the transmit FIFO is full. */
enum {
    PL011_DATA = 0x00,
    PL011_FLAG = 0x18,
    PL011_FLAG_TX_FULL = 1 << 5,
};

/* Firmware or reset has left the UART able to send; all this does is wait for room. */
static void put(uint64_t uart, char c)
{
    const volatile uint32_t *flag = (const volatile uint32_t *)(uart + PL011_FLAG);
    volatile uint32_t *data = (volatile uint32_t *)(uart + PL011_DATA);

    while ((*flag & PL011_FLAG_TX_FULL) != 0) {
    }
    *data = (uint8_t)c;
}

void sk_loader_print(const struct sk_boot_plan *plan, const char *text)
{
    if (plan->uart_paddr == 0) {
        return;
    }
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            put(plan->uart_paddr, '\r');
        }
        put(plan->uart_paddr, *text);
    }
}

void sk_loader_print_hex(const struct sk_boot_plan *plan, uint64_t value)
{
    char text[19] = "0x";

    for (int i = 0; i < 16; i++) {
        unsigned digit = (unsigned)(value >> (60 - 4 * i)) & 15;
        text[2 + i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
    text[18] = '\0';
    sk_loader_print(plan, text);
}
