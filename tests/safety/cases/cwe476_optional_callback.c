/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-476: an optional callback is called without a look */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

struct options {
    int level;
    void (*on_done)(void);
};

/* BAD */
__attribute__((noinline)) static void work(const struct options *o)
{
    use(o, sizeof(*o));
    o->on_done();
}

BAD
{
    work(&(struct options){.level = 1});
}

/* GOOD */
__attribute__((noinline)) static void work_well(const struct options *o)
{
    use(o, sizeof(*o));
    if (o->on_done != NULL) {
        o->on_done();
    }
}

GOOD
{
    work_well(&(struct options){.level = 1});
}
