/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

#include <sel4runtime/auxv.h>

#define DEFAULT_NAME "process"

/* Read the options, without taking anything. */
static sk_err plan(struct spawn *s)
{
    const struct sk_process_options *o = s->options;
    size_t stack_size = o->stack_size != 0 ? o->stack_size : SK_PROCESS_STACK_SIZE;
    seL4_Word budget = o->budget_us != 0 ? o->budget_us : SK_PROCESS_BUDGET_US;

    if (stack_size > SIZE_MAX - PAGE_SIZE ||
        (o->untyped_bits != 0 &&
         (o->untyped_bits < seL4_MinUntypedBits || o->untyped_bits > seL4_MaxUntypedBits))) {
        return SK_ERR_RANGE;
    }
    if (SK_CFG_KERNEL_MCS && o->core >= SK_CFG_MAX_NUM_NODES) {
        return SK_ERR_RANGE;
    }
    if (SK_CFG_KERNEL_MCS && o->period_us != 0 && o->period_us < budget) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    s->plan.stack_size = (stack_size + PAGE_SIZE - 1) & -PAGE_SIZE;
    s->plan.untyped_bits = o->untyped_bits;
    s->plan.has_sched_context = SK_CFG_KERNEL_MCS;
    s->top.name = s->p->name;
    s->top.argv = o->argv;
    s->top.envp = o->envp;
    s->top.random[0] = o->random[0];
    s->top.random[1] = o->random[1];
    return sk_process_plan_space(s);
}

/* How many bytes of the stack arguments and environment may take: some is left to run on. */
static size_t arguments_limit(const struct spawn *s)
{
    size_t half = s->plan.stack_size / 2;
    size_t beside = half + half / 2 - s->program.tls_size; /* which is half of it at most */

    return beside < half ? beside : half;
}

/* Look at the file, and place what it does not say. */
static sk_err check(struct spawn *s, size_t size)
{
    struct sk_process *p = s->p;

    p->problem = sk_elf_check(s->file, size, &sk_arch_elf_machine, &s->program);
    if (p->problem == SK_ELF_GOOD) {
        p->problem = sk_elf_place(&s->program, &sk_arch_elf_machine, &s->plan, &p->place);
    }
    if (p->problem != SK_ELF_GOOD) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    sk_elf_needs(&s->program, &sk_arch_elf_machine, &s->plan, &p->place, &p->needs);
    sk_stack_top_tell(&s->top, AT_SEL4_IPC_BUFFER_PTR, p->place.ipc_buffer);
    sk_stack_top_tell(&s->top, SK_AT_STACK, p->place.stack);
    sk_stack_top_tell(&s->top, SK_AT_STACK_SIZE, s->plan.stack_size);
    return sk_stack_top_place(&s->top, p->place.stack_end, arguments_limit(s));
}

/* Tell the kernel all about the first thread. */
static sk_err configure(const struct spawn *s, sk_frame ipc_buffer)
{
    const struct sk_process_options *o = s->options;
    const struct sk_process *p = s->p;
    seL4_CPtr faults = sk_slot_cptr(sk_slots_get(p->slots, SLOT_FAULTS));
    seL4_Word highest = o->max_priority > o->priority ? o->max_priority : o->priority;

    SK_TRY(sk_tcb_set_space(
        p->tcb, (struct sk_tcb_set_space_args){
                    .fault_address = SK_CFG_KERNEL_MCS ? 0 : CHILD_PARENT,
                    .fault_ep = {SK_CFG_KERNEL_MCS ? faults : seL4_CapNull},
                    .cspace_root = p->cnode,
                    .cspace_root_data =
                        seL4_CNode_CapData_new(0, seL4_WordBits - p->cnode_bits).words[0],
                    .vspace_root = p->vspace,
                }));
    SK_TRY(sk_tcb_set_ipc_buffer(p->tcb, p->place.ipc_buffer, ipc_buffer));
    SK_TRY(sk_tcb_set_mc_priority(p->tcb, s->parent->env.tcb, highest));
    SK_TRY(sk_tcb_set_priority(p->tcb, s->parent->env.tcb, o->priority));
    sk_process_name(p);
    return sk_process_give_time(s);
}

/* Take what the process needs, and start it. */
static sk_err start(struct spawn *s)
{
    struct sk_process *p = s->p;
    sk_frame ipc_buffer;

    SK_TRY(sk_process_take(p));
    SK_TRY(sk_arch_process_assign(s->parent->env.asid_pool, p->vspace));
    SK_TRY(sk_process_load(s, &ipc_buffer));
    SK_TRY(sk_process_fill_space(s));
    SK_TRY(configure(s, ipc_buffer));
    return sk_arch_process_start(p->tcb, s->program.entry, s->top.sp);
}

/* What points to a process of parent; to NULL if it is none. */
static struct sk_process **link_of(struct sk_parent *parent, const struct sk_process *p)
{
    struct sk_process **link = &parent->first;

    while (*link != NULL && *link != p) {
        link = &(*link)->next;
    }
    return link;
}

sk_err sk_process_spawn(struct sk_parent *parent, struct sk_process *p, const void *elf,
                        size_t elf_size, const struct sk_process_options *options)
{
    struct spawn s = {.p = p, .parent = parent, .options = options, .file = elf};

    if (*link_of(parent, p) != NULL) {
        return SK_ERR_REVOKE_FIRST;
    }
    *p = (struct sk_process){
        .name = options->name != NULL ? options->name : DEFAULT_NAME,
        .parent = parent,
        .gives = options->gives,
        .untyped_bits = options->untyped_bits,
    };
    SK_TRY(plan(&s));
    SK_TRY(check(&s, elf_size));
    p->id = ++parent->last_id;

    sk_err e = start(&s);
    if (e != SK_OK) {
        sk_process_release(p);
        return e;
    }
    p->end.how = SK_PROCESS_RUNS;
    p->next = parent->first;
    parent->first = p;
    return SK_OK;
}

void sk_process_kill(struct sk_process *p)
{
    if (p->end.how == SK_PROCESS_RUNS) {
        sk_process_stop(p);
        p->end.how = SK_PROCESS_KILLED;
        p->is_told = true;
    }
}

void sk_process_reap(struct sk_process *p)
{
    if (p->parent == NULL) {
        return;
    }
    struct sk_process **link = link_of(p->parent, p);

    sk_process_kill(p);
    if (*link == p) {
        *link = p->next;
        sk_process_release(p);
    }
}
