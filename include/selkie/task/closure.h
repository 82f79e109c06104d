/*
 * Closures: functions with an argument of their own type, to be called by another thread.
 *
 *     struct sum {
 *         const int *from;
 *         size_t count;
 *         long *to;
 *     };
 *
 *     SK_CLOSURE(add_up, struct sum, sum)
 *     {
 *         for (size_t i = 0; i < sum->count; i++) {
 *             *sum->to += sum->from[i];
 *         }
 *     }
 *     ...
 *     SK_TRY(sk_closure_start(add_up, ((struct sum){numbers, 9, &total}), &options, &thread));
 *
 * The argument is copied, so it may go when the call returns; the function gets a pointer to
 * the copy. An argument of another type does not compile, nor one that is aligned to more than
 * SK_CLOSURE_ALIGN bytes. A pool of threads takes closures too: selkie/task/thread_pool.h.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/thread.h>

/* How a thread's copy of an argument is aligned, as its stack is. */
#define SK_CLOSURE_ALIGN 16

/* Define a closure, whose body follows. type is one word, or struct x; param points to one. */
#define SK_CLOSURE(name, type, param)               \
    typedef __typeof__(type) name##_arg__;          \
    static void name##_body__(name##_arg__ *param); \
    static void name##_enter__(void *arg)           \
    {                                               \
        name##_body__(arg);                         \
    }                                               \
    static void name##_body__(name##_arg__ *param)

/*
 * Start a thread that calls a closure. Everything else is as sk_thread_start() says, errors
 * included; the options' arg_size is not looked at.
 */
#define sk_closure_start(name, arg, options, ret_thread)                   \
    ({                                                                     \
        name##_arg__ arg__ = (arg);                                        \
        struct sk_thread_options options__ = *(options);                   \
                                                                           \
        _Static_assert(_Alignof(name##_arg__) <= SK_CLOSURE_ALIGN,         \
                       "a closure's argument is aligned too much");        \
        options__.arg_size = sizeof(arg__);                                \
        sk_thread_start(name##_enter__, &arg__, &options__, (ret_thread)); \
    })
