/*
 * Processes and threads come and go, and anything may fail meanwhile: afterwards all memory and
 * all slots are there again, to the byte, and the kernel agrees.
 *
 *     selkie run --args "PROCESSES THREADS"
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/task/process.h>

#include "../../differential/arguments.h"
#include "../../unit/task/process/failing.h"
#include "../process/child/grants.h"
#include "../process/images.h"
#include "untypeds.h"

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_manager_stats before;
static struct failing failing;
static struct sk_parent parent;
static struct sk_grant grants[child_grant_count];

static void check_same(const char *what)
{
    struct sk_manager_stats after;

    sk_manager_stats(&manager, &after);
    if (after.free_bytes != before.free_bytes || after.free_slots != before.free_slots) {
        sk_panic("%s: %ld bytes and %ld slots are missing", what,
                 (long)(before.free_bytes - after.free_bytes),
                 (long)(before.free_slots - after.free_slots));
    }
}

static sk_err spawn(struct sk_process *p, const char *what, unsigned untyped_bits)
{
    const char *const argv[] = {"child", what, "8", NULL};

    return sk_process_spawn(&parent, p, child_image, CHILD_SIZE,
                            &(struct sk_process_options){.argv = argv,
                                                         .priority = 100,
                                                         .grants = grants,
                                                         .grant_count = child_grant_count,
                                                         .gives = SK_GIVE_PARENTHOOD,
                                                         .untyped_bits = untyped_bits});
}

/* Processes that exit, fault and are killed. */
static void run_processes(uint64_t count)
{
    for (uint64_t n = 0; n < count; n++) {
        struct sk_process p;

        sk_assert(spawn(&p, n % 4 == 1 ? "read" : "exit", n % 5 == 2 ? 13 : 0) == SK_OK);
        if (n % 4 != 3) {
            sk_process_wait(&p);
            sk_assert(p.end.how == (n % 4 == 1 ? SK_PROCESS_FAULTED : SK_PROCESS_EXITED));
        }
        sk_process_reap(&p);
    }
}

/* Start a parent and a process, with one request failing; false if there was no such. */
static bool fail_at(unsigned request)
{
    struct sk_process p;

    failing.requests = 0;
    failing.fail_at = request;
    if (sk_parent_init(&parent, &failing.source) != SK_OK) {
        return true;
    }
    bool is_failed = spawn(&p, "exit", 12) != SK_OK;
    if (is_failed) {
        /* The parent goes on. */
        failing.fail_at = 0;
        run_processes(1);
    }
    sk_parent_fini(&parent);
    return is_failed;
}

/* Fail the first request to the source, then the second, and so on. */
static unsigned fail_everywhere(void)
{
    unsigned failures = 0;

    failing_init(&failing, &manager.source);
    while (fail_at(failures + 1)) {
        sk_assert(failing.slots_out + failing.objects_out + failing.pages_out == 0);
        check_same("after a failure");
        failures++;
    }
    check_same("after the failures");
    return failures;
}

static void work(void *arg)
{
    ++*(uint64_t *)arg;
}

static void run_threads(uint64_t count)
{
    uint64_t done = 0;

    for (uint64_t n = 0; n < count; n++) {
        struct sk_thread *t;

        sk_assert(sk_thread_start(work, &done, &(struct sk_thread_options){.priority = 100},
                                  &t) == SK_OK);
        sk_thread_join(t, NULL);
    }
    sk_assert(done == count);
}

/* Two capabilities to hand over. */
static void make_grants(sk_slots slots)
{
    struct sk_source *source = &manager.source;

    sk_assert(source->make_object(source, SK_BLUEPRINT(Endpoint), slots.first) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Notification), sk_slots_get(slots, 1)) ==
              SK_OK);
    child_grants_list(&(struct child_grants){.questions = {sk_slot_cptr(slots.first)},
                                             .ready = {sk_slot_cptr(sk_slots_get(slots, 1))}},
                      grants);
}

static void give_grants(sk_slots slots)
{
    struct sk_source *source = &manager.source;

    source->free_object(source, SK_BLUEPRINT(Endpoint), slots.first);
    source->free_object(source, SK_BLUEPRINT(Notification), sk_slots_get(slots, 1));
    source->give_slots(source, slots);
}

SK_ROOT_TASK(bi)
{
    static struct untypeds untypeds;
    uint64_t counts[] = {100, 1000};
    sk_slots slots;

    arguments_read(counts, 2);
    /* In the middle: the manager keeps what rt left of an untyped at the ends. */
    untypeds_look(&untypeds, bi, (bi->empty.start + bi->empty.end) / 2);
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(manager.source.take_slots(&manager.source, 2, &slots) == SK_OK);
    make_grants(slots);
    sk_manager_stats(&manager, &before);

    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    run_processes(counts[0]);
    sk_parent_fini(&parent);
    check_same("after the processes");
    sk_printf("%lu processes\n", (unsigned long)counts[0]);
    run_threads(counts[1]);
    check_same("after the threads");
    sk_printf("%lu threads\n", (unsigned long)counts[1]);
    sk_printf("%u failures, each at another request\n", fail_everywhere());
    sk_printf("%lu bytes and %lu slots are free, as before\n", before.free_bytes,
              before.free_slots);

    give_grants(slots);
    sk_manager_fini(&manager);
    struct untypeds_found found = untypeds_retype(&untypeds);
    sk_printf("untypeds: %lu became %lu frames, %lu could not; %lu were in use before\n",
              found.whole, found.frames, found.broken, untypeds.used_count);
    return found.broken == 0 ? 0 : 1;
}
