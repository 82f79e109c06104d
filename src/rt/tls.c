/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/tls.h>

#include <selkie/arch/rt/tls.h>

/* The parts of the ELF format that lead to the template. */
struct elf_header {
    uint8_t ident[16];
    uint16_t type;
    uint16_t machine;
    uint32_t version;
    uint64_t entry;
    uint64_t program_headers; /* offset from here */
    uint64_t section_headers;
    uint32_t flags;
    uint16_t header_size;
    uint16_t program_header_size;
    uint16_t program_header_count;
};

struct program_header {
    uint32_t type;
    uint32_t flags;
    uint64_t offset;
    uint64_t vaddr;
    uint64_t paddr;
    uint64_t file_size;
    uint64_t memory_size;
    uint64_t align;
};

enum { SEGMENT_TLS = 7 };

/* Every linker puts the ELF header at the start of the image, under this name. */
extern const struct elf_header __ehdr_start __attribute__((visibility("hidden")));

/* The template of the thread-local variables, or NULL if the program has none. */
static const struct program_header *find_template(void)
{
    const char *image = (const char *)&__ehdr_start;
    const struct program_header *header = (const void *)(image + __ehdr_start.program_headers);

    for (size_t i = 0; i < __ehdr_start.program_header_count; i++, header++) {
        if (header->type == SEGMENT_TLS) {
            return header;
        }
    }
    return NULL;
}

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
    const struct program_header *template = find_template();

    if (template == NULL) {
        return 0;
    }
    /* The room may start anywhere: up to align - 1 bytes go to waste before the header. */
    return round_up(template->align + block_offset(template) + template->memory_size, 16);
}

uintptr_t sk_tls_init(void *room)
{
    const struct program_header *template = find_template();

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
