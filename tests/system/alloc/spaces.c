/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/asid_pool.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

#include "parts.h"

#define PAGE  ((seL4_Word)1 << seL4_PageBits)
#define LARGE ((seL4_Word)1 << seL4_LargePageBits)

static void print(void *arg, const char *line)
{
    (void)arg;
    sk_puts(line);
}

/* Pages of two sizes, some of ours, and some of its own again. */
static void fill(struct sk_manager *m, struct sk_address_space *child)
{
    struct sk_map_options options = {.guard_size = PAGE};
    uintptr_t mine, vaddr;

    sk_assert(sk_address_space_map_new(child, LARGE + 5 * PAGE, &options, &vaddr) == SK_OK);
    options.rights = SK_READ;
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);

        sk_assert(sk_address_space_map_new(&m->space, 4 * PAGE, NULL, &mine) == SK_OK);
    }
    memset((void *)mine, 7, 4 * PAGE);
    sk_assert(sk_address_space_share(&m->space, mine, 4 * PAGE, child, &options, &vaddr) ==
              SK_OK);
    for (enum sk_cache what = SK_CACHE_CLEAN; what <= SK_CACHE_UNIFY; what++) {
        /* What is only read cannot be discarded. */
        sk_assert(sk_address_space_sync(child, what, vaddr, 4 * PAGE) ==
                  (what == SK_CACHE_INVALIDATE ? SK_ERR_ILLEGAL_OPERATION : SK_OK));
    }
    options.rights = SK_RW | SK_EXECUTE;
    sk_assert(sk_address_space_map_new(child, PAGE, &options, &vaddr) ==
              SK_ERR_ILLEGAL_OPERATION);
    sk_vspace_dump(child, print, NULL);
    sk_assert(sk_address_space_check(child));
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);

        sk_address_space_release(&m->space, mine);
    }
}

void map_for_a_child(struct sk_manager *m)
{
    struct sk_source *source = &m->source;
    struct sk_address_space child;
    sk_slots slot;
    sk_vspace vspace;

    sk_puts("a child's address space");
    sk_assert(source->take_slots(source, 1, &slot) == SK_OK);
    sk_assert(source->make_object(source, sk_blueprint_vspace(), slot.first) == SK_OK);
    vspace = (sk_vspace){sk_slot_cptr(slot.first)};
    sk_assert(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool}, vspace) == SK_OK);
    sk_address_space_init(&child, vspace, source, 0x400000, 0x4000000000, NULL);
    fill(m, &child);
    sk_address_space_fini(&child);
    source->free_object(source, sk_blueprint_vspace(), slot.first);
    source->give_slots(source, slot);
    check_same("after a child's address space");
}

/* Short enough, and the same at any address. */
__attribute__((noinline, aligned(64))) static int answer(void)
{
    return 42;
}

/* Memory that is written at one address and run at another. */
void run_written_code(struct sk_manager *m)
{
    struct sk_map_options options = {.rights = SK_RX};
    uintptr_t data, code;

    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);

        sk_assert(sk_address_space_map_new(&m->space, PAGE, NULL, &data) == SK_OK);
        sk_assert(sk_address_space_share(&m->space, data, PAGE, &m->space, &options, &code) ==
                  SK_OK);
        memcpy((void *)data, (const void *)answer, 64);
        sk_assert(sk_address_space_sync(&m->space, SK_CACHE_UNIFY, data, PAGE) == SK_OK);
        sk_assert(sk_address_space_sync(&m->space, SK_CACHE_UNIFY, code, PAGE) == SK_OK);
    }
    sk_assert(((int (*)(void))code)() == 42);
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);

        sk_address_space_release(&m->space, code);
        sk_address_space_release(&m->space, data);
    }
    check_same("after written code");
    sk_puts("code that was written is run");
}
