/*
 * libmicrokit: a domain of a Microkit system, in C.
 *
 * A domain is a program without main(). It supplies
 *
 *     void init(void);                       once, at its start
 *     void notified(microkit_channel ch);    somebody has signalled ch, or interrupt ch came
 *
 * and, if it is called, or has children,
 *
 *     microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo);
 *     seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply);
 *
 * Everything runs on one thread: none of these is called while another runs, and what comes
 * meanwhile waits. Which channels there are, and who is at their other end, the system
 * description says.
 *
 * The order of things. init() comes first, after constructors. Then each interrupt of the
 * domain is acknowledged, and the domain waits. Signals that have come together are told to
 * notified() one by one, with ascending channels, before the domain looks for anything else; a
 * channel that was signalled several times before that is told once. A protected call or a
 * fault is one message: its handler returns, the answer goes out, and only then the next is
 * received.
 *
 * This is Microkit's interface of version 2.3, source and binary: what is linked with its
 * library runs in our systems, and the other way round (but for a passive domain, which keeps
 * its time there). Differences are said where they are; each is something that would lose work,
 * or end in silence, there. Messages are printed in configuration debug only; a release kernel
 * has no console.
 *
 * What wants a hypervisor, secure firmware or x86 is declared as unavailable, or is not here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>

typedef unsigned int microkit_channel;
typedef unsigned int microkit_child;
typedef unsigned int microkit_ioport;
typedef seL4_MessageInfo_t microkit_msginfo;

/* Addresses in the domain's CSpace (docs/spec/microkit-abi.md). */
#define INPUT_CAP                    1
#define REPLY_CAP                    4
#define MONITOR_EP                   5
#define TCB_CAP                      6
#define ARM_SMC_CAP                  7
#define BASE_OUTPUT_NOTIFICATION_CAP 10
#define BASE_ENDPOINT_CAP            74
#define BASE_IRQ_CAP                 138
#define BASE_TCB_CAP                 202
#define BASE_VM_TCB_CAP              266
#define BASE_VCPU_CAP                330
#define BASE_IOPORT_CAP              394
#define BASE_USER_CAPS               458

#define MICROKIT_MAX_CHANNELS   62 /* channels and interrupts 0 to 61 */
#define MICROKIT_MAX_CHANNEL_ID (MICROKIT_MAX_CHANNELS - 1)
#define MICROKIT_MAX_IOPORT_ID  (MICROKIT_MAX_CHANNELS - 1)
#define MICROKIT_MAX_USER_CAPS  64
#define MICROKIT_PD_NAME_LENGTH 64

/* The label of the answer to a call in the middle of which the domain was restarted. */
#define SK_MICROKIT_RESTARTED ((seL4_Word)0x727374617274)

/* Written into the file when the system is composed. */
extern char microkit_name[MICROKIT_PD_NAME_LENGTH];
extern seL4_Bool microkit_passive; /* it has no time of its own, but its callers' */
extern seL4_Word microkit_irqs;    /* bit ch: ch is an interrupt */
extern seL4_Word microkit_notifications;
extern seL4_Word microkit_pps;
extern seL4_Word microkit_ioports;

/* The deferred operation, if there is one. */
extern seL4_Bool microkit_have_signal;
extern seL4_CPtr microkit_signal_cap;
extern seL4_MessageInfo_t microkit_signal_msg;

/* ---- What the domain supplies ---- */

void init(void);

void notified(microkit_channel ch);

/*
 * Somebody calls on channel ch, and waits for what is returned. The message's words are read
 * with microkit_mr_get(), the answer's are written with microkit_mr_set(): the same registers,
 * so read before you write. Calls of others, and signals, wait too.
 *
 * A domain without it that is called says so, and faults.
 */
microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo);

/*
 * A child has faulted; msginfo and the words are the kernel's message about it (seL4's manual,
 * Faults). Returns seL4_False: the child stays as it is. seL4_True: it is answered with *reply,
 * and goes on as seL4 says for that fault. A child that is restarted or stopped by this is not
 * to be answered.
 *
 * A domain without it that is told of a fault says so, and faults.
 */
seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply);

/* ---- Channels ---- */

/*
 * All of these take a channel of the domain. Another one is said on the console, and nothing is
 * done. Where the kernel refuses the call, which means that the system is composed wrongly,
 * that is said, and the domain faults at the address that is the error's number.
 */

/* Out of line: channels that are beyond Microkit's, or not there. */
void sk_microkit_notify_other(microkit_channel ch);
microkit_msginfo sk_microkit_call_other(microkit_channel ch, microkit_msginfo msginfo);

/* Signal the other end. It does not wait for it. */
static inline void microkit_notify(microkit_channel ch)
{
    if (ch <= MICROKIT_MAX_CHANNEL_ID && (microkit_notifications >> ch & 1) != 0) {
        seL4_Signal(BASE_OUTPUT_NOTIFICATION_CAP + ch);
    } else {
        sk_microkit_notify_other(ch);
    }
}

/*
 * Call the other end's protected(), and return its answer, whose words are then in the message
 * registers. Of a channel that is not there, an empty message with the label 0.
 */
static inline microkit_msginfo microkit_ppcall(microkit_channel ch, microkit_msginfo msginfo)
{
    if (ch <= MICROKIT_MAX_CHANNEL_ID && (microkit_pps >> ch & 1) != 0) {
        return seL4_Call(BASE_ENDPOINT_CAP + ch, msginfo);
    }
    return sk_microkit_call_other(ch, msginfo);
}

/* The interrupt may come again. */
void microkit_irq_ack(microkit_channel ch);

/*
 * The same as microkit_notify() and microkit_irq_ack(), but when the handler has returned: it
 * is then one system call with waiting for the next message. (If the handler has an answer to
 * give as well, it is a call of its own before that.)
 *
 * There is room for one. A second one in the same handler does the first at once; with
 * Microkit's library the first is lost. The message registers keep what they hold.
 */
void microkit_deferred_notify(microkit_channel ch);
void microkit_deferred_irq_ack(microkit_channel ch);

/* ---- Messages ---- */

/* A message of count words with a label of 52 bits. */
static inline microkit_msginfo microkit_msginfo_new(seL4_Word label, seL4_Uint16 count)
{
    return seL4_MessageInfo_new(label, 0, 0, count);
}

static inline seL4_Word microkit_msginfo_get_label(microkit_msginfo msginfo)
{
    return seL4_MessageInfo_get_label(msginfo);
}

static inline seL4_Word microkit_msginfo_get_count(microkit_msginfo msginfo)
{
    return seL4_MessageInfo_get_length(msginfo);
}

/* Word mr, below seL4_MsgMaxLength, of the message that was received, or is to be sent. */
static inline void microkit_mr_set(seL4_Uint8 mr, seL4_Word value)
{
    seL4_SetMR(mr, value);
}

static inline seL4_Word microkit_mr_get(seL4_Uint8 mr)
{
    return seL4_GetMR(mr);
}

/* ---- Children ---- */

/*
 * Let a child run from entry_point, as a rule its ELF file's, whatever it was doing. It is for
 * the child to forget what it did: linked with our library and composed so that it can be
 * restarted, it starts with its variables as at first, and an empty stack. Otherwise everything
 * stays as it was, as with Microkit. Whoever had called the child and has no answer yet, gets
 * an empty one with the label SK_MICROKIT_RESTARTED when the child waits again; with Microkit,
 * and without restored memory, none.
 *
 * A child that is in a call to a passive server has lent it its time: it starts when the server
 * answers, whose answer is lost, and not before. With Microkit the time stays with the server,
 * and the child never runs again. One that still waits for the server's attention, or that
 * calls a server with time of its own, starts at once. And a passive parent has the time of the
 * child whose fault it is told of; that child starts when fault() has returned.
 *
 * A passive child runs init() in the time that it has just then, its own or its caller's; one
 * that waits, and has none, in its own. (With Microkit a child that waits is stopped for good.)
 * Not so one that itself calls passive servers: while it waits, or is in such a call, a restart
 * stops it for good, and its caller too.
 */
void microkit_pd_restart(microkit_child pd, seL4_Word entry_point);

/*
 * The child does not run until it is resumed or restarted. A call to a passive server that has
 * the child's time goes on meanwhile, and a child that is resumed finds its answer; it goes on
 * at exactly the place where it was. Other calls are cut off, and made again by a child that is
 * resumed. A child in a call to a passive server that is not stopped does not notice that it is
 * resumed. What a parent that was itself restarted had stopped, it can resume or restart.
 */
void microkit_pd_stop(microkit_child pd);
void microkit_pd_resume(microkit_child pd);

/* ---- Output ---- */

/* On the kernel's console, where it has one; otherwise nothing. Numbers are decimal. */
void microkit_dbg_putc(int c);
void microkit_dbg_puts(const char *s);
void microkit_dbg_put8(seL4_Uint8 x);
void microkit_dbg_put32(seL4_Uint32 x);

/* The domain faults at the address err, which is not 0 to the compiler. */
SK_NORETURN void microkit_internal_crash(seL4_Error err);

/* ---- Capabilities of the user's ---- */

/* Where the capability is that the description puts into slot; null if there is none. */
static inline seL4_CPtr microkit_cspace_root_slot_to_cptr(seL4_Word slot)
{
    return slot < MICROKIT_MAX_USER_CAPS ? slot << (seL4_WordBits - 6) : seL4_CapNull;
}

/* ---- What this board does not have ---- */

SK_UNAVAILABLE("this board's kernel is no hypervisor")
void microkit_vcpu_restart(microkit_child vcpu, seL4_Word entry_point);

SK_UNAVAILABLE("this board's kernel is no hypervisor")
void microkit_vcpu_stop(microkit_child vcpu);

SK_UNAVAILABLE("this board's kernel is no hypervisor")
void microkit_vcpu_arm_inject_irq(microkit_child vcpu, seL4_Uint16 irq, seL4_Uint8 priority,
                                  seL4_Uint8 group, seL4_Uint8 index);

SK_UNAVAILABLE("this board's kernel is no hypervisor")
void microkit_vcpu_arm_ack_vppi(microkit_child vcpu, seL4_Word irq);

SK_UNAVAILABLE("this board's kernel is no hypervisor")
seL4_Word microkit_vcpu_arm_read_reg(microkit_child vcpu, seL4_Word reg);

SK_UNAVAILABLE("this board's kernel is no hypervisor")
void microkit_vcpu_arm_write_reg(microkit_child vcpu, seL4_Word reg, seL4_Word value);

SK_UNAVAILABLE("this board's kernel does not pass on calls of secure firmware")
void microkit_arm_smc_call(seL4_ARM_SMCContext *args, seL4_ARM_SMCContext *response);
