/* SPDX-License-Identifier: BSD-2-Clause */
#include "../general/pool.h"

#include <selkie/rt/env.h>

#define PAGE_SIZE ((size_t)1 << seL4_PageBits)

void *sk_heap_more(size_t size, size_t *ret_size)
{
    struct sk_env env;
    uintptr_t vaddr;
    size_t count = size / PAGE_SIZE + (size % PAGE_SIZE != 0);

    sk_env_get(&env);
    *ret_size = 0;
    if (env.source == NULL || env.source->take_pages(env.source, count, &vaddr) != SK_OK) {
        return NULL;
    }
    *ret_size = count * PAGE_SIZE;
    return (void *)vaddr;
}
