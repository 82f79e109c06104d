/*
 * The supervisor of threads that attack the kernel with random system calls. Started with the
 * numbers CALLS SEED, it ends after so many calls.
 *
 * It is above the attackers in priority, and owns a scheduling context (the clock's) that they
 * cannot name: whatever they do, it is woken at each tick. An attacker that faults starts
 * again at once; one that has done nothing from tick to tick gets back all it needs; and
 * every few ticks everything is revoked and made anew.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../differential/arguments.h"
#include "prison.h"

#define TICK_US     500
#define ROUND_TICKS 60
#define REPORTS     10

static uint64_t total(void)
{
    uint64_t calls = 0;

    for (unsigned i = 0; i < ATTACKERS; i++) {
        calls += rooms[i]->calls;
    }
    return calls;
}

/* Who has done nothing since the last tick is helped. */
static void help(uint64_t *last_calls, struct random *random)
{
    for (unsigned i = 0; i < ATTACKERS; i++) {
        if (rooms[i]->calls == last_calls[i]) {
            prison_revive(i, random);
        }
        last_calls[i] = rooms[i]->calls;
    }
}

struct tally {
    uint64_t faults, ticks, rounds;
};

/* A round: until its last tick, or until nobody can do anything any more. */
static void run_round(struct random *random, struct tally *tally)
{
    uint64_t last_calls[ATTACKERS] = {0};
    uint64_t faults = 0;

    prison_open(random);
    for (unsigned ticks = 0; ticks < ROUND_TICKS && faults < 100000;) {
        seL4_Word badge = 0;

        seL4_Wait(prison_endpoint(), &badge);
        if (badge == BADGE_TICK) {
            ticks++;
            tally->ticks++;
            help(last_calls, random);
        } else if (badge >= BADGE_OF(0) && badge < BADGE_OF(ATTACKERS)) {
            faults++;
            prison_restart((unsigned)(badge - BADGE_OF(0)));
        }
    }
    tally->faults += faults;
    tally->rounds++;
    prison_close();
}

SK_ROOT_TASK(bi)
{
    uint64_t numbers[2] = {100000, 1};
    struct tally tally = {0};
    uint64_t reported = 0;

    arguments_read(numbers, 2);
    struct random random = {numbers[1]};
    prison_init(bi);
    prison_start_clock(TICK_US);
    sk_printf("hostile: %lu calls, seed %lu\n", numbers[0], numbers[1]);
    while (total() < numbers[0]) {
        run_round(&random, &tally);
        if (total() - reported >= numbers[0] / REPORTS) {
            reported = total();
            sk_printf("alive: %lu calls, %lu faults, %lu rounds, %lu ticks\n", reported,
                      tally.faults, tally.rounds, tally.ticks);
        }
    }
    sk_printf("hostile: the supervisor ends the run after %lu calls\n", total());
    return 0;
}
