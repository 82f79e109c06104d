/*
 * Reader-writer locks.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/rwlock.h>

#include "cases.h"
#include "crew.h"

#define ROUNDS  80u
#define THREADS 6u

static const sk_notification no_notifications[SK_RWLOCK_NOTIFICATIONS] = {
    {(seL4_CPtr)1 << 40}, {(seL4_CPtr)2 << 40}, {(seL4_CPtr)3 << 40}};

const char *a_reader_writer_lock_without_waiting_needs_no_system_call(struct scene *s)
{
    struct sk_rwlock lock;

    (void)s;
    sk_rwlock_init(&lock, no_notifications);
    {
        SK_AUTO(sk_rwlock_reader) first = sk_rwlock_reader_take(&lock);
        SK_AUTO(sk_rwlock_reader) second = sk_rwlock_reader_try(&lock);
        SK_AUTO(sk_rwlock_writer) writer = sk_rwlock_writer_try(&lock);

        WANT(first.lock == &lock && second.lock == &lock);
        WANT(writer.lock == NULL && lock.count == 2);
    }
    {
        SK_AUTO(sk_rwlock_writer) writer = sk_rwlock_writer_take(&lock);
        SK_AUTO(sk_rwlock_reader) reader = sk_rwlock_reader_try(&lock);

        WANT(writer.lock == &lock && reader.lock == NULL);
        WANT(!sk_rwlock_write_try(&lock) && !sk_rwlock_read_try(&lock));
    }
    WANT(sk_rwlock_write_try(&lock));
    sk_rwlock_write_unlock(&lock);
    WANT(sk_rwlock_read_try(&lock));
    sk_rwlock_read_unlock(&lock);
    WANT(lock.count == 0 && lock.leaving == 0);
    sk_rwlock_fini(&lock);
    WANT(lock.readers.notification.cptr == seL4_CapNull);
    return NULL;
}

static struct table {
    struct sk_rwlock lock;
    unsigned readers; /* atomic: inside now */
    unsigned writers;
    unsigned most_readers;
    unsigned collisions;
    unsigned written;
    unsigned read;
} table;

static void note(unsigned *counter)
{
    __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

static void read_once(void)
{
    unsigned readers = __atomic_add_fetch(&table.readers, 1, __ATOMIC_RELAXED);

    if (__atomic_load_n(&table.writers, __ATOMIC_RELAXED) != 0) {
        note(&table.collisions);
    }
    if (readers > table.most_readers) {
        table.most_readers = readers;
    }
    note(&table.read);
    seL4_Yield();
    __atomic_fetch_sub(&table.readers, 1, __ATOMIC_RELAXED);
}

static void write_once(void)
{
    unsigned written = table.written;

    if (__atomic_add_fetch(&table.writers, 1, __ATOMIC_RELAXED) != 1 ||
        __atomic_load_n(&table.readers, __ATOMIC_RELAXED) != 0) {
        note(&table.collisions);
    }
    seL4_Yield();
    table.written = written + 1;
    __atomic_fetch_sub(&table.writers, 1, __ATOMIC_RELAXED);
}

static void read_and_write(struct member *me)
{
    for (unsigned n = 0; n < ROUNDS; n++) {
        unsigned what = (n + me->index) % 8;

        if (what == 0 && sk_rwlock_write_try(&table.lock)) {
            write_once();
            sk_rwlock_write_unlock(&table.lock);
        } else if (what < 2) {
            SK_AUTO(sk_rwlock_writer) writer = sk_rwlock_writer_take(&table.lock);

            write_once();
        } else if (what == 2 && sk_rwlock_read_try(&table.lock)) {
            read_once();
            sk_rwlock_read_unlock(&table.lock);
        } else {
            SK_AUTO(sk_rwlock_reader) reader = sk_rwlock_reader_take(&table.lock);

            read_once();
        }
    }
}

static void begin_table(struct scene *s)
{
    sk_notification notifications[SK_RWLOCK_NOTIFICATIONS];

    crew_begin(s);
    table = (struct table){0};
    for (unsigned n = 0; n < SK_RWLOCK_NOTIFICATIONS; n++) {
        notifications[n] = crew_notification();
    }
    sk_rwlock_init(&table.lock, notifications);
}

const char *readers_read_together_and_writers_write_alone(struct scene *s)
{
    begin_table(s);
    for (unsigned n = 0; n < THREADS; n++) {
        WANT(crew_add(read_and_write, 100 + n / 3));
    }
    crew_join();
    WANT(table.collisions == 0);
    WANT(table.most_readers > 1);
    WANT(table.written + table.read == THREADS * ROUNDS);
    WANT(table.lock.count == 0 && table.lock.leaving == 0);
    sk_rwlock_fini(&table.lock);
    return NULL;
}

static void write_slowly(struct member *me)
{
    (void)me;
    sk_rwlock_write_lock(&table.lock);
    table.written++;
    sk_rwlock_write_unlock(&table.lock);
}

static void read_slowly(struct member *me)
{
    (void)me;
    sk_rwlock_read_lock(&table.lock);
    table.read++;
    sk_rwlock_read_unlock(&table.lock);
}

const char *neither_readers_nor_writers_starve(struct scene *s)
{
    begin_table(s);
    sk_rwlock_read_lock(&table.lock);
    WANT(crew_add(write_slowly, 100));
    crew_settle();
    WANT(crew_add(read_slowly, 120));
    WANT(crew_add(write_slowly, 130));
    crew_settle();
    /* The reader waits behind the first writer, since that waits. */
    WANT(table.written == 0 && table.read == 0);
    WANT(!sk_rwlock_read_try(&table.lock));
    sk_rwlock_read_unlock(&table.lock);
    crew_join();
    WANT(table.written == 2 && table.read == 1);

    /* Readers that came while one wrote read before the next writer. */
    sk_rwlock_write_lock(&table.lock);
    WANT(crew_add(write_slowly, 110));
    crew_settle();
    WANT(crew_add(read_slowly, 110));
    crew_settle();
    sk_rwlock_write_unlock(&table.lock);
    WANT(!sk_rwlock_write_try(&table.lock));
    crew_join();
    WANT(table.written == 3 && table.read == 2);
    return NULL;
}

static void end_reading(void *lock)
{
    sk_rwlock_read_unlock(lock);
}

static void end_writing(void *lock)
{
    sk_rwlock_write_unlock(lock);
}

static void end(void *lock)
{
    sk_rwlock_fini(lock);
}

const char *misuse_of_a_reader_writer_lock_traps(struct scene *s)
{
    static struct sk_rwlock lock;

    /* Where the body traps in this process, it leaves its mark: hence the lock is made anew. */
    sk_rwlock_init(&lock, no_notifications);
    WANT(scene_traps(s, end_reading, &lock));
    sk_rwlock_init(&lock, no_notifications);
    WANT(scene_traps(s, end_writing, &lock));
    sk_rwlock_init(&lock, no_notifications);
    sk_rwlock_write_lock(&lock);
    WANT(scene_traps(s, end_reading, &lock));
    sk_rwlock_init(&lock, no_notifications);
    sk_rwlock_read_lock(&lock);
    WANT(scene_traps(s, end_writing, &lock));
    sk_rwlock_init(&lock, no_notifications);
    sk_rwlock_read_lock(&lock);
    WANT(scene_traps(s, end, &lock));
    sk_rwlock_init(&lock, no_notifications);
    sk_rwlock_write_lock(&lock);
    WANT(scene_traps(s, end, &lock));
    return NULL;
}
