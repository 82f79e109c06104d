/*
 * What compilers call for these functions when they know how large the object is and not how
 * much is written: the last parameter is the room there is. Sources compiled against a C
 * library's headers with _FORTIFY_SOURCE call them too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/panic.h>
#include <selkie/rt/string_plain.h>

void *__memcpy_chk(void *restrict to, const void *restrict from, size_t size, size_t room);
void *__memmove_chk(void *to, const void *from, size_t size, size_t room);
void *__memset_chk(void *to, int value, size_t size, size_t room);
char *__strcpy_chk(char *restrict to, const char *restrict from, size_t room);
char *__strncpy_chk(char *restrict to, const char *restrict from, size_t size, size_t room);
char *__strcat_chk(char *restrict to, const char *restrict from, size_t room);
char *__strncat_chk(char *restrict to, const char *restrict from, size_t limit, size_t room);

SK_NORETURN void sk_fortify_write(const char *function, void *address, size_t size, size_t room)
{
    sk_panic("%s writes %lu bytes where there are %lu, at %p", function, size, room, address);
}

SK_NORETURN void sk_fortify_read(const char *function, const void *address, size_t size,
                                 size_t room)
{
    sk_panic("%s reads %lu bytes where there are %lu, at %p", function, size, room, address);
}

static void check(const char *function, void *address, size_t size, size_t room)
{
    if (size > room) {
        sk_fortify_write(function, address, size, room);
    }
}

void *__memcpy_chk(void *restrict to, const void *restrict from, size_t size, size_t room)
{
    check("memcpy", to, size, room);
    return memcpy(to, from, size);
}

void *__memmove_chk(void *to, const void *from, size_t size, size_t room)
{
    check("memmove", to, size, room);
    return memmove(to, from, size);
}

void *__memset_chk(void *to, int value, size_t size, size_t room)
{
    check("memset", to, size, room);
    return memset(to, value, size);
}

char *__strcpy_chk(char *restrict to, const char *restrict from, size_t room)
{
    check("strcpy", to, strlen(from) + 1, room);
    return strcpy(to, from);
}

char *__strncpy_chk(char *restrict to, const char *restrict from, size_t size, size_t room)
{
    check("strncpy", to, size, room);
    return strncpy(to, from, size);
}

char *__strcat_chk(char *restrict to, const char *restrict from, size_t room)
{
    check("strcat", to, strnlen(to, room) + strlen(from) + 1, room);
    return strcat(to, from);
}

char *__strncat_chk(char *restrict to, const char *restrict from, size_t limit, size_t room)
{
    check("strncat", to, strnlen(to, room) + strnlen(from, limit) + 1, room);
    return strncat(to, from, limit);
}
