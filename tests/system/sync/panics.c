/*
 * Panics where something is locked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/rt/catch.h>
#include <selkie/rt/panic.h>
#include <selkie/sync/condition.h>
#include <selkie/sync/once.h>
#include <selkie/sync/rwlock.h>
#include <selkie/sync/semaphore.h>

#include "parts.h"

/* Nobody waits, so nothing here is a capability. */
static struct locks {
    struct sk_mutex mutex;
    struct sk_recursive_mutex recursive;
    struct sk_semaphore semaphore;
    struct sk_rwlock read;
    struct sk_rwlock written;
    struct sk_once once;
} locks;

static void lock_all_and_panic(void *arg)
{
    SK_AUTO(sk_mutex_guard) mutex = sk_mutex_guard_take(&locks.mutex);
    SK_AUTO(sk_recursive_mutex_guard) outer = sk_recursive_mutex_guard_take(&locks.recursive);
    SK_AUTO(sk_recursive_mutex_guard) inner = sk_recursive_mutex_guard_take(&locks.recursive);
    SK_AUTO(sk_semaphore_permit) permit = sk_semaphore_permit_take(&locks.semaphore);
    SK_AUTO(sk_rwlock_reader) reader = sk_rwlock_reader_take(&locks.read);
    SK_AUTO(sk_rwlock_writer) writer = sk_rwlock_writer_take(&locks.written);

    (void)arg;
    sk_panic("in the midst of six locks");
}

const char *a_panic_unlocks(void)
{
    locks = (struct locks){.semaphore = {.state = {.count = 1}}};
    if (sk_catch(lock_all_and_panic, NULL).how != SK_PANICKED) {
        return "it did not panic";
    }
    if (!sk_mutex_try(&locks.mutex) || !sk_semaphore_try(&locks.semaphore) ||
        !sk_rwlock_write_try(&locks.read) || !sk_rwlock_write_try(&locks.written)) {
        return "something is locked still";
    }
    return sk_recursive_mutex_is_mine(&locks.recursive) ? "the recursive one is ours" : NULL;
}

static unsigned tries;

static sk_err panic_first(void *arg)
{
    (void)arg;
    if (tries++ == 0) {
        sk_panic("the first try");
    }
    return SK_OK;
}

static void try(void *arg)
{
    (void)arg;
    (void)sk_once_do(&locks.once, panic_first, NULL);
}

const char *a_panic_in_what_is_done_once_lets_another_do_it(void)
{
    locks = (struct locks){0};
    tries = 0;
    if (sk_catch(try, NULL).how != SK_PANICKED) {
        return "it did not panic";
    }
    for (int n = 0; n < 3; n++) {
        if (sk_once_do(&locks.once, panic_first, NULL) != SK_OK) {
            return "it was not done";
        }
    }
    return tries == 2 ? NULL : "it was not done once";
}
