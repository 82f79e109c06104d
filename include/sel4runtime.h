/*
 * The interface of seL4's own C runtime, for programs that were written for it. They need no
 * change: link them with rt.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <sel4runtime/auxv.h>

typedef uintptr_t sel4runtime_uintptr_t;
typedef size_t sel4runtime_size_t;

/* The last part of argv[0], and what main() was given. */
char const *sel4runtime_process_name(void);
char const *const *sel4runtime_argv(void);
int sel4runtime_argc(void);
char const *const *sel4runtime_envp(void);
auxv_t const *sel4runtime_auxv(void);

/* NULL in tasks that were given none. */
seL4_BootInfo *sel4runtime_bootinfo(void);

/* The thread pointer of the calling thread. */
sel4runtime_uintptr_t sel4runtime_get_tls_base(void);
void sel4runtime_set_tls_base(sel4runtime_uintptr_t tls_base);

/*
 * TLS of another thread: room of sel4runtime_get_tls_size() bytes, whatever its alignment, is
 * laid out by sel4runtime_write_tls_image(), whose result is the thread pointer.
 */
sel4runtime_size_t sel4runtime_get_tls_size(void);
sel4runtime_size_t sel4runtime_get_tp_offset(void);
sel4runtime_uintptr_t sel4runtime_write_tls_image(void *tls_memory);

/* The first thread's TLS is on its stack and always there; it can be moved all the same. */
int sel4runtime_initial_tls_enabled(void);
sel4runtime_uintptr_t sel4runtime_move_initial_tls(void *tls_memory);

/* Set another thread's copy of a thread-local variable. */
#define sel4runtime_set_tls_variable(thread_pointer, variable, value)                    \
    ({                                                                                   \
        __typeof__(variable) value__ = (value);                                          \
        __sel4runtime_write_tls_variable((thread_pointer), (unsigned char *)&(variable), \
                                         (unsigned char *)&value__, sizeof(value__));    \
    })

/* The same for size bytes; 0, or -1 if local is not a thread-local variable. */
int __sel4runtime_write_tls_variable(sel4runtime_uintptr_t dest_tls_base,
                                     unsigned char *local_tls_dest, unsigned char *src,
                                     sel4runtime_size_t bytes);

/*
 * The end: when main() returns, or sel4runtime_exit() is called, the function set by
 * sel4runtime_set_pre_exit() may change the status, destructors run, and the function set by
 * sel4runtime_set_exit() ends the program; if it returns, rt does. Both give the old function.
 */
typedef int sel4runtime_pre_exit_cb(int code);
typedef void sel4runtime_exit_cb(int code);
sel4runtime_pre_exit_cb *sel4runtime_set_pre_exit(sel4runtime_pre_exit_cb *cb);
sel4runtime_exit_cb *sel4runtime_set_exit(sel4runtime_exit_cb *cb);
void sel4runtime_exit(int code);
