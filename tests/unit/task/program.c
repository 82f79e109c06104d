/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"

#include <stdlib.h>
#include <string.h>

#include <selkie/arch/task/elf.h>

static Elf64_Phdr segment(unsigned n, unsigned flags, uint64_t memory_size)
{
    uint64_t offset = offsetof(struct program, bytes) + n * PROGRAM_BYTES;

    return (Elf64_Phdr){
        .p_type = PT_LOAD,
        .p_flags = flags,
        .p_offset = offset,
        .p_vaddr = PROGRAM_VADDR + n * 0x1000 + offset,
        .p_filesz = PROGRAM_BYTES,
        .p_memsz = memory_size,
        .p_align = 0x1000,
    };
}

void program_init(struct program *p)
{
    *p = (struct program){
        .header =
            {
                .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
                            EV_CURRENT},
                .e_type = ET_EXEC,
                .e_machine = EM_AARCH64,
                .e_version = EV_CURRENT,
                .e_phoff = offsetof(struct program, segment),
                .e_ehsize = sizeof(Elf64_Ehdr),
                .e_phentsize = sizeof(Elf64_Phdr),
                .e_phnum = PROGRAM_HEADERS,
            },
        .segment = {segment(PROGRAM_CODE, PF_R | PF_X, PROGRAM_BYTES),
                    segment(PROGRAM_CONSTANTS, PF_R, PROGRAM_BYTES),
                    segment(PROGRAM_DATA, PF_R | PF_W, PROGRAM_BYTES + PROGRAM_BSS),
                    {.p_type = PT_TLS, .p_flags = PF_R, .p_align = 16},
                    {.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W}},
    };
    p->header.e_entry = p->segment[PROGRAM_CODE].p_vaddr + 0x40;
    p->segment[PROGRAM_TLS].p_vaddr = p->segment[PROGRAM_DATA].p_vaddr;
    p->segment[PROGRAM_TLS].p_filesz = 0x20;
    p->segment[PROGRAM_TLS].p_memsz = 0x48;
    for (size_t i = 0; i < sizeof(p->bytes); i++) {
        ((uint8_t *)p->bytes)[i] = (uint8_t)(i * 7 + 1);
    }
}

enum sk_elf_problem program_check(const struct program *p, size_t size,
                                  struct sk_elf_program *ret_elf)
{
    uint8_t *copy = malloc(size + 1); /* malloc(0) may be null */

    if (copy == NULL) {
        abort();
    }
    /* Behind a byte, so that it is not aligned; the sanitizer sees the first byte too many. */
    memcpy(copy + 1, p, size);
    enum sk_elf_problem problem = sk_elf_check(copy + 1, size, &sk_arch_elf_machine, ret_elf);
    free(copy);
    return problem;
}
