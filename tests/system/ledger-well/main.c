/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/env.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#define THREADS 4
#define ROUNDS  200 /* more than slots rest */

/* Objects, and a heap whose lock is waited for. */
static void work(void *arg)
{
    struct sk_env env;

    (void)arg;
    sk_env_get(&env);
    for (int i = 0; i < ROUNDS; i++) {
        SK_AUTO(sk_owned_object) object = {0};
        sk_err err = sk_owned_object_make(env.source, SK_BLUEPRINT(Notification), &object);

        sk_assert(err == SK_OK);
        sk_notification_signal((sk_notification){sk_owned_object_cptr(&object)});
        void *block = malloc(100);
        seL4_Yield();
        free(block);
    }
}

SK_ROOT_TASK(bi)
{
    const struct sk_thread_options options = {.priority = seL4_MaxPrio};
    struct sk_thread *threads[THREADS];

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < THREADS; i++) {
            sk_err err = sk_thread_start(work, NULL, &options, &threads[i]);
            sk_assert(err == SK_OK);
        }
        for (int i = 0; i < THREADS; i++) {
            sk_thread_join(threads[i], NULL);
        }
    }
    sk_puts("the end");
    return 0;
}
