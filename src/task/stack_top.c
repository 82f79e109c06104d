/* SPDX-License-Identifier: BSD-2-Clause */
#include "stack_top.h"

#include <stdbool.h>

#include <sel4runtime/auxv.h>
#include <selkie/base/assert.h>

#define WORD         sizeof(uint64_t)
#define RANDOM_WORDS 2

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0') {
        length++;
    }
    return length;
}

/* A place in the stack's top: words go up from sp, and texts behind the last word. */
struct pen {
    uintptr_t word_at;
    uintptr_t text_at;
    uintptr_t page; /* what is written to */
    char *here;
    size_t size;
};

/* Copy what of the size bytes at vaddr lies on the page. */
static void put(const struct pen *pen, uintptr_t vaddr, const void *data, size_t size)
{
    uintptr_t from = vaddr > pen->page ? vaddr : pen->page;
    uintptr_t end = pen->page + pen->size;
    uintptr_t to = vaddr + size < end ? vaddr + size : end;

    if (from < to) {
        __builtin_memcpy(pen->here + (from - pen->page), (const char *)data + (from - vaddr),
                         to - from);
    }
}

static void put_word(struct pen *pen, uint64_t word)
{
    put(pen, pen->word_at, &word, WORD);
    pen->word_at += WORD;
}

/* A text, and the word that points to it. */
static void put_text(struct pen *pen, const char *text)
{
    size_t size = length_of(text) + 1;

    put_word(pen, pen->text_at);
    put(pen, pen->text_at, text, size);
    pen->text_at += size;
}

static void put_grant(struct pen *pen, const struct sk_grant *grant, seL4_CPtr cptr)
{
    put_text(pen, grant->name);
    put_text(pen, grant->kind);
    put_word(pen, cptr);
    put_word(pen, grant->size_bits);
}

void sk_stack_top_tell(struct stack_top *t, uint64_t type, uint64_t value)
{
    sk_require(t->aux_count < STACK_TOP_AUX);
    t->aux[t->aux_count].type = type;
    t->aux[t->aux_count].value = value;
    t->aux_count++;
}

/* What a list of texts takes, in words and in bytes. */
struct extent {
    size_t words;
    size_t bytes;
};

static void add_text(struct extent *e, const char *text)
{
    e->words++;
    e->bytes += length_of(text) + 1;
}

/* The number of texts. */
static size_t add_texts(struct extent *e, const char *const *texts)
{
    size_t count = 0;

    while (texts != NULL && texts[count] != NULL) {
        add_text(e, texts[count++]);
    }
    e->words++;
    return count;
}

static void add_grant(struct extent *e, const struct sk_grant *grant)
{
    add_text(e, grant->name);
    add_text(e, grant->kind);
    e->words += 2;
}

static size_t argc_of(const struct stack_top *t, struct extent *e)
{
    const char *const alone[] = {t->name, NULL};

    return add_texts(e, t->argv != NULL ? t->argv : alone);
}

/* Count everything, in its order: the words from sp on, and then the texts. */
static struct extent measure(const struct stack_top *t, size_t *ret_argc, size_t *ret_grants_at)
{
    struct extent e = {.words = 1};

    *ret_argc = argc_of(t, &e);
    (void)add_texts(&e, t->envp);
    e.words += 2 * ((size_t)t->aux_count + 1);
    *ret_grants_at = e.words * WORD;
    if (t->own.name != NULL) {
        add_grant(&e, &t->own);
    }
    for (size_t i = 0; i < t->grant_count; i++) {
        add_grant(&e, &t->grants[i]);
    }
    e.words += RANDOM_WORDS;
    return e;
}

sk_err sk_stack_top_place(struct stack_top *t, uintptr_t end, size_t limit)
{
    bool is_random = (t->random[0] | t->random[1]) != 0;
    unsigned late = t->aux_count;
    size_t argc;
    size_t grants_at;

    /* Entries whose values are known when all are counted. */
    sk_stack_top_tell(t, SK_AT_GRANT_COUNT, t->grant_count + (t->own.name != NULL ? 1 : 0));
    sk_stack_top_tell(t, SK_AT_GRANTS, 0);
    if (is_random) {
        sk_stack_top_tell(t, SK_AT_RANDOM, 0);
    }

    struct extent e = measure(t, &argc, &grants_at);
    size_t size = (e.words * WORD + e.bytes + 15) & ~(size_t)15;
    if (size > limit) {
        return SK_ERR_RANGE;
    }
    t->sp = end - size;
    t->argc = argc;
    t->texts = t->sp + e.words * WORD;
    t->aux[late + 1].value = t->sp + grants_at;
    if (is_random) {
        t->aux[late + 2].value = t->texts - RANDOM_WORDS * WORD;
    }
    return SK_OK;
}

static void put_texts(struct pen *pen, const char *const *texts)
{
    for (; texts != NULL && *texts != NULL; texts++) {
        put_text(pen, *texts);
    }
    put_word(pen, 0);
}

void sk_stack_top_write(const struct stack_top *t, uintptr_t vaddr, void *here, size_t size)
{
    const char *const alone[] = {t->name, NULL};
    struct pen pen = {t->sp, t->texts, vaddr, here, size};
    seL4_CPtr cptr = t->first_grant;

    put_word(&pen, t->argc);
    put_texts(&pen, t->argv != NULL ? t->argv : alone);
    put_texts(&pen, t->envp);
    for (unsigned i = 0; i < t->aux_count; i++) {
        put_word(&pen, t->aux[i].type);
        put_word(&pen, t->aux[i].value);
    }
    put_word(&pen, AT_NULL);
    put_word(&pen, 0);
    if (t->own.name != NULL) {
        put_grant(&pen, &t->own, cptr++);
    }
    for (size_t i = 0; i < t->grant_count; i++) {
        put_grant(&pen, &t->grants[i], cptr++);
    }
    for (int i = 0; i < RANDOM_WORDS; i++) {
        put_word(&pen, t->random[i]);
    }
}
