/*
 * A crew: the threads of a case about synchronisation.
 *
 *     crew_begin(s);
 *     for (unsigned n = 0; n < 4; n++) {
 *         crew_add(work, 100 + n);         // starts when the case waits
 *     }
 *     crew_join();
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../cap/scene.h"

/* Any use of it is a fault. */
#define NO_NOTIFICATION ((sk_notification){(seL4_CPtr)1 << 40})

struct member {
    unsigned index; /* 0 for the first that was added */
    sk_notification notification;
    void (*body)(struct member *me);
    sk_tcb tcb;
    bool is_finished;
};

/* Nobody is in the crew. A case's own thread is above all that will be. */
void crew_begin(struct scene *s);

/* A notification; null if there is no memory, which the case notices soon. */
sk_notification crew_notification(void);

/* A thread that calls body. False: it could not be started. */
bool crew_add(void (*body)(struct member *me), seL4_Word priority);

/* The TCB of the one with this index. */
sk_tcb crew_tcb(unsigned index);

/* Let the crew run until each of them has finished or waits. */
void crew_settle(void);

/* Wait until all have finished. */
void crew_join(void);

/* Has the one with this index finished? */
bool crew_is_finished(unsigned index);
