/*
 * Compiler attributes, under one spelling for gcc, clang, gnu11 and gnu2x.
 *
 * This is the only header with preprocessor conditions; everything else uses these names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* On an enum: a function's result of this type must be used. */
#if defined(__STDC_VERSION__) && __STDC_VERSION__ > 201710L
#define SK_NODISCARD [[nodiscard]]
#else
#define SK_NODISCARD
#endif

#define SK_NORETURN __attribute__((noreturn))

/* Arguments are checked as printf's: the format is parameter f, what it formats starts at a. */
#define SK_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* Inlined into every caller: what is known of an argument there is known in the function. */
#define SK_INLINE static inline __attribute__((always_inline))

/*
 * The function's result is given back to drop, as its first parameter. gcc then sees what is
 * given back twice, not at all, or used afterwards.
 */
#if defined(__clang__)
#define SK_GIVEN_BACK_TO(drop)
#else
#define SK_GIVEN_BACK_TO(drop) __attribute__((malloc(drop, 1)))
#endif

/*
 * SK_KEPT(type, value) is value, and a warning where it is a statement. clang knows that of
 * functions only, which SK_KEEPER() defines for a type; gcc of whatever is not a call.
 */
#if defined(__clang__)
#define SK_KEEPER(type)                                                                    \
    static SK_ALWAYS_INLINE __attribute__((overloadable, unused, warn_unused_result)) type \
    sk_kept__(type value)                                                                  \
    {                                                                                      \
        return value;                                                                      \
    }
#define SK_KEPT(type, value) sk_kept__(value)
#else
#define SK_KEEPER(type)
#define SK_KEPT(type, value) (((struct { type kept__; }){.kept__ = value}).kept__)
#endif

/* The function exists once, not inlined or cloned: its labels' addresses mean one thing. */
#if defined(__clang__)
#define SK_ONE_BODY __attribute__((noinline))
#else
#define SK_ONE_BODY __attribute__((noinline, noclone))
#endif

/* Kept by the linker even if nothing seems to use it. */
#define SK_USED __attribute__((used))

/*
 * Objects compiled without -fexceptions lose their drops when a panic unwinds. They are marked,
 * and refused by programs that unwind (src/rt/unwind/link_check.sh). The mark takes no memory.
 */
#if !defined(__EXCEPTIONS) && defined(__ELF__)
__asm__(".pushsection .sk_no_exceptions, \"\"\n .popsection");
#endif

/*
 * Inlined whatever the optimiser thinks: for what must see its caller's constants. It has no
 * checks for undefined behaviour added, which come first and would hide them: such functions
 * say themselves what they require.
 */
#define SK_ALWAYS_INLINE inline __attribute__((always_inline, no_sanitize("undefined")))

/* A call that is left after optimisation is an error, which says text. */
#define SK_COMPILE_ERROR(text) __attribute__((error(text)))

/* Before a declaration: its use is an error, and the compiler says the text. */
#define SK_UNAVAILABLE(text) __attribute__((unavailable(text)))

/* Of a variable: it is set before it is read, so programs that fill locals do not fill it. */
#define SK_UNINITIALIZED __attribute__((uninitialized))

/* Of a function: its result must be used. */
#define SK_MUST_USE __attribute__((warn_unused_result))
