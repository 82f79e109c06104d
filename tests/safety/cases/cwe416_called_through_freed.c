/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a function pointer of a freed structure is called */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

struct device {
    long state[3];
    void (*close)(struct device *self);
};

static void device_close(struct device *self)
{
    use(self, sizeof(*self));
}

static struct device *open(void)
{
    struct device *d = calloc(1, sizeof(*d));

    if (d != NULL) {
        d->close = device_close;
        keep(d);
    }
    return d;
}

/* BAD */
BAD
{
    free(open());
    struct device *d = kept();
    d->close(d);
}

/* GOOD */
GOOD
{
    (void)open();
    struct device *d = kept();
    d->close(d);
    free(d);
}
