/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/once.h>

sk_err sk_once_try(struct sk_once *o, sk_err (*fn)(void *arg), void *arg)
{
    sk_require(!sk_recursive_mutex_is_mine(&o->mutex));

    SK_AUTO(sk_recursive_mutex_guard) guard = sk_recursive_mutex_guard_take(&o->mutex);

    if (!o->is_done) {
        SK_TRY(fn(arg));
        /* Release: pairs with the acquire in sk_once_do(). */
        __atomic_store_n(&o->is_done, true, __ATOMIC_RELEASE);
    }
    return SK_OK;
}
