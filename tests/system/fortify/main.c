/*
 * Each fortified function, at the last size that fits and at the first that does not. The sizes
 * are not known to the compiler, the objects are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

static volatile size_t size;

/* A text of size bytes, its NUL included. */
static const char *text(void)
{
    return &"0123456789abcdef"[17 - size];
}

struct pair {
    char first[8];
    char second[8];
};

static void copy(void *arg)
{
    char to[16];

    (void)arg;
    memcpy(to, "0123456789abcdef", size);
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void move(void *arg)
{
    char to[16];

    (void)arg;
    memmove(to, "0123456789abcdef", size);
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void set(void *arg)
{
    char to[16];

    (void)arg;
    memset(to, 1, size);
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void over_read(void *arg)
{
    char from[16] = {1};
    char to[32];

    (void)arg;
    memcpy(to, from, size);
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void compare(void *arg)
{
    char a[16] = {1};
    volatile int result;

    (void)arg;
    result = memcmp(arg, a, size);
    (void)result;
}

static void string_copy(void *arg)
{
    char to[16];

    (void)arg;
    strcpy(to, text());
    __asm__ volatile("" : : "r"(to) : "memory");
}

/* Into a member of a structure. */
static void string_copy_member(void *arg)
{
    struct pair pair;

    (void)arg;
    strncpy(pair.second, text(), size - 8);
    __asm__ volatile("" : : "r"(&pair) : "memory");
}

/* Of a structure that the compiler does not see the whole of. */
static void copy_member(void *arg)
{
    struct pair *pair = arg;

    memcpy(pair->first, "0123456789abcdef", size - 8);
}

static void set_member(void *arg)
{
    struct pair *pair = arg;

    memset(pair->first, 0, size - 8);
}

/* The structure itself may be written whole. */
static void set_members(void *arg)
{
    struct pair pair;

    (void)arg;
    memset(&pair, 0, size);
    __asm__ volatile("" : : "r"(&pair) : "memory");
}

static void append(void *arg)
{
    char to[20] = "four";

    (void)arg;
    strcat(to, text());
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void append_some(void *arg)
{
    char to[20] = "four";

    (void)arg;
    strncat(to, "0123456789abcdef", size - 1);
    __asm__ volatile("" : : "r"(to) : "memory");
}

/* What compilers call for the headers of C libraries. */
void *__memcpy_chk(void *restrict to, const void *restrict from, size_t size, size_t room);
void *__memmove_chk(void *to, const void *from, size_t size, size_t room);
void *__memset_chk(void *to, int value, size_t size, size_t room);

static void enter_memcpy(void *arg)
{
    __memcpy_chk(arg, "0123456789abcdef", size, 16);
}

static void enter_memmove(void *arg)
{
    __memmove_chk(arg, "0123456789abcdef", size, 16);
}

static void enter_memset(void *arg)
{
    __memset_chk(arg, 0, size, 16);
}

/* The size of what a function returns. */
__attribute__((alloc_size(1), noinline)) static void *give(size_t count)
{
    static char memory[64];

    return count <= sizeof(memory) ? memory : NULL;
}

static void allocated(void *arg)
{
    volatile size_t count = 16;
    char *to = give(count);

    (void)arg;
    memset(to, 1, size);
    __asm__ volatile("" : : "r"(to) : "memory");
}

static void attempt(const char *what, void (*fn)(void *))
{
    static char other[32];

    size = 16;
    sk_outcome fits = sk_catch(fn, other);
    size = 17;
    sk_outcome over = sk_catch(fn, other);
    sk_printf("%s: %s; then %s\n", what, fits.how == SK_RETURNED ? "fits" : fits.message,
              over.how == SK_RETURNED ? "fits too" : over.message);
}

SK_ROOT_TASK(bi)
{
    attempt("memcpy", copy);
    attempt("memmove", move);
    attempt("memset", set);
    attempt("memcpy from", over_read);
    attempt("memcmp", compare);
    attempt("strcpy", string_copy);
    attempt("strncpy", string_copy_member);
    attempt("memcpy to a member", copy_member);
    attempt("memset of a member", set_member);
    attempt("memset of all members", set_members);
    attempt("strcat", append);
    attempt("strncat", append_some);
    attempt("__memcpy_chk", enter_memcpy);
    attempt("__memmove_chk", enter_memmove);
    attempt("__memset_chk", enter_memset);
    attempt("allocated", allocated);
    return 0;
}
