/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4runtime.h>

#include <selkie/arch/rt/tls.h>
#include <selkie/rt/tls.h>

#include "args.h"

char const *sel4runtime_process_name(void)
{
    const char *name = sk_args.argc != 0 ? sk_args.argv[0] : "";

    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '/') {
            name = c + 1;
        }
    }
    return name;
}

char const *const *sel4runtime_argv(void)
{
    return (char const *const *)sk_args.argv;
}

int sel4runtime_argc(void)
{
    return sk_args.argc;
}

char const *const *sel4runtime_envp(void)
{
    return (char const *const *)sk_args.envp;
}

auxv_t const *sel4runtime_auxv(void)
{
    return (auxv_t const *)sk_args.aux;
}

seL4_BootInfo *sel4runtime_bootinfo(void)
{
    return (seL4_BootInfo *)sk_aux_value(sk_args.aux, AT_SEL4_BOOT_INFO, 0);
}

sel4runtime_uintptr_t sel4runtime_get_tls_base(void)
{
    return sk_arch_thread_pointer();
}

void sel4runtime_set_tls_base(sel4runtime_uintptr_t tls_base)
{
    sk_arch_thread_pointer_set(tls_base);
}

sel4runtime_size_t sel4runtime_get_tls_size(void)
{
    return sk_tls_size();
}

sel4runtime_size_t sel4runtime_get_tp_offset(void)
{
    return 0;
}

sel4runtime_uintptr_t sel4runtime_write_tls_image(void *tls_memory)
{
    return tls_memory != NULL ? sk_tls_init(tls_memory) : 0;
}

int sel4runtime_initial_tls_enabled(void)
{
    return 1;
}

sel4runtime_uintptr_t sel4runtime_move_initial_tls(void *tls_memory)
{
    if (tls_memory == NULL) {
        return 0;
    }
    seL4_IPCBuffer *ipc_buffer = seL4_GetIPCBuffer();
    uintptr_t thread_pointer = sk_tls_init(tls_memory);

    sk_arch_thread_pointer_set(thread_pointer);
    seL4_SetIPCBuffer(ipc_buffer);
    return thread_pointer;
}

int __sel4runtime_write_tls_variable(sel4runtime_uintptr_t dest_tls_base,
                                     unsigned char *local_tls_dest, unsigned char *src,
                                     sel4runtime_size_t bytes)
{
    size_t offset = (uintptr_t)local_tls_dest - sk_arch_thread_pointer();

    if (offset > sk_tls_size() || bytes > sk_tls_size() - offset) {
        return -1;
    }
    __builtin_memcpy((unsigned char *)dest_tls_base + offset, src, bytes);
    return 0;
}
