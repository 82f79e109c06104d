/*
 * A process is kept in its place: whatever it does outside of it is a fault, of the kind and at
 * the address that it is, and its parent is told so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/arch/task/elf.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/format.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/process.h>

#include "../process/child/grants.h"
#include "../process/images.h"

static struct sk_parent parent;
static struct sk_grant grants[child_grant_count];

/* Start a child that does what to which, and wait for its end. */
static void run(struct sk_process *p, const char *what, uintptr_t which)
{
    char number[20];
    const char *const argv[] = {"child", what, number, NULL};

    sk_format(number, sizeof(number), "%lx", which);
    sk_assert(sk_process_spawn(
                  &parent, p, child_image, CHILD_SIZE,
                  &(struct sk_process_options){.argv = argv,
                                               .priority = 100,
                                               .grants = grants,
                                               .grant_count = child_grant_count}) == SK_OK);
    sk_process_wait(p);
    sk_assert(p->end.how == SK_PROCESS_FAULTED);
    sk_process_reap(p);
}

/* An access that is a VM fault at its own address. */
static void access(const char *what, const char *to, uintptr_t vaddr)
{
    struct sk_process p;

    run(&p, what, vaddr);
    const struct sk_fault *f = &p.end.fault;
    sk_assert(f->kind == SK_FAULT_VM);
    sk_assert(f->vm.address == vaddr);
    sk_assert(f->vm.is_fetch == (what[1] == 'u'));
    sk_assert(f->vm.is_write == (what[0] == 'w'));
    sk_assert(!f->vm.is_fetch || f->vm.pc == vaddr);
    sk_printf("%s %s\n", what, to);
}

/* The first address of the segment with just these rights. */
static uintptr_t segment(unsigned rights)
{
    struct sk_elf_program program;

    sk_assert(sk_elf_check(child_image, CHILD_SIZE, &sk_arch_elf_machine, &program) ==
              SK_ELF_GOOD);
    for (unsigned i = 0; i < program.segment_count; i++) {
        if (program.segment[i].rights == rights) {
            return program.segment[i].vaddr;
        }
    }
    return 0;
}

static void overflow(void)
{
    struct sk_process p;

    run(&p, "overflow", 0);
    sk_assert(p.end.fault.kind == SK_FAULT_VM && p.end.fault.vm.is_write);
    sk_assert(p.place.stack - p.end.fault.vm.address - 1 < 4096);
    sk_puts("overflow of the stack");
}

static void call(void)
{
    struct sk_process p;

    run(&p, "call", 0x1009); /* the CSpace has 16 slots */
    sk_assert(p.end.fault.kind == SK_FAULT_CAP && p.end.fault.cap.address == 0x1009);
    sk_puts("call beyond the CSpace");
}

SK_ROOT_TASK(bi)
{
    struct sk_source *source = sk_boot_source();
    struct sk_process p;
    sk_slots slots;

    sk_assert(sk_parent_init(&parent, source) == SK_OK);
    sk_assert(source->take_slots(source, 2, &slots) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Endpoint), slots.first) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Notification), sk_slots_get(slots, 1)) ==
              SK_OK);
    child_grants_list(&(struct child_grants){.questions = {sk_slot_cptr(slots.first)},
                                             .ready = {sk_slot_cptr(sk_slots_get(slots, 1))}},
                      grants);

    run(&p, "read", 0); /* for its addresses, which are the same each time */
    access("write", "to constants and code", segment(SK_ELF_READ | SK_ELF_EXECUTE) + 64);
    access("read", "of address 8", 8);
    access("read", "of what nothing is at", 0x12345678);
    access("read", "of the parent's memory", SK_BOOT_SOURCE_PAGES);
    access("write", "to the kernel", 0xffffff8040000000);
    access("read", "below the stack", p.place.stack - 8);
    access("write", "behind the stack", p.place.stack_end);
    access("write", "behind the IPC buffer", p.place.ipc_buffer + 4096);
    access("run", "data", (segment(SK_ELF_READ | SK_ELF_WRITE) + 15) & -16ul);
    access("run", "the stack", p.place.stack);
    access("run", "the IPC buffer", p.place.ipc_buffer);
    access("run", "nothing", 0x10000000);
    overflow();
    call();
    sk_parent_fini(&parent);
    return 0;
}
