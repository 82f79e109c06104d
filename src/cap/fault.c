/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/fault.h>

#include <selkie/config.h>

/*
 * Labels count the faults that the configuration has, in this order; and as the message words
 * of a fault have no names where there is no such fault, they are named here.
 */
static enum sk_fault_kind kind_of(seL4_Word label)
{
    static const struct {
        enum sk_fault_kind kind;
        bool is_there;
        bool is_counted; /* its number stays empty where it is not there */
    } kinds[] = {
        {SK_FAULT_NONE, false, true},
        {SK_FAULT_CAP, true, true},
        {SK_FAULT_SYSCALL, true, true},
        {SK_FAULT_EXCEPTION, true, true},
        {SK_FAULT_DEBUG, SK_CFG_HARDWARE_DEBUG_API, true},
        {SK_FAULT_TIMEOUT, SK_CFG_KERNEL_MCS, SK_CFG_KERNEL_MCS},
        {SK_FAULT_VM, true, true},
        {SK_FAULT_VGIC, SK_CFG_ARM_HYPERVISOR_SUPPORT, true},
        {SK_FAULT_VCPU, SK_CFG_ARM_HYPERVISOR_SUPPORT, true},
        {SK_FAULT_VPPI, SK_CFG_ARM_HYPERVISOR_SUPPORT, true},
    };

    for (unsigned n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
        if (kinds[n].is_counted && label-- == 0) {
            return kinds[n].is_there ? kinds[n].kind : SK_FAULT_NONE;
        }
    }
    return SK_FAULT_NONE;
}

/* The words of kind's message, at least; of a capability fault it depends on the lookup. */
static seL4_Word words_of(enum sk_fault_kind kind, const seL4_Word words[], seL4_Word length)
{
    switch (kind) {
    case SK_FAULT_CAP:
        return length < 4 || words[3] < seL4_MissingCapability || words[3] > seL4_GuardMismatch
                   ? 4
                   : 3 + words[3];
    case SK_FAULT_SYSCALL:
        return SK_ARCH_SYSCALL_WORDS;
    case SK_FAULT_EXCEPTION:
        return 5;
    case SK_FAULT_DEBUG:
    case SK_FAULT_VM:
        return 4;
    case SK_FAULT_TIMEOUT:
        return 2;
    default:
        return 1;
    }
}

static void decode_cap(const seL4_Word words[], seL4_Word length, struct sk_fault *f)
{
    f->cap.pc = words[0];
    f->cap.address = words[1];
    f->cap.is_receive = words[2] != 0;
    f->cap.lookup =
        sk_lookup_failure_decode(words[3], length > 4 ? words[4] : 0, length > 5 ? words[5] : 0,
                                 length > 6 ? words[6] : 0);
}

static void decode_syscall(const seL4_Word words[], struct sk_fault *f)
{
    union {
        struct sk_arch_syscall_registers registers;
        seL4_Word words[SK_ARCH_SYSCALL_WORDS];
    } message;

    for (unsigned n = 0; n < SK_ARCH_SYSCALL_WORDS; n++) {
        message.words[n] = words[n];
    }
    f->syscall = message.registers;
}

static void decode_vm(const seL4_Word words[], struct sk_fault *f)
{
    f->vm.pc = words[0];
    f->vm.address = words[1];
    f->vm.is_fetch = words[2] != 0;
    f->vm.is_write = words[2] == 0 && sk_arch_access_is_write(words[3]);
    f->vm.status = words[3];
}

sk_err sk_fault_decode(seL4_MessageInfo_t info, const seL4_Word words[],
                       struct sk_fault *ret_fault)
{
    seL4_Word length = seL4_MessageInfo_get_length(info);
    struct sk_fault f = {.kind = kind_of(seL4_MessageInfo_get_label(info))};

    if (f.kind == SK_FAULT_NONE) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    if (length < words_of(f.kind, words, length)) {
        return SK_ERR_TRUNCATED_MESSAGE;
    }
    if (f.kind == SK_FAULT_CAP && words[3] > seL4_GuardMismatch) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    switch (f.kind) {
    case SK_FAULT_CAP:
        decode_cap(words, length, &f);
        break;
    case SK_FAULT_SYSCALL:
        decode_syscall(words, &f);
        break;
    case SK_FAULT_EXCEPTION:
        f.exception.pc = words[0];
        f.exception.sp = words[1];
        f.exception.flags = words[2];
        f.exception.number = words[3];
        f.exception.code = words[4];
        break;
    case SK_FAULT_DEBUG:
        f.debug.pc = words[0];
        f.debug.reason = words[1];
        f.debug.address = words[2];
        f.debug.breakpoint = words[3];
        break;
    case SK_FAULT_TIMEOUT:
        f.timeout.data = words[0];
        f.timeout.consumed = words[1];
        break;
    case SK_FAULT_VM:
        decode_vm(words, &f);
        break;
    case SK_FAULT_VGIC:
        f.vgic.index = words[0];
        break;
    case SK_FAULT_VCPU:
        f.vcpu.hsr = words[0];
        break;
    default:
        f.vppi.irq = words[0];
        break;
    }
    *ret_fault = f;
    return SK_OK;
}

sk_err sk_fault_read(sk_reader *r, struct sk_fault *ret_fault)
{
    seL4_Word words[SK_FAULT_WORDS] = {0};
    seL4_Word length = sk_reader_left(r);

    sk_require(r->next == 0);
    if (length > SK_FAULT_WORDS) {
        length = SK_FAULT_WORDS;
    }
    SK_TRY(sk_reader_words(r, words, length));
    return sk_fault_decode(r->info, words, ret_fault);
}
