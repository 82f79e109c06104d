/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-843: a function is cast to a callback type with other parameters */
/* EXPECT: gcc */
#include "../safety.h"

typedef void callback(void *context, long value);

static void notify(callback *fn, void *context)
{
    fn(context, given(9));
}

/* BAD */
static void print_double(double *number)
{
    show("%d\n", (int)*number);
}

BAD
{
    double number = 1.5;

    notify((callback *)print_double, &number);
}

/* GOOD */
static void print_number(void *number, long value)
{
    show("%d %ld\n", (int)*(double *)number, value);
}

GOOD
{
    double number = 1.5;

    notify(print_number, &number);
}
