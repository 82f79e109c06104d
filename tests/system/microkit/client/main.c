/*
 * Calls and signals a server, and asks for what it does not have.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>

#include "../plot.h"
#include "../say.h"

static int constructed;
static seL4_Word zero;

__attribute__((constructor)) static void construct(void)
{
    constructed = 7;
}

static seL4_Word ask(seL4_Word label, seL4_Word first, seL4_Word second)
{
    microkit_mr_set(0, first);
    microkit_mr_set(1, second);

    microkit_msginfo answer = microkit_ppcall(CALL_SERVER, microkit_msginfo_new(label, 2));

    return microkit_msginfo_get_label(answer) == label + 1 &&
                   microkit_msginfo_get_count(answer) == 1
               ? microkit_mr_get(0)
               : 0;
}

/* Words have 64 bits, labels 52, and messages as many words as the kernel takes. */
static void ask_much(void)
{
    say("2^40 + 2", ask(ASK_SUM, (seL4_Word)1 << 40, 2));
    say("by the largest label", ask(ASK_LARGEST, 3, 4));
    microkit_mr_set(2, 7);
    microkit_mr_set(seL4_MsgMaxLength - 1, 8);
    microkit_ppcall(CALL_SERVER, microkit_msginfo_new(ASK_LAST, seL4_MsgMaxLength));
    say("last word", microkit_mr_get(0));
}

/* Nothing, where the kernel has no console. */
static void print(void)
{
    microkit_dbg_puts("numbers: ");
    microkit_dbg_put8(0);
    microkit_dbg_putc(' ');
    microkit_dbg_put8(255);
    microkit_dbg_putc(' ');
    microkit_dbg_put32(0);
    microkit_dbg_putc(' ');
    microkit_dbg_put32(1020304050);
    microkit_dbg_putc(' ');
    microkit_dbg_put32(0xffffffff);
    microkit_dbg_puts("\n");
}

/* Several signals, of which the listener, of a lower priority, is told later. */
static void signal_listener(void)
{
    microkit_notify(TO_LISTENER_5);
    microkit_notify(TO_LISTENER_2);
    microkit_notify(TO_LISTENER_5);
}

static void be_refused(void)
{
    microkit_msginfo answer;

    microkit_notify(20);
    microkit_notify(63);
    microkit_notify(5000);
    microkit_irq_ack(3);
    microkit_deferred_notify(21);
    microkit_deferred_irq_ack(4);
    answer = microkit_ppcall(22, microkit_msginfo_new(9, 1));
    say("refused", microkit_msginfo_get_label(answer) + microkit_msginfo_get_count(answer));
    say("deferred", (seL4_Word)microkit_have_signal);
}

void init(void)
{
    say(microkit_name, microkit_passive);
    say("constructed", (seL4_Word)constructed);
    say("zero", zero);
    say("20 + 22", ask(ASK_SUM, 20, 22));
    ask_much();
    print();
    microkit_notify(SIGNAL_SERVER);
    say("server was told", ask(ASK_TOLD, 0, 0));
    signal_listener();
    be_refused();
    say("a slot of the user's", microkit_cspace_root_slot_to_cptr(3) >> 58);
    say("one that is not", microkit_cspace_root_slot_to_cptr(64));
    microkit_deferred_notify(SIGNAL_SERVER);
    say("one deferred", ask(ASK_TOLD, 0, 0));
    microkit_deferred_notify(SIGNAL_SERVER_TOO);
    say("two deferred", ask(ASK_TOLD, 0, 0));
    say("and the server", ask(ASK_TO_SIGNAL, 0, 0));
}

/* The second time, nothing but the answer to a call has made the server send its signal. */
void notified(microkit_channel ch)
{
    static bool is_second;

    say("told", ch);
    if (!is_second) {
        is_second = true;
        say("all deferred", ask(ASK_TOLD, 0, 0));
        say("and the server again", ask(ASK_TO_SIGNAL, 0, 0));
    }
}
