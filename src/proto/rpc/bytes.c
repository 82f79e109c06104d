/*
 * Bytes in messages and pages: eight to a word, the first in its lowest bits.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/proto/rpc.h>

#define WORD_BYTES sizeof(seL4_Word)

static void put_word(volatile seL4_Word *to, const uint8_t *bytes)
{
    seL4_Word word;

    __builtin_memcpy(&word, bytes, WORD_BYTES);
    *to = word;
}

/* Four at a time: half of a loop of one word is the loop. */
void sk_rpc_copy_out(volatile seL4_Word *to, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    seL4_Word rest = 0;

    for (; size >= 4 * WORD_BYTES; size -= 4 * WORD_BYTES) {
        put_word(to, from);
        put_word(to + 1, from + WORD_BYTES);
        put_word(to + 2, from + 2 * WORD_BYTES);
        put_word(to + 3, from + 3 * WORD_BYTES);
        to += 4;
        from += 4 * WORD_BYTES;
    }
    for (; size >= WORD_BYTES; size -= WORD_BYTES) {
        put_word(to++, from);
        from += WORD_BYTES;
    }
    for (size_t n = 0; n < size; n++) {
        rest |= (seL4_Word)from[n] << (8 * n);
    }
    if (size != 0) {
        *to = rest;
    }
}

/* Volatile: what was read is never read again, whatever the compiler thinks. */
static void take_word(uint8_t *ret_bytes, const volatile seL4_Word *from)
{
    seL4_Word word = *from;

    __builtin_memcpy(ret_bytes, &word, WORD_BYTES);
}

void sk_rpc_copy_in(void *ret_bytes, const volatile seL4_Word *from, size_t size)
{
    uint8_t *to = ret_bytes;

    for (; size >= 4 * WORD_BYTES; size -= 4 * WORD_BYTES) {
        take_word(to, from);
        take_word(to + WORD_BYTES, from + 1);
        take_word(to + 2 * WORD_BYTES, from + 2);
        take_word(to + 3 * WORD_BYTES, from + 3);
        from += 4;
        to += 4 * WORD_BYTES;
    }
    for (; size >= WORD_BYTES; size -= WORD_BYTES) {
        take_word(to, from++);
        to += WORD_BYTES;
    }
    if (size != 0) {
        seL4_Word rest = *from;

        for (size_t n = 0; n < size; n++) {
            to[n] = (uint8_t)(rest >> (8 * n));
        }
    }
}

/* Make a text of bytes that were taken, unless they have an end inside. */
static bool end_text(char *text, size_t size)
{
    for (size_t n = 0; n < size; n++) {
        if (text[n] == '\0') {
            return false;
        }
    }
    text[size] = '\0';
    return true;
}

bool sk_rpc_take_string(sk_reader *r, size_t max, char *ret_text)
{
    size_t size;

    return sk_rpc_take_bytes(r, max, (uint8_t *)ret_text, &size) && end_text(ret_text, size);
}

bool sk_rpc_take_page_bytes(sk_reader *r, const uint8_t *page, size_t max, uint8_t *ret_bytes,
                            size_t *ret_size)
{
    seL4_Word size = 0;

    if (!sk_rpc_take_word(r, max, &size)) {
        return false;
    }
    sk_rpc_copy_in(ret_bytes, (const volatile seL4_Word *)(const void *)page, size);
    *ret_size = size;
    return true;
}

bool sk_rpc_take_page_string(sk_reader *r, const uint8_t *page, size_t max, char *ret_text)
{
    size_t size;

    return sk_rpc_take_page_bytes(r, page, max, (uint8_t *)ret_text, &size) &&
           end_text(ret_text, size);
}

void sk_rpc_put_string(sk_builder *b, size_t max, const char *text)
{
    sk_rpc_put_bytes(b, max, text, sk_rpc_count(text, max));
}

void sk_rpc_put_page_bytes(sk_builder *b, uint8_t *page, size_t max, const void *bytes,
                           size_t size)
{
    sk_require(size <= max);
    sk_builder_word(b, size);
    sk_rpc_copy_out((volatile seL4_Word *)(void *)page, bytes, size);
}

void sk_rpc_put_page_string(sk_builder *b, uint8_t *page, size_t max, const char *text)
{
    sk_rpc_put_page_bytes(b, page, max, text, sk_rpc_count(text, max));
}

size_t sk_rpc_count(const char *text, size_t max)
{
    size_t n = 0;

    while (n <= max && text[n] != '\0') {
        n++;
    }
    return n;
}
