/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a block is freed by its owner and written to by a user */
/* EXPECT: gcc release=heap host=asan */
#include "../safety.h"

struct buffer {
    char *bytes;
    size_t size;
};

static struct buffer buffer;

static void buffer_open(size_t size)
{
    buffer.bytes = malloc(size);
    buffer.size = size;
}

static void buffer_close(void)
{
    free(buffer.bytes);
    buffer.bytes = NULL;
}

/* BAD */
BAD
{
    buffer_open(64);
    char *mine = buffer.bytes;
    if (mine != NULL) {
        buffer_close();
        memset(mine, 'x', 64);
        char *other = calloc(1, 64);
        if (other != NULL) {
            use(other, 64);
            free(other);
        }
    }
}

/* GOOD */
GOOD
{
    buffer_open(64);
    char *mine = buffer.bytes;
    if (mine != NULL) {
        memset(mine, 'x', 64);
        buffer_close();
        char *other = calloc(1, 64);
        if (other != NULL) {
            use(other, 64);
            free(other);
        }
    }
}
