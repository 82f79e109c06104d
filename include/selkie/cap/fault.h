/*
 * Faults: what the message to a fault handler says, with names.
 *
 *     sk_reader in = sk_reader_receive(faults, &caller);
 *     struct sk_fault fault;
 *
 *     if (sk_fault_read(&in, &fault) == SK_OK) {
 *         char line[SK_FAULT_LINE];
 *
 *         sk_fault_print(&fault, line, sizeof(line));
 *     }
 *
 * The kinds are the same for every kernel; one that this kernel's configuration does not have
 * is never found. Answering a fault with an empty message of label 0 lets the thread go on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <selkie/arch/cap/fault.h>
#include <selkie/base/err.h>
#include <selkie/cap/error.h>
#include <selkie/cap/message.h>

enum sk_fault_kind {
    SK_FAULT_NONE,
    SK_FAULT_CAP,       /* an address in the CSpace that leads nowhere */
    SK_FAULT_SYSCALL,   /* an unknown system call */
    SK_FAULT_EXCEPTION, /* an instruction that the processor refused */
    SK_FAULT_DEBUG,     /* a breakpoint or watchpoint; with HARDWARE_DEBUG_API */
    SK_FAULT_TIMEOUT,   /* the budget is used up; with MCS */
    SK_FAULT_VM,        /* an access to memory that is not mapped, or not so */
    SK_FAULT_VGIC,      /* virtual interrupt controller's maintenance; with virtual machines */
    SK_FAULT_VCPU,      /* what the virtual machine did; with virtual machines */
    SK_FAULT_VPPI,      /* a virtual machine's private interrupt; with virtual machines */
};

/* The member named like the kind is set. */
struct sk_fault {
    enum sk_fault_kind kind;
    union {
        struct {
            seL4_Word pc;
            seL4_CPtr address;
            bool is_receive; /* in the receive of a call that sends and receives */
            struct sk_lookup_failure lookup;
        } cap;
        struct sk_arch_syscall_registers syscall;
        struct {
            seL4_Word pc;
            seL4_Word sp;
            seL4_Word flags; /* the processor's: SPSR */
            seL4_Word number;
            seL4_Word code;
        } exception;
        struct {
            seL4_Word pc;
            seL4_Word reason; /* a breakpoint, a watchpoint, a step or a software breakpoint */
            seL4_Word address;
            seL4_Word breakpoint;
        } debug;
        struct {
            seL4_Word data;     /* the scheduling context's own word */
            seL4_Word consumed; /* microseconds */
        } timeout;
        struct {
            seL4_Word pc;
            seL4_Word address;
            bool is_fetch; /* of an instruction */
            bool is_write;
            seL4_Word status; /* the processor's: FSR or ESR */
        } vm;
        struct {
            seL4_Word index; /* of the list register; all ones if not known */
        } vgic;
        struct {
            seL4_Word hsr;
        } vcpu;
        struct {
            seL4_Word irq;
        } vppi;
    };
};

/* The most words that a fault's message has. */
#define SK_FAULT_WORDS 16

/*
 * The fault that a message reports. words has as many as info says, up to SK_FAULT_WORDS.
 *
 * SK_ERR_INVALID_ARGUMENT: the label is not one of a fault, or the words are not of one.
 * SK_ERR_TRUNCATED_MESSAGE: it has too few words, so it is not from the kernel.
 */
sk_err sk_fault_decode(seL4_MessageInfo_t info, const seL4_Word words[],
                       struct sk_fault *ret_fault);

/* The same of a message that is being read; traps if a word of it was read already. */
sk_err sk_fault_read(sk_reader *r, struct sk_fault *ret_fault);

/* The bytes of the longest line about a fault, with its NUL. */
#define SK_FAULT_LINE 192

/*
 * One line about the fault, without a newline, into buffer of size bytes. Returns its length;
 * the text was cut if that is not less than size.
 */
size_t sk_fault_print(const struct sk_fault *f, char *buffer, size_t size);
