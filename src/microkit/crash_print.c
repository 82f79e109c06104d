/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

static void say(const char *call, const char *what)
{
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(" ");
    microkit_dbg_puts(call);
    microkit_dbg_puts(what);
}

void sk_microkit_refuse(const char *call, microkit_channel ch)
{
    say(call, ": invalid channel given '");
    microkit_dbg_put32(ch);
    microkit_dbg_puts("'\n");
}

void sk_microkit_forget(microkit_child child)
{
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(" was restarted in fault(), and is not told again of child ");
    microkit_dbg_put32(child);
    microkit_dbg_puts("\n");
}

static const char *text_of(seL4_Error error)
{
    switch (error) {
    case seL4_InvalidCapability:
        return ", invalid capability\n";
    case seL4_IllegalOperation:
        return ", illegal operation\n";
    default:
        return "\n";
    }
}

void sk_microkit_check(const char *call, seL4_Error error)
{
    if (error != seL4_NoError) {
        say(call, ": the kernel refuses it with error ");
        microkit_dbg_put32((seL4_Uint32)error);
        microkit_dbg_puts(text_of(error));
        microkit_internal_crash(error);
    }
}
