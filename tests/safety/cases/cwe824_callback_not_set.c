/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-824: a callback is called that was never set */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

struct handlers {
    void (*on_open)(void);
    void (*on_close)(void);
};

static void opened(void)
{
    show("opened\n");
}

__attribute__((noinline)) static void run(const struct handlers *h)
{
    h->on_open();
    h->on_close();
}

/* BAD */
BAD
{
    struct handlers h;

    h.on_open = opened;
    run(&h);
}

/* GOOD */
GOOD
{
    struct handlers h;

    h.on_open = opened;
    h.on_close = opened;
    run(&h);
}
