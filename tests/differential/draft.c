/* SPDX-License-Identifier: BSD-2-Clause */
#include "draft.h"

#include "actor.h"
#include "ground.h"
#include "stub.h"

#define SLOT(region, number) ((region)*REGION_SLOTS + (number))

struct draft draft_begin(struct random *random)
{
    struct draft draft = {.random = random};

    draft.type = (unsigned)random_below(random, KIND_IRQ_HANDLER);
    draft.from = (unsigned)random_below(random, REGION_COUNT);
    draft.is_fixed = random_chance(random, 20);
    draft.is_nested = random_chance(random, 8);
    draft.to =
        random_chance(random, 70) ? draft.from : (unsigned)random_below(random, REGION_COUNT);
    return draft;
}

static seL4_Word slot_of(struct draft *draft, unsigned region, bool is_source)
{
    struct random *random = draft->random;

    if (draft->is_nested) {
        return random_below(random, 8);
    }
    if (random_chance(random, 3)) {
        return RANDOM_OF(random, 256, 4095, (uint64_t)-1);
    }
    /* What is there is mostly in the first half of a region, and room in the second. */
    seL4_Word slot = SLOT(region, random_below(random, REGION_SLOTS / 2));
    return is_source != random_chance(random, 25) ? slot : slot + REGION_SLOTS / 2;
}

/* Retype: the size for the type, usually. */
static seL4_Word size_bits(struct draft *draft)
{
    struct random *random = draft->random;

    if (random_chance(random, 10)) {
        return RANDOM_OF(random, 0, 1, 3, 4, 5, 9, 12, 19, 21, 30, 47, 48, 63, 64,
                         (uint64_t)-1);
    }
    switch (draft->type) {
    case KIND_UNTYPED:
        return RANDOM_OF(random, 4, 5, 10, 12, 13, 14, 16);
    case KIND_CNODE:
        return RANDOM_OF(random, 1, 2, 3, 3, 4);
    case KIND_CONTEXT:
        return RANDOM_OF(random, 7, 8, 8, 9);
    default:
        return 0;
    }
}

seL4_Word draft_address(struct draft *draft)
{
    struct random *random = draft->random;
    seL4_Word address = RANDOM_OF(random, 0x10000000, 0x10000000, 0x10200000, 0x40000000,
                                  0x8000000000, 0x7fffffe00000);

    address += random_below(random, 4) << seL4_PageBits;
    if (random_chance(random, 85)) {
        return address;
    }
    return RANDOM_OF(random, 0, 0x10000001, 0x10000400, 0x7ffffffff000, 0x800000000000,
                     0xfffffffffffff000, 0xffffff8040000000, (uint64_t)-1);
}

/* Words of CNode invocations and of Retype. */
static seL4_Word cnode_word(struct draft *draft, char letter)
{
    struct random *random = draft->random;

    switch (letter) {
    case 'i':
        return slot_of(draft, draft->to, draft->is_removal);
    case 'j':
        return draft->is_fixed ? random_below(random, FIXED_COUNT + 1)
                               : slot_of(draft, draft->from, true);
    case 'd':
        if (random_chance(random, 4)) {
            return RANDOM_OF(random, 0, 1, 7, 9, 64, 65, 255, 256);
        }
        return draft->is_nested ? 1 + random_below(random, 4) : SPACE_BITS;
    case 't':
        return random_chance(random, 97) ? draft->type : 12 + random_below(random, 4);
    case 'z':
        return size_bits(draft);
    case 'I':
        return random_chance(random, 95) ? 0 : slot_of(draft, KIND_CNODE, true);
    case 'D':
        return random_chance(random, 93) ? 0 : RANDOM_OF(random, 1, 8, 8, 64, 65);
    case 'o':
        return slot_of(draft, random_chance(random, 90) ? draft->type : draft->to, false);
    case 'n':
        return random_chance(random, 96) ? 1 + random_below(random, 2)
                                         : RANDOM_OF(random, 0, 3, 16, 256, 257, (uint64_t)-1);
    default:
        return 0;
    }
}

/* Words of threads and scheduling contexts. */
static seL4_Word thread_word(struct draft *draft, char letter)
{
    struct random *random = draft->random;

    switch (letter) {
    case 'f':
        return random_below(random, 4);
    case 'h':
        return random_below(random, 16);
    case 'c':
        return RANDOM_OF(random, 0, 1, 3, 8, 8, 36, 36, 37, 100);
    case 'k':
        return RANDOM_OF(random, ground_code() + STUB_DONE, ground_code() + STUB_CALL,
                         ground_code() + STUB_UNDEFINED, 0, 0x10000000);
    case 'p':
        return random_chance(random, 90) ? 1 + random_below(random, 200)
                                         : RANDOM_OF(random, 0, 201, 255, 256, (uint64_t)-1);
    case 'g':
        return RANDOM_OF(random, 0, 52, 52, 52, 56, 64, (uint64_t)-1);
    case '0':
        return random_chance(random, 95) ? 0 : 1;
    case 'B':
        return random_chance(random, 60)
                   ? actor_ipc_buffer((unsigned)random_below(random, ACTORS))
                   : RANDOM_OF(random, 0, 0x10000000, 0x10000400, 0x10000200, 1,
                               0x800000000000);
    case 'u':
        return random_chance(random, 80)
                   ? RANDOM_OF(random, 1000000, 5000000, 5000000, 10000000, 10000000)
                   : RANDOM_OF(random, 0, 1, 7200000000, (uint64_t)-1);
    case 'e':
        return RANDOM_OF(random, 0, 0, 0, 1, 2, 6, 7, 100, (uint64_t)-1);
    case 'y':
        return RANDOM_OF(random, 0, 0, 0, 1, 16, 256);
    case 'Y':
        return RANDOM_OF(random, 0, 0, 0, 1, 2, 256, (uint64_t)-1);
    case 'G':
        return RANDOM_OF(random, 0, 5, 14, 15, 15, 16, (uint64_t)-1);
    case 'H':
        return RANDOM_OF(random, 0, 0, 0, 0, 1, 7, 8, (uint64_t)-1);
    case 'l':
        return RANDOM_OF(random, 0, (1ull << 56) - 1, (1ull << 56) - 1, 1ull << 56);
    default:
        return 0;
    }
}

seL4_Word draft_word(struct draft *draft, char letter)
{
    struct random *random = draft->random;
    seL4_Word word;

    switch (letter) {
    case 'r':
        word = random_chance(random, 50) ? 15 : random_below(random, 20);
        break;
    case 'b':
        word = RANDOM_OF(random, 0, 0, 1, 2, 3, 0x80, 8, 56, 52, 60, (uint64_t)-1);
        break;
    case 'w':
        word = random_chance(random, 80) ? random_below(random, 0x1000) : random_next(random);
        break;
    case 'x':
        word = RANDOM_OF(random, 0, 0, 0, 1, 1, 2, 3);
        break;
    case 'q':
        word = RANDOM_OF(random, 0, 5, 15, 16, 26, 27, 31, 40, 41, 42, 43, 43, 159, 160, 1019,
                         1020, (uint64_t)-1);
        break;
    case 'v':
        word = draft_address(draft);
        break;
    case 'V':
        word = draft->last + RANDOM_OF(random, 0, 1, 4, 64, 4096, 8192, (uint64_t)-64);
        break;
    case 's':
        word = RANDOM_OF(random, 0, 0, 64, 4000, 4096, 0x10000000);
        break;
    case 'S':
        word = draft->last + RANDOM_OF(random, 0, 1, 64, 96, 4096, (uint64_t)-64);
        break;
    case 'a':
        word = random_below(random, 8);
        break;
    case 'i':
    case 'j':
    case 'd':
    case 't':
    case 'z':
    case 'I':
    case 'D':
    case 'o':
    case 'n':
        word = cnode_word(draft, letter);
        break;
    default:
        word = thread_word(draft, letter);
        break;
    }
    draft->last = word;
    return word;
}

static seL4_CPtr in_region(struct draft *draft, unsigned region)
{
    /* The first slots of a region are filled more often. */
    return SLOT(region, random_below(draft->random, random_chance(draft->random, 50) ? 4 : 16));
}

/* In the region, or in the fixed part. */
static seL4_CPtr mixed(struct draft *draft, unsigned region, unsigned fixed, unsigned count,
                       unsigned percent)
{
    return random_chance(draft->random, percent)
               ? AT_FIXED(fixed + random_below(draft->random, count))
               : in_region(draft, region);
}

seL4_CPtr draft_any(struct draft *draft)
{
    struct random *random = draft->random;

    if (random_chance(random, 5)) {
        return RANDOM_OF(random, 0x300, 0xf00, 0x1000, 1ull << 52, (uint64_t)-1);
    }
    return random_chance(random, 15) ? AT_FIXED(random_below(random, FIXED_COUNT + 1))
                                     : in_region(draft, (unsigned)random_below(random, 16));
}

static seL4_CPtr cnode_cap(struct draft *draft, char letter)
{
    struct random *random = draft->random;

    if (letter == 'W' && draft->is_fixed) {
        return ROOT_OF_FIXED;
    }
    if (letter == 'R') {
        return random_chance(random, 70) ? ROOT_OF_ACTORS
                                         : mixed(draft, KIND_CNODE, FIXED_SPACE, 1, 30);
    }
    return draft->is_nested ? in_region(draft, KIND_CNODE) : AT_FIXED(FIXED_SPACE);
}

seL4_CPtr draft_cap(struct draft *draft, char letter)
{
    struct random *random = draft->random;
    static const char regions[] = "UTENCSYHVPLGQA";

    /* The CNodes of CNode invocations are right more often: a source must be. */
    if (random_chance(random, letter == 'C' || letter == 'W' || letter == 'R' ? 4 : 10)) {
        return draft_any(draft);
    }
    switch (letter) {
    case 'U':
        return random_chance(random, 8) ? AT_FIXED(FIXED_DEVICE)
                                        : mixed(draft, KIND_UNTYPED, FIXED_UNTYPED, 1, 50);
    case 'Z':
        return SLOT(KIND_UNTYPED, PAGE_UNTYPED + random_below(random, 3));
    case 'T':
        return mixed(draft, KIND_TCB, FIXED_ACTOR, ACTORS, 45);
    case 'S':
        return mixed(draft, KIND_CONTEXT, FIXED_CONTEXT, ACTORS, 30);
    case 'V':
        return mixed(draft, KIND_VSPACE, FIXED_VSPACE, 1, 50);
    case 'A':
        return mixed(draft, KIND_ASID_POOL, FIXED_ASID_POOL, 1, 40);
    case 'O':
        return mixed(draft, KIND_ENDPOINT, FIXED_HANDLER, 1, 50);
    case 'I':
        return AT_FIXED(FIXED_IRQ_CONTROL);
    case 'M':
        return AT_FIXED(FIXED_ASID_CONTROL);
    case 'B':
        return AT_FIXED(FIXED_SCHED_CONTROL);
    case 'D':
        return AT_FIXED(FIXED_DOMAIN);
    case 'C':
    case 'W':
    case 'R':
        return cnode_cap(draft, letter);
    case 'F':
        return in_region(draft, (unsigned)RANDOM_OF(random, KIND_PAGE, KIND_PAGE,
                                                    KIND_LARGE_PAGE, KIND_HUGE_PAGE));
    case 'X':
        return draft_cap(draft, random_chance(random, 50) ? 'T' : 'N');
    default:
        break;
    }
    for (unsigned region = 0; regions[region] != '\0'; region++) {
        if (regions[region] == letter) {
            return in_region(draft, region);
        }
    }
    return draft_any(draft);
}
