/*
 * Where a walk over frame records ends, on chains made up: at the end of the stack, where a
 * record is not above the last one, not aligned or too far, at no return address, and after 32.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <selkie/rt/backtrace.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

struct record {
    uintptr_t caller;
    uintptr_t return_address;
};

static _Alignas(16) char room[0x10010 + sizeof(struct record)];
static struct record records[40];

/* Two records, of which the second is so many bytes above the first. */
static uintptr_t make_pair(size_t distance)
{
    *(struct record *)room = (struct record){(uintptr_t)room + distance, 0x1004};
    *(struct record *)(room + distance) = (struct record){0, 0x2004};
    return (uintptr_t)room;
}

static void print(const char *what, uintptr_t start, uintptr_t end)
{
    sk_printf("%s\n", what);
    sk_backtrace_print(start, end);
}

SK_ROOT_TASK(bi)
{
    const uintptr_t end = (uintptr_t)room + sizeof(room);
    const uintptr_t start = make_pair(32);

    print("both", start, end);
    print("all of the second is below the end", start, start + 48);
    print("a part of the second is not", start, start + 47);
    print("the second is behind the end", start, start + 32);
    print("the end is in the first", start, start + 24);
    print("as far as a frame can be large", make_pair(0x10000), end);
    print("farther", make_pair(0x10008), end);
    (void)make_pair(32);
    ((struct record *)room)->caller += 4;
    print("not aligned", start, end);
    ((struct record *)room)->caller = start;
    print("in a circle", start, end);
    for (size_t i = 0; i < 40; i++) {
        records[i] = (struct record){(uintptr_t)&records[i + 1], 0x3004};
    }
    records[2].return_address = 0;
    records[34].return_address = 0x4004; /* the last of 32 from the fourth */
    print("no return address", (uintptr_t)records, UINTPTR_MAX);
    print("too many", (uintptr_t)&records[3], UINTPTR_MAX);
    return 0;
}
