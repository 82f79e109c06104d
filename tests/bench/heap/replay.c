/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay.h"

#define MAX_STEPS 2048
#define MAX_SLOTS 1024

void *malloc(size_t size);
void *realloc(void *block, size_t size);
void free(void *block);

extern const char trace[];

static struct step {
    char what;
    unsigned slot;
    size_t size;
} steps[MAX_STEPS];
static unsigned step_count;

static struct held {
    char *block;
    size_t size;
} held[MAX_SLOTS];
static size_t now;
static size_t most;
static uintptr_t highest;

static const char *number(const char *at, size_t *ret)
{
    *ret = 0;
    for (at++; *at >= '0' && *at <= '9'; at++) {
        *ret = *ret * 10 + (size_t)(*at - '0');
    }
    return at;
}

unsigned replay_init(void)
{
    const char *at = trace;

    while (*at != '\0' && step_count < MAX_STEPS) {
        struct step *step = &steps[step_count++];
        size_t slot;

        step->what = *at;
        at = number(at, &slot);
        step->slot = (unsigned)slot % MAX_SLOTS;
        if (*at == ':') {
            at = number(at, &step->size);
        }
        at++;
    }
    return step_count;
}

static void count(struct held *h, size_t size)
{
    now += size - h->size;
    h->size = size;
    most = now > most ? now : most;
    if ((uintptr_t)h->block + size > highest) {
        highest = (uintptr_t)h->block + size;
    }
}

void replay(void)
{
    for (unsigned i = 0; i < step_count; i++) {
        const struct step *step = &steps[i];
        struct held *h = &held[step->slot];

        switch (step->what) {
        case 'a':
            h->block = malloc(step->size);
            break;
        case 'r':
            h->block = realloc(h->block, step->size);
            break;
        default:
            free(h->block);
            h->block = NULL;
            break;
        }
        if (h->block != NULL && step->size != 0) {
            h->block[0] = h->block[step->size - 1] = 1;
        }
        count(h, step->size);
    }
}

size_t replay_most(void)
{
    return most;
}

uintptr_t replay_highest(void)
{
    return highest;
}
