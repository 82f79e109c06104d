/*
 * Memory and strings, as C has them, and fortified.
 *
 * Where the compiler knows how large an object is, a function here that would write or read
 * past its end panics, in debug and release:
 *
 *     panic: src/rt/string/fortify.c:21: memcpy writes 20 bytes where there are 16, at 0x40a1f0
 *
 * and the backtrace says who called. Known are variables, members of structures, and what
 * a function returns that has the alloc_size attribute, as malloc() has. What the compiler can
 * see to be wrong is an error already. Where it knows nothing, or that all is well, the call is
 * the plain one and costs nothing.
 *
 * A write that starts in a member of a structure has to end in it; to write several members,
 * name the structure. A read may go on to the next member. clang 14 does not know members of
 * what is reached by a pointer: there the write may not leave the structure, as far as that
 * is known.
 *
 * The functions are in libselkie.a, one archive member each: a C library linked before it
 * replaces them. Its fortified headers can be used instead of this one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/string_plain.h>

/* The size of what is at address, from there to its end; SIZE_MAX if it is not known. */
#define SK_OBJECT_SIZE(address) __builtin_dynamic_object_size(address, 0)
#define SK_MEMBER_SIZE(address) __builtin_dynamic_object_size(address, 1)

#define SK_CHECK_READ(function, address, size) \
    ((size) <= SK_OBJECT_SIZE(address)         \
         ? (void)0                             \
         : sk_fortify_read(function, address, size, SK_OBJECT_SIZE(address)))

#define SK_CHECK_WRITE(function, address, size) \
    ((size) <= SK_MEMBER_SIZE(address)          \
         ? (void)0                              \
         : sk_fortify_write(function, address, size, SK_MEMBER_SIZE(address)))

SK_INLINE void *sk_checked_memcpy(void *restrict to, const void *restrict from, size_t size)
{
    SK_CHECK_READ("memcpy", from, size);
    SK_CHECK_WRITE("memcpy", to, size);
    return memcpy(to, from, size);
}

SK_INLINE void *sk_checked_memmove(void *to, const void *from, size_t size)
{
    SK_CHECK_READ("memmove", from, size);
    SK_CHECK_WRITE("memmove", to, size);
    return memmove(to, from, size);
}

SK_INLINE void *sk_checked_memset(void *to, int value, size_t size)
{
    SK_CHECK_WRITE("memset", to, size);
    return memset(to, value, size);
}

SK_INLINE int sk_checked_memcmp(const void *a, const void *b, size_t size)
{
    SK_CHECK_READ("memcmp", a, size);
    SK_CHECK_READ("memcmp", b, size);
    return memcmp(a, b, size);
}

SK_INLINE char *sk_checked_strcpy(char *restrict to, const char *restrict from)
{
    return __builtin___strcpy_chk(to, from, SK_MEMBER_SIZE(to));
}

SK_INLINE char *sk_checked_strncpy(char *restrict to, const char *restrict from, size_t size)
{
    return __builtin___strncpy_chk(to, from, size, SK_MEMBER_SIZE(to));
}

SK_INLINE char *sk_checked_strcat(char *restrict to, const char *restrict from)
{
    return __builtin___strcat_chk(to, from, SK_MEMBER_SIZE(to));
}

SK_INLINE char *sk_checked_strncat(char *restrict to, const char *restrict from, size_t limit)
{
    return __builtin___strncat_chk(to, from, limit, SK_MEMBER_SIZE(to));
}

/*
 * The checked call is made. The plain one is parsed only, for what compilers say of functions
 * that they know: memset(p, 0, sizeof(p)). Inline functions of the same names would not do:
 * clang leaves them out.
 */
#define SK_PARSE_PLAIN(plain, checked) __builtin_choose_expr(1, checked, plain)

#define memcpy(...)  SK_PARSE_PLAIN(memcpy(__VA_ARGS__), sk_checked_memcpy(__VA_ARGS__))
#define memmove(...) SK_PARSE_PLAIN(memmove(__VA_ARGS__), sk_checked_memmove(__VA_ARGS__))
#define memset(...)  SK_PARSE_PLAIN(memset(__VA_ARGS__), sk_checked_memset(__VA_ARGS__))
#define memcmp(...)  SK_PARSE_PLAIN(memcmp(__VA_ARGS__), sk_checked_memcmp(__VA_ARGS__))
#define strcpy(...)  SK_PARSE_PLAIN(strcpy(__VA_ARGS__), sk_checked_strcpy(__VA_ARGS__))
#define strncpy(...) SK_PARSE_PLAIN(strncpy(__VA_ARGS__), sk_checked_strncpy(__VA_ARGS__))
#define strcat(...)  SK_PARSE_PLAIN(strcat(__VA_ARGS__), sk_checked_strcat(__VA_ARGS__))
#define strncat(...) SK_PARSE_PLAIN(strncat(__VA_ARGS__), sk_checked_strncat(__VA_ARGS__))
