/*
 * What libmicrokit's files share: the start, and the variables that the composer writes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <microkit.h>
#include <selkie/microkit/abi.h>

extern struct sk_microkit_extension sk_microkit_extension;
extern const struct sk_microkit_restore sk_microkit_restore;

/* Where the stack ends, and the guard page before the IPC buffer begins, in any domain. */
extern const uintptr_t sk_microkit_stack_end;

/* Called by _start, in this order; the second does not return. stack is its end. */
void sk_microkit_restore_memory(void);
SK_NORETURN void sk_microkit_enter(void *stack);

/* Does a start restore memory? */
bool sk_microkit_is_restored(void);

/* The domain's program: init(), and the loop. */
SK_NORETURN int main(void);

/* Does the program have a protected(), and so perhaps callers? */
bool sk_microkit_has_protected(void);

/* Is channel ch set in a bitmap over all channels? */
static inline bool sk_microkit_has(const uint64_t words[], microkit_channel ch)
{
    return ch < SK_MICROKIT_CHANNELS && (words[ch / 64] >> ch % 64 & 1) != 0;
}

/* Say that call was given a channel that it is not for. */
void sk_microkit_refuse(const char *call, microkit_channel ch);

/* Say that a fault of the child was being handled when the domain was restarted. */
void sk_microkit_forget(microkit_child child);

/* Go on if error is none; otherwise say that call failed, and fault. */
void sk_microkit_check(const char *call, seL4_Error error);

/* The fault that is being handled. */
struct sk_microkit_faulted {
    bool is_handled;   /* there is one */
    bool is_restarted; /* the child goes on elsewhere when it is answered */
    microkit_child child;
};
extern struct sk_microkit_faulted sk_microkit_faulted;

/* Send what is deferred, if something is. */
void sk_microkit_flush(void);
