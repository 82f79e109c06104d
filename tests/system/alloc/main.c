/*
 * The allocators on a kernel: address spaces, scopes, and threads that take and give at the
 * same time. In the end all of it is there again, and the kernel agrees.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/boot_source.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "../leaks/untypeds.h"
#include "parts.h"

#define THREADS 4
#define ROUNDS  150

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_manager_stats before;

void check_same(const char *when)
{
    struct sk_manager_stats after;

    sk_manager_stats(&manager, &after);
    sk_assert(sk_manager_check(&manager));
    if (after.free_bytes != before.free_bytes || after.free_slots != before.free_slots) {
        sk_panic("%s: %ld bytes and %ld slots are missing", when,
                 (long)(before.free_bytes - after.free_bytes),
                 (long)(before.free_slots - after.free_slots));
    }
}

struct job {
    unsigned seed;
    unsigned done;
    unsigned refused;
};

/* The boot source has nothing to hand out any more. */
static void ask_boot_source(void)
{
    struct sk_source *old = sk_boot_source();
    struct sk_source *source = &manager.source;
    sk_slots slot;
    sk_slots none;

    sk_assert(old->take_slots(old, 1, &none) == SK_ERR_NO_SLOT);
    sk_assert(source->take_slots(source, 1, &slot) == SK_OK);
    sk_assert(old->make_object(old, SK_BLUEPRINT(Endpoint), slot.first) == SK_ERR_NO_MEMORY);
    source->give_slots(source, slot);
}

/* Something of a random kind and size; given back at once. */
static sk_err take_one(struct sk_source *source, unsigned r)
{
    seL4_Word count = 1 + (r >> 4) % 20;
    sk_slots slots;
    uintptr_t pages;

    if (r % 3 == 0) {
        SK_TRY(source->take_pages(source, count, &pages));
        *(volatile unsigned *)pages = r;
        seL4_Yield();
        sk_assert(*(volatile unsigned *)pages == r);
        source->give_pages(source, pages, count);
        return SK_OK;
    }
    SK_TRY(source->take_slots(source, count, &slots));
    sk_blueprint what =
        r % 3 == 1 ? SK_BLUEPRINT(TCB) : sk_blueprint_untyped(4 + (r >> 9) % 16);
    sk_err err = source->make_objects(source, what, slots);
    if (err == SK_OK) {
        source->free_objects(source, what, slots);
    }
    source->give_slots(source, slots);
    return err;
}

static void work(void *arg)
{
    struct job *job = arg;
    unsigned r = job->seed;

    for (unsigned n = 0; n < ROUNDS; n++) {
        /* A linear congruence, whose upper bits are good enough. */
        r = r * 1103515245u + 12345u;
        if (take_one(&manager.source, r >> 8) == SK_OK) {
            job->done++;
        } else {
            job->refused++;
        }
    }
}

static void run_threads(void)
{
    struct sk_thread *thread[THREADS];
    struct job job[THREADS];
    unsigned done = 0;
    unsigned refused = 0;

    for (unsigned n = 0; n < THREADS; n++) {
        job[n] = (struct job){.seed = n + 1};
        sk_assert(sk_thread_start(work, &job[n],
                                  &(struct sk_thread_options){
                                      .name = "worker",
                                      .priority = 100,
                                      .budget_us = 1000,
                                  },
                                  &thread[n]) == SK_OK);
    }
    for (unsigned n = 0; n < THREADS; n++) {
        sk_thread_join(thread[n], NULL);
        done += job[n].done;
        refused += job[n].refused;
    }
    sk_assert(done > THREADS * ROUNDS / 2);
    check_same("after the threads");
    sk_printf("%u threads took %u times, and %u were refused\n", THREADS, done, refused);
}

SK_ROOT_TASK(bi)
{
    static struct untypeds untypeds;
    struct untypeds_found found;

    /* In the middle: the manager keeps what rt left of an untyped at the ends. */
    untypeds_look(&untypeds, bi, (bi->empty.start + bi->empty.end) / 2);
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_manager_stats(&manager, &before);

    ask_boot_source();
    map_for_a_child(&manager);
    run_written_code(&manager);
    end_scopes(&manager.source);
    run_threads();
    sk_printf("%lu bytes and %lu slots are free, as before\n", before.free_bytes,
              before.free_slots);

    sk_manager_fini(&manager);
    found = untypeds_retype(&untypeds);
    sk_printf("untypeds: %lu became %lu frames, %lu could not\n", found.whole, found.frames,
              found.broken);
    return found.broken == 0 ? 0 : 1;
}
