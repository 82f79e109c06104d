/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/debug.h"

#include "core/cspace.h"
#include "core/ipc.h"
#include "core/platform.h"
#include "core/vspace.h"

void sk_kdebug_print(struct kernel *k, const char *text)
{
    if (!SK_CFG_PRINTING) {
        return;
    }
    for (; *text != '\0'; text++) {
        sk_kplatform_putc(k, *text);
    }
}

static void print_number(struct kernel *k, uint64_t value, unsigned base)
{
    char digits[21];
    unsigned at = sizeof(digits) - 1;

    digits[at] = '\0';
    do {
        digits[--at] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    sk_kdebug_print(k, digits + at);
}

void sk_kdebug_hex(struct kernel *k, uint64_t value)
{
    sk_kdebug_print(k, "0x");
    print_number(k, value, 16);
}

void sk_kdebug_decimal(struct kernel *k, uint64_t value)
{
    print_number(k, value, 10);
}

/* In the description of a fault, as real seL4 has it: no prefix for zero. */
static void print_detail(struct kernel *k, const char *what, uint64_t value)
{
    sk_kdebug_print(k, what);
    if (value != 0) {
        sk_kdebug_print(k, "0x");
    }
    print_number(k, value, 16);
}

static void print_fault(struct kernel *k, const struct fault *f)
{
    switch (f->label) {
    case seL4_Fault_CapFault:
        print_detail(k,
                     f->words[1] ? "cap fault in receive phase at address "
                                 : "cap fault in send phase at address ",
                     f->words[0]);
        break;
    case seL4_Fault_UnknownSyscall:
        print_detail(k, "unknown syscall ", f->words[0]);
        break;
    case seL4_Fault_UserException:
        print_detail(k, "user exception ", f->words[0]);
        print_detail(k, " code ", f->words[1]);
        break;
    default:
        print_detail(
            k, f->words[1] ? "vm fault on code at address " : "vm fault on data at address ",
            f->words[0]);
        print_detail(k, " with status ", f->words[2]);
        break;
    }
}

/* The word at a user address of t; false if none is mapped there. */
static bool read_user(struct kernel *k, const struct tcb *t, uint64_t vaddr, uint64_t *ret)
{
    kcap c = t->slots[TCB_VSPACE].cap;
    struct pt_walk w;
    uint64_t paddr, bits;

    if (!sk_kvspace_is_usable(k, c) || vaddr > seL4_UserTop || vaddr % 8 != 0) {
        return false;
    }
    w = sk_kvspace_walk(k, cap_object(c), vaddr, SK_ARCH_PT_LEAF_LEVEL);
    if (!sk_arch_pte_is_valid(*w.entry) || !vspace_maps_ram(k, w)) {
        return false;
    }
    bits = sk_arch_pt_shift(w.level);
    paddr = sk_arch_pte_paddr(*w.entry) + (vaddr & ((1ull << bits) - 1));
    *ret = *(const uint64_t *)sk_arch_phys(&k->machine, paddr);
    return true;
}

static void print_stack(struct kernel *k, const struct tcb *t)
{
    const unsigned count = SK_CFG_USER_STACK_TRACE_LENGTH;
    uint64_t sp = t->context.sp;

    sk_kdebug_print(k, "With stack:\n");
    for (unsigned n = 0; n != count; n++, sp += 8) {
        uint64_t word;

        sk_kdebug_hex(k, sp);
        if (read_user(k, t, sp, &word)) {
            sk_kdebug_print(k, ": ");
            sk_kdebug_hex(k, word);
            sk_kdebug_print(k, "\n");
        } else {
            sk_kdebug_print(k, ": INVALID\n");
        }
    }
}

static void print_thread(struct kernel *k, const struct tcb *t)
{
    sk_kdebug_hex(k, (uint64_t)(uintptr_t)t);
    sk_kdebug_print(k, " \"");
    sk_kdebug_print(k, t->name);
    sk_kdebug_print(k, "\"");
}

void sk_kdebug_unhandled_fault(struct kernel *k, const struct tcb *t, const struct fault *f)
{
    if (!SK_CFG_PRINTING) {
        return;
    }
    sk_kdebug_print(k, "Found thread has no fault handler while trying to handle:\n");
    print_fault(k, f);
    sk_kdebug_print(k, "\nin thread ");
    print_thread(k, t);
    sk_kdebug_print(k, " at address ");
    sk_kdebug_hex(k, t->context.restart_pc);
    sk_kdebug_print(k, "\n");
    print_stack(k, t);
}

static void print_lookup(struct kernel *k, const struct error *e)
{
    static const char *const why[] = {
        [0] = "",
        [seL4_InvalidRoot] = "the root is no CNode",
        [seL4_MissingCapability] = "the slot is empty",
        [seL4_DepthMismatch] = "the depth does not fit",
        [seL4_GuardMismatch] = "the guard does not fit",
    };

    sk_kdebug_print(k, e->is_source ? " of the source: " : " of the target: ");
    sk_kdebug_print(k, why[e->lookup.type]);
    if (e->lookup.type != seL4_InvalidRoot) {
        sk_kdebug_print(k, ", with bits left: ");
        sk_kdebug_decimal(k, e->lookup.bits_left);
    }
}

/* What the error's words say. */
static void print_error(struct kernel *k, seL4_Error code)
{
    const struct error *e = &k->error;

    switch (code) {
    case seL4_InvalidArgument:
    case seL4_InvalidCapability:
        sk_kdebug_print(k, " ");
        sk_kdebug_decimal(k, e->words[0]);
        break;
    case seL4_RangeError:
        sk_kdebug_print(k, ": not from ");
        sk_kdebug_decimal(k, e->words[0]);
        sk_kdebug_print(k, " to ");
        sk_kdebug_decimal(k, e->words[1]);
        break;
    case seL4_NotEnoughMemory:
        sk_kdebug_print(k, ": bytes left: ");
        sk_kdebug_decimal(k, e->words[0]);
        break;
    case seL4_FailedLookup:
        print_lookup(k, e);
        break;
    default:
        break;
    }
}

void sk_kdebug_failed_invocation(struct kernel *k, const char *operation, seL4_Error e)
{
    static const char *const names[] = {
        "no error",     "invalid argument", "invalid capability", "illegal operation",
        "range error",  "alignment error",  "failed lookup",      "truncated message",
        "delete first", "revoke first",     "not enough memory",
    };

    if (!SK_CFG_PRINTING || !SK_CFG_DEBUG_BUILD) {
        return;
    }
    sk_kdebug_print(k, "<<selkie [");
    sk_kdebug_print(k, operation);
    sk_kdebug_print(k, " T");
    print_thread(k, k->current);
    sk_kdebug_print(k, " @");
    print_number(k, k->current->context.restart_pc, 16);
    sk_kdebug_print(k, "]: ");
    sk_kdebug_print(k, names[e]);
    print_error(k, e);
    sk_kdebug_print(k, ".>>\n");
}

void sk_kdebug_thread_add(struct kernel *k, struct tcb *t)
{
    static const char prefix[] = "child of: '";
    unsigned at = 0;

    t->all_prev = 0;
    t->all_next = k->all_threads;
    if (t->all_next != 0) {
        t->all_next->all_prev = t;
    }
    k->all_threads = t;
    if (k->current == 0) {
        return;
    }
    for (; prefix[at] != '\0'; at++) {
        t->name[at] = prefix[at];
    }
    for (const char *c = k->current->name; *c != '\0' && at < TCB_NAME_BYTES - 2; c++) {
        t->name[at++] = *c;
    }
    t->name[at++] = '\'';
    t->name[at] = '\0';
}

void sk_kdebug_thread_remove(struct kernel *k, struct tcb *t)
{
    if (t->all_next != 0) {
        t->all_next->all_prev = t->all_prev;
    }
    if (t->all_prev != 0) {
        t->all_prev->all_next = t->all_next;
    } else {
        k->all_threads = t->all_next;
    }
}

void sk_ksyscall_DebugPutChar(struct kernel *k)
{
    sk_kplatform_putc(k, (char)sk_arch_syscall_cptr(&k->current->context));
}

/* Print text in a column of the given width. */
static void print_column(struct kernel *k, const char *text, unsigned width)
{
    unsigned length = 0;

    while (text[length] != '\0') {
        length++;
    }
    sk_kdebug_print(k, text);
    for (; length < width; length++) {
        sk_kdebug_print(k, " ");
    }
}

static void print_hex_column(struct kernel *k, uint64_t value, unsigned width)
{
    unsigned length = 3; /* 0x and a digit */

    for (uint64_t rest = value; rest > 15; rest >>= 4) {
        length++;
    }
    sk_kdebug_hex(k, value);
    for (; length < width; length++) {
        sk_kdebug_print(k, " ");
    }
}

void sk_ksyscall_DebugDumpScheduler(struct kernel *k)
{
    static const char *const states[] = {
        "inactive",        "running",          "restart",         "blocked on recv",
        "blocked on send", "blocked on reply", "blocked on ntfn",
    };

    sk_kdebug_print(k, "Dumping all tcbs!\n");
    print_column(k, "Name", 43);
    print_column(k, "State", 19);
    print_column(k, "IP", 21);
    sk_kdebug_print(k, "Prio   InReleaseQueue\n");
    for (const struct tcb *t = k->all_threads; t != 0; t = t->all_next) {
        print_column(k, t->name, 43);
        print_column(k, states[t->state], 19);
        print_hex_column(k, t->context.restart_pc, 21);
        sk_kdebug_print(k, t->priority < 10 ? "   " : t->priority < 100 ? "  " : " ");
        sk_kdebug_decimal(k, t->priority);
        sk_kdebug_print(k, t->is_waiting ? "   yes\n" : "   no\n");
    }
}

void sk_ksyscall_DebugHalt(struct kernel *k)
{
    sk_kdebug_print(k, "Debug halt syscall from user thread ");
    print_thread(k, k->current);
    sk_kdebug_print(k, "\n");
    sk_arch_halt(&k->machine);
}

void sk_ksyscall_DebugCapIdentify(struct kernel *k)
{
    struct sk_arch_context *c = &k->current->context;
    struct lookup_failure why;
    const struct slot *s = sk_kcspace_slot(k->current, sk_arch_syscall_cptr(c), &why);

    sk_arch_set_badge(c, s != 0 ? (uint64_t)cap_type(s->cap) : (uint64_t)CAP_NULL);
}

static struct tcb *named_thread(struct kernel *k)
{
    struct lookup_failure why;
    const struct slot *s =
        sk_kcspace_slot(k->current, sk_arch_syscall_cptr(&k->current->context), &why);

    return s != 0 && cap_type(s->cap) == CAP_TCB ? cap_object(s->cap) : 0;
}

void sk_ksyscall_DebugNameThread(struct kernel *k)
{
    const seL4_IPCBuffer *buffer = sk_kipc_buffer(k, k->current, false);
    const char *name = buffer != 0 ? (const char *)buffer->msg : 0;
    struct tcb *t = named_thread(k);
    unsigned at = 0;

    if (t == 0 || name == 0) {
        sk_kdebug_print(k, "DebugNameThread: not a thread, or no IPC buffer, in thread ");
        print_thread(k, k->current);
        sk_kdebug_print(k, "\n");
        sk_arch_halt(&k->machine);
        return;
    }
    for (; at < TCB_NAME_BYTES - 1 && name[at] != '\0'; at++) {
        t->name[at] = name[at];
    }
    t->name[at] = '\0';
}
