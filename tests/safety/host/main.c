/*
 * The corpus on the machine that builds, with sanitizers: those cases that need no seL4.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <pthread.h>
#include <stdio.h>

#include "../safety.h"

void show(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    fflush(stdout);
}

int text_vformat(char *buffer, size_t size, const char *format, va_list args)
{
    return vsnprintf(buffer, size, format, args);
}

struct call {
    void (*fn)(void *arg);
    void *arg;
};

static void *enter(void *arg)
{
    struct call *call = arg;

    call->fn(call->arg);
    return NULL;
}

void in_two_threads(void (*fn)(void *arg), void *arg)
{
    struct call call = {fn, arg};
    pthread_t other;

    if (pthread_create(&other, NULL, enter, &call) == 0) {
        fn(arg);
        pthread_join(other, NULL);
    }
}

int main(int argc, char **argv)
{
    return argc == 2 ? safety_main(argv[1]) : 1;
}
