/*
 * The pointer to the IPC buffer. It is alone in its archive member, so that a program
 * that defines it itself links.
 *
 * The library comes in two flavours, with a pointer for each thread and with one for all
 * (lib/global-ipc). The section's name is for those who mix them: linkers say the section of a
 * variable that is thread-local on one side only, or the symbol that objects with one pointer
 * want.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/functions.h>
#include <selkie/config.h>

#define SECTION_1 ".tbss.compile_without_include_global-ipc_or_link_lib_global-ipc"
#define MARK_1    sk_ipc_buffer_is_thread_local
#define MARK_0    sk_compiled_with_include_global_ipc_so_link_lib_global_ipc
#define SECTION_0 ".bss.compile_with_include_global-ipc_or_link_lib_and_not_global-ipc"

#define PASTE(name, flavour)  name##_##flavour
#define CHOOSE(name, flavour) PASTE(name, flavour)
#define FLAVOURED(name)       CHOOSE(name, SK_CFG_LIB_SEL4_USE_THREAD_LOCALS)

__attribute__((section(FLAVOURED(SECTION))))
LIBSEL4_THREAD_LOCAL seL4_IPCBuffer *__sel4_ipc_buffer;

extern const char FLAVOURED(MARK);
const char FLAVOURED(MARK) = 0;
