/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/backtrace.h>

#include <stdbool.h>

#include <selkie/arch/rt/backtrace.h>
#include <selkie/rt/print.h>

#define MAX_CALLS      32
#define MAX_FRAME_SIZE 0x10000

/* Is there a frame record at address, which is above that of the last? */
static bool is_record(uintptr_t address, uintptr_t last, uintptr_t end)
{
    return address > last && address - last <= MAX_FRAME_SIZE &&
           address % SK_ARCH_FRAME_RECORD_ALIGN == 0 && address < end &&
           end - address >= sizeof(struct sk_arch_frame_record);
}

static void print_calls(uintptr_t address, uintptr_t end)
{
    uintptr_t last = address - 1;

    for (int i = 0; i < MAX_CALLS && is_record(address, last, end); i++) {
        const struct sk_arch_frame_record *record = (const void *)address;

        if (record->return_address == 0) {
            break;
        }
        sk_printf(" 0x%lx", sk_arch_call_before(record->return_address));
        last = address;
        address = record->caller;
    }
    sk_puts("");
}

void sk_backtrace_print(uintptr_t address, uintptr_t end)
{
    sk_printf("backtrace:");
    print_calls(address, end);
}

void sk_backtrace_print_fault(uintptr_t pc, uintptr_t link, uintptr_t address, uintptr_t end)
{
    sk_printf("backtrace: 0x%lx (0x%lx)", pc, link != 0 ? sk_arch_call_before(link) : 0);
    print_calls(address, end);
}
