/* ERROR: incompatible type */
/* TWIN: s/sk_rwlock_reader /sk_rwlock_writer / */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/rwlock.h>

/* What is handed a writer changes things. */
void change(sk_rwlock_writer writer);

void look(struct sk_rwlock *lock)
{
    sk_rwlock_reader guard = {lock};

    change(guard);
}
