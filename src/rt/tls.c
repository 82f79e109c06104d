/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/tls.h>

#include <selkie/arch/rt/tls.h>

#include "elf.h"

/* From the thread pointer to the variables: past the header, aligned as the template is. */
static size_t block_offset(const struct program_header *template)
{
    return SK_ARCH_TLS_HEADER_SIZE +
           ((template->vaddr - SK_ARCH_TLS_HEADER_SIZE) & (template->align - 1));
}

static uintptr_t round_up(uintptr_t value, size_t align)
{
    return (value + align - 1) & -align;
}

size_t sk_tls_size(void)
{
    const struct program_header *template = sk_elf_segment(SEGMENT_TLS);

    if (template == NULL) {
        return 0;
    }
    /* The room may start anywhere: up to align - 1 bytes go to waste before the header. */
    return round_up(template->align + block_offset(template) + template->memory_size, 16);
}

uintptr_t sk_tls_init(void *room)
{
    const struct program_header *template = sk_elf_segment(SEGMENT_TLS);

    if (template == NULL) {
        return 0;
    }
    uintptr_t thread_pointer = round_up((uintptr_t)room, template->align);
    char *block = (char *)thread_pointer + block_offset(template);

    __builtin_memcpy(block, (const void *)template->vaddr, template->file_size);
    __builtin_memset(block + template->file_size, 0,
                     template->memory_size - template->file_size);
    return thread_pointer;
}
