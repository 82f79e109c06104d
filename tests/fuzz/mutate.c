/*
 * mutate SEED FILE: writes FILE to standard output with a few damages that SEED chooses: the
 * same SEED, the same damage. Made for text and binary formats alike.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_INPUT = 16 << 20, MAX_CHUNK = 64, MAX_DAMAGES = 4 };

struct bytes {
    unsigned char *data;
    size_t length;
    size_t room;
};

/* The generator is splitmix64. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t below(uint64_t *state, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(next(state) % limit);
}

static void erase(struct bytes *b, size_t at, size_t count)
{
    memmove(b->data + at, b->data + at + count, b->length - at - count);
    b->length -= count;
}

static void insert(struct bytes *b, size_t at, const void *what, size_t count)
{
    if (b->length + count > b->room) {
        return;
    }
    memmove(b->data + at + count, b->data + at, b->length - at);
    memcpy(b->data + at, what, count);
    b->length += count;
}

static void insert_token(struct bytes *b, size_t at, uint64_t *state)
{
    static const char *const tokens[] = {
        "\"", "<",  ">",  "/>", "</", "&", "&lt;", "{",  "}",          "[",
        "]",  ",",  ":",  "-1", "0",  "/", "\n",   "--", "4294967296", "99999999999999999999",
        "%s", "..", "\\", "@",  "#",  "=", "\xff", "(",  "CONFIG_",    "seL4_",
    };
    const char *token = tokens[below(state, sizeof(tokens) / sizeof(tokens[0]))];
    insert(b, at, token, strlen(token));
}

static void damage(struct bytes *b, uint64_t *state)
{
    size_t at = below(state, b->length + 1);
    size_t rest = b->length - at;
    size_t chunk = 1 + below(state, MAX_CHUNK);
    unsigned char copy[MAX_CHUNK];

    if (chunk > rest) {
        chunk = rest;
    }
    switch (below(state, 7)) {
    case 0:
        if (rest > 0) {
            b->data[at] ^= (unsigned char)(1u << below(state, 8));
        }
        break;
    case 1:
        if (rest > 0) {
            b->data[at] = (unsigned char)next(state);
        }
        break;
    case 2:
        erase(b, at, chunk);
        break;
    case 3:
        memcpy(copy, b->data + at, chunk);
        insert(b, below(state, b->length + 1), copy, chunk);
        break;
    case 4:
        memset(b->data + at, below(state, 2) ? 0xff : 0, chunk < 8 ? chunk : 8);
        break;
    case 5:
        b->length = below(state, 8) == 0 ? at : b->length;
        break;
    default:
        insert_token(b, at, state);
        break;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "mutate: error: a seed and a file are needed\nhelp: mutate 1 FILE\n");
        return 125;
    }
    FILE *file = fopen(argv[2], "rb");
    struct bytes b = {.data = malloc(MAX_INPUT), .room = MAX_INPUT};
    if (!file || !b.data) {
        fprintf(stderr, "mutate: error: %s cannot be read\n", argv[2]);
        return 125;
    }
    b.length = fread(b.data, 1, b.room, file);
    fclose(file);

    uint64_t state = strtoull(argv[1], NULL, 0);
    for (size_t damages = 1 + below(&state, MAX_DAMAGES); damages > 0; damages--) {
        damage(&b, &state);
    }
    fwrite(b.data, 1, b.length, stdout);
    free(b.data);
    return 0;
}
