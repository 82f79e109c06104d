/*
 * The pointer to the IPC buffer. It is alone in its archive member, so that a program
 * that defines it itself links.
 *
 * The library comes in two flavours, with a pointer for each thread (lib/thread-ipc of the SDK)
 * and with one for all. The section's name is for those who mix them: linkers say the section
 * of a variable that is thread-local on one side only, or the symbol that objects with one
 * pointer want.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/functions.h>
#include <selkie/config.h>

#define SECTION_1 ".tbss.compile_with_include_thread-ipc_or_link_lib_and_not_thread-ipc"
#define MARK_1    sk_ipc_buffer_is_thread_local
#define MARK_0    sk_compiled_without_include_thread_ipc_so_link_lib_without_it
#define SECTION_0 ".bss.compile_without_include_thread-ipc_or_link_lib_thread-ipc"

#define PASTE(name, flavour)  name##_##flavour
#define CHOOSE(name, flavour) PASTE(name, flavour)
#define FLAVOURED(name)       CHOOSE(name, SK_CFG_LIB_SEL4_USE_THREAD_LOCALS)

__attribute__((section(FLAVOURED(SECTION))))
LIBSEL4_THREAD_LOCAL seL4_IPCBuffer *__sel4_ipc_buffer;

extern const char FLAVOURED(MARK);
const char FLAVOURED(MARK) = 0;
