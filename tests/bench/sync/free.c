/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench.h"

#include <selkie/sync/condition.h>
#include <selkie/sync/once.h>
#include <selkie/sync/rwlock.h>
#include <selkie/sync/semaphore.h>

static struct {
    struct sk_mutex mutex;
    struct sk_recursive_mutex recursive;
    struct sk_recursive_mutex held;
    struct sk_semaphore semaphore;
    struct sk_rwlock rwlock;
    struct sk_once once;
    struct sk_condition condition;
} it;

static sk_err nothing(void *arg)
{
    (void)arg;
    return SK_OK;
}

void free_begin(void)
{
    sk_semaphore_init(&it.semaphore, 1, (sk_notification){0});
    sk_recursive_mutex_lock(&it.held);
}

void free_mutex(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_mutex_lock(&it.mutex);
        sk_mutex_unlock(&it.mutex);
    }
}

void free_recursive(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_recursive_mutex_lock(&it.recursive);
        sk_recursive_mutex_unlock(&it.recursive);
    }
}

void free_nested(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_recursive_mutex_lock(&it.held);
        sk_recursive_mutex_unlock(&it.held);
    }
}

void free_semaphore(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_semaphore_take(&it.semaphore);
        sk_semaphore_give(&it.semaphore);
    }
}

void free_read(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_rwlock_read_lock(&it.rwlock);
        sk_rwlock_read_unlock(&it.rwlock);
    }
}

void free_write(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_rwlock_write_lock(&it.rwlock);
        sk_rwlock_write_unlock(&it.rwlock);
    }
}

void free_once(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        (void)sk_once_do(&it.once, nothing, NULL);
    }
}

void free_condition(unsigned count)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&it.mutex);

    for (unsigned i = 0; i < count; i++) {
        sk_condition_wake(&it.condition, &guard);
        __asm__ volatile("" : : : "memory"); /* somebody might have come */
    }
}
