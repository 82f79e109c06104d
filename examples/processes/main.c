/*
 * A shell on the serial port that starts, watches and ends processes.
 *
 * One thread waits in one place: at the endpoint by which processes end and print, with the
 * notification bound to it that the port and the timer signal.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "shell.h"

static struct shell shell;
static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];

static void wake(struct sk_alarm *self, uint64_t when)
{
    struct shell *s = (struct shell *)((char *)self - offsetof(struct shell, sleep));

    (void)when;
    s->is_asleep = false;
}

static sk_err open(struct shell *s, seL4_BootInfo *bi)
{
    SK_TRY(
        sk_manager_init_boot(&s->manager, bi, &(struct sk_manager_options){.memory = memory}));
    SK_TRY(machine_open(&s->machine, &s->manager, &s->console.port,
                        &(struct sk_pl011_options){.ring = s->console.ring,
                                                   .ring_size = sizeof(s->console.ring)}));
    SK_TRY(sk_caller_make(&s->manager.source, &s->caller));
    SK_TRY(jobs_open(&s->jobs, &s->manager.source, &s->console, &s->machine));
    s->sleep.fn = wake;
    sk_manager_stats(&s->manager, &s->start);
    return SK_OK;
}

static bool is_waiting(const struct shell *s)
{
    return s->is_asleep || (s->foreground != NULL && job_is_live(s->foreground));
}

/* Take what has come at the port. */
static unsigned hear(struct shell *s)
{
    unsigned events = sk_pl011_interrupt(&s->console.port);

    if ((events & ~(unsigned)(SK_PL011_RECEIVED | SK_PL011_FULL)) != 0) {
        console_print(&s->console, "(input came damaged, or was lost)\n");
    }
    return events;
}

/* Throw away what is in the ring. More comes behind it meanwhile, which stays. */
static void discard_ring(struct shell *s)
{
    char byte;

    for (size_t i = 0; i < sizeof(s->console.ring); i++) {
        (void)sk_pl011_receive(&s->console.port, &byte, 1);
    }
    console_print(&s->console, "(too much was typed ahead: discarded)\n");
}

/*
 * A command waits, and what is typed with it, in the ring; but an interruption does not, so the
 * ring must not stay full. All of it is looked through before it is thrown away, or waited for
 * more. Returns whether the command was interrupted.
 */
static bool look_for_interruption(struct shell *s)
{
    for (;;) {
        unsigned events = hear(s);

        if (sk_pl011_discard_to(&s->console.port, LINE_CTRL_C) ||
            sk_pl011_discard_to(&s->console.port, LINE_CTRL_G)) {
            shell_interrupt(s);
            return true;
        }
        if ((events & SK_PL011_FULL) == 0) {
            return false;
        }
        discard_ring(s);
    }
}

/* Do what was typed, unless a command waits. */
static void read_port(struct shell *s)
{
    char byte;

    while (!s->is_over && (!is_waiting(s) || look_for_interruption(s))) {
        s->foreground = NULL;
        console_prompt(&s->console);
        if (sk_pl011_receive(&s->console.port, &byte, 1) != 0) {
            if (console_type(&s->console, byte)) {
                shell_do(s, s->console.line.text);
                line_clear(&s->console.line);
            }
        } else if (hear(s) == 0) {
            return;
        }
    }
}

static void handle_signals(struct shell *s, seL4_Word signals)
{
    if ((signals & MACHINE_PORT) != 0) {
        (void)hear(s);
        sk_assert(sk_irq_ack(&s->machine.port_irq) == SK_OK);
    }
    if ((signals & MACHINE_TIMER) != 0) {
        (void)sk_arm_timer_interrupt(&s->machine.timer);
        (void)sk_alarms_run(&s->machine.alarms);
        sk_assert(sk_irq_ack(&s->machine.timer_irq) == SK_OK);
    }
}

static void turn(struct shell *s)
{
    SK_AUTO(sk_reader) in = sk_reader_receive(sk_parent_endpoint(&s->jobs.parent), &s->caller);

    if ((in.badge & MACHINE_SIGNAL) != 0) {
        handle_signals(s, in.badge);
    } else {
        jobs_receive(&s->jobs, &in, &s->caller);
    }
}

SK_ROOT_TASK(bi)
{
    struct shell *s = &shell;
    sk_err e = open(s, (seL4_BootInfo *)bi);

    if (e != SK_OK) {
        sk_printf("processes: cannot start: error %u\n", e);
        return 1;
    }
    console_print(&s->console, "Processes of Selkie. Type help.\n");
    for (read_port(s); !s->is_over; read_port(s)) {
        if (s->jobs.is_due) {
            jobs_restart(&s->jobs);
        } else {
            turn(s);
        }
    }
    (void)sk_pl011_flush(&s->console.port);
    return s->status;
}
