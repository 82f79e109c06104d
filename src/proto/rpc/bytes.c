/*
 * Bytes in messages and pages: eight to a word, the first in its lowest bits.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/proto/rpc.h>

#define WORD_BYTES sizeof(seL4_Word)

static size_t words_of(size_t size)
{
    return size / WORD_BYTES + (size % WORD_BYTES != 0);
}

static seL4_Word pack(const uint8_t *bytes, size_t count)
{
    seL4_Word word = 0;

    if (count >= WORD_BYTES) {
        __builtin_memcpy(&word, bytes, WORD_BYTES);
        return word;
    }
    for (size_t n = 0; n < count; n++) {
        word |= (seL4_Word)bytes[n] << (8 * n);
    }
    return word;
}

static void unpack(seL4_Word word, uint8_t *bytes, size_t count)
{
    if (count >= WORD_BYTES) {
        __builtin_memcpy(bytes, &word, WORD_BYTES);
        return;
    }
    for (size_t n = 0; n < count; n++) {
        bytes[n] = (uint8_t)(word >> (8 * n));
    }
}

bool sk_rpc_take_bytes(sk_reader *r, size_t max, uint8_t *ret_bytes, size_t *ret_size)
{
    const seL4_Word *words = seL4_GetIPCBuffer()->msg;
    seL4_Word size = 0;

    if (!sk_rpc_take_word(r, max, &size) || sk_reader_left(r) < words_of(size)) {
        return false;
    }
    for (size_t at = 0; at < size; at += WORD_BYTES, r->next++) {
        unpack(r->next < SK_MESSAGE_REGISTERS ? r->word[r->next] : words[r->next],
               ret_bytes + at, size - at);
    }
    *ret_size = size;
    return true;
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
    /* Volatile: what was read is never read again, whatever the compiler thinks. */
    const volatile seL4_Word *words = (const volatile seL4_Word *)(const void *)page;
    seL4_Word size = 0;

    if (!sk_rpc_take_word(r, max, &size)) {
        return false;
    }
    for (size_t at = 0; at < size; at += WORD_BYTES) {
        unpack(words[at / WORD_BYTES], ret_bytes + at, size - at);
    }
    *ret_size = size;
    return true;
}

bool sk_rpc_take_page_string(sk_reader *r, const uint8_t *page, size_t max, char *ret_text)
{
    size_t size;

    return sk_rpc_take_page_bytes(r, page, max, (uint8_t *)ret_text, &size) &&
           end_text(ret_text, size);
}

void sk_rpc_put_bytes(sk_builder *b, size_t max, const void *bytes, size_t size)
{
    seL4_Word *words = seL4_GetIPCBuffer()->msg;

    sk_require(size <= max);
    sk_builder_word(b, size);
    sk_require(b->length + words_of(size) <= seL4_MsgMaxLength);
    for (size_t at = 0; at < size; at += WORD_BYTES, b->length++) {
        seL4_Word word = pack((const uint8_t *)bytes + at, size - at);

        if (b->length < SK_MESSAGE_REGISTERS) {
            b->word[b->length] = word;
        } else {
            words[b->length] = word;
        }
    }
}

void sk_rpc_put_string(sk_builder *b, size_t max, const char *text)
{
    sk_rpc_put_bytes(b, max, text, sk_rpc_count(text, max));
}

void sk_rpc_put_page_bytes(sk_builder *b, uint8_t *page, size_t max, const void *bytes,
                           size_t size)
{
    volatile seL4_Word *words = (volatile seL4_Word *)(void *)page;

    sk_require(size <= max);
    sk_builder_word(b, size);
    for (size_t at = 0; at < size; at += WORD_BYTES) {
        words[at / WORD_BYTES] = pack((const uint8_t *)bytes + at, size - at);
    }
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
