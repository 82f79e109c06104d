/*
 * Programs as ELF files: checked as a whole before anything is made of them, and counted.
 *
 * sk_elf_check() reads a file's headers once, into a struct sk_elf_program, and refuses what
 * could not be run as it says: afterwards no sum of its numbers overflows, every byte to be
 * loaded is in the file, and no page is asked for twice or is both written and executed.
 * Nothing is trusted, and nothing outside the file's bytes is read. sk_elf_needs() then says
 * what a process of this program takes, to the page and to the slot: the same function counts
 * for `selkie size --needs` on the host and for sk_process_spawn().
 *
 * It is plain C, without seL4's headers: tools use it as it is.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/attr.h>

/* The most segments that are loaded. */
#define SK_ELF_SEGMENTS 16

/* Levels of page tables below the VSpace's own. */
#define SK_ELF_TABLE_LEVELS 3

/* What the checks must know of a machine: sk_arch_elf_machine of <selkie/arch/task/elf.h>. */
struct sk_elf_machine {
    uint64_t user_end;                       /* the first address that is not for users */
    uint16_t number;                         /* as ELF numbers machines */
    uint8_t code_align;                      /* bytes; of each instruction */
    uint8_t page_bits;                       /* log2 of the smallest page's bytes */
    uint8_t table_bits[SK_ELF_TABLE_LEVELS]; /* of what a table of each level maps */
    uint8_t vspace_bits;                     /* of the objects of a process */
    uint8_t tcb_bits;
    uint8_t sched_context_bits;
    uint8_t slot_bits;
};

/* What is wrong with a file. Each is one test of tests/unit/task/elf. */
enum SK_NODISCARD sk_elf_problem {
    SK_ELF_GOOD = 0,
    SK_ELF_NO_HEADER,      /* the file is shorter than a header */
    SK_ELF_MAGIC,          /* it is no ELF file */
    SK_ELF_CLASS,          /* not of 64 bits */
    SK_ELF_ENCODING,       /* not little-endian */
    SK_ELF_VERSION,        /* not version 1 */
    SK_ELF_TYPE,           /* not an executable with fixed addresses */
    SK_ELF_MACHINE,        /* for another machine */
    SK_ELF_HEADER_SIZE,    /* its header has not the size that it should have */
    SK_ELF_ENTRY_SIZE,     /* nor have its program headers */
    SK_ELF_TABLE,          /* the program headers are not in the file */
    SK_ELF_DYNAMIC,        /* it wants a dynamic linker */
    SK_ELF_STACK,          /* it wants an executable stack */
    SK_ELF_NO_SEGMENT,     /* nothing is to be loaded */
    SK_ELF_SEGMENT_COUNT,  /* more segments than SK_ELF_SEGMENTS */
    SK_ELF_SEGMENT_FILE,   /* a segment's bytes are not in the file */
    SK_ELF_SEGMENT_SIZE,   /* more bytes in the file than in memory */
    SK_ELF_SEGMENT_ALIGN,  /* no power of two, or address and offset differ by it */
    SK_ELF_SEGMENT_RANGE,  /* page 0, beyond the user's addresses, or round the end */
    SK_ELF_SEGMENT_RIGHTS, /* no right to read, or one that is not known */
    SK_ELF_WRITE_EXECUTE,  /* both written and executed */
    SK_ELF_OVERLAP,        /* two segments have an address in common */
    SK_ELF_SHARED_PAGE,    /* two segments have a page in common */
    SK_ELF_ENTRY,          /* the entry is not in an executable segment's bytes */
    SK_ELF_ENTRY_ALIGN,    /* the entry is between two instructions */
    SK_ELF_TLS_COUNT,      /* two templates of thread-local variables */
    SK_ELF_TLS_SIZE,       /* the template has more bytes than the variables */
    SK_ELF_TLS_ALIGN,      /* no power of two, or more than a page */
    SK_ELF_TLS_PLACE,      /* the template is not in a segment's bytes */
    SK_ELF_NO_ROOM,        /* there are no addresses left for stack and IPC buffer */
    SK_ELF_STACK_FOR_TLS,  /* thread-local variables take over half the stack */
    SK_ELF_PROBLEMS,       /* how many there are */
};

enum sk_elf_rights { SK_ELF_EXECUTE = 1, SK_ELF_WRITE = 2, SK_ELF_READ = 4 };

struct sk_elf_segment {
    uint64_t vaddr;
    uint64_t size;   /* bytes in memory; those that are not in the file are zero */
    uint64_t offset; /* in the file */
    uint64_t file_size;
    unsigned rights; /* SK_ELF_* */
};

/* A program that is good. */
struct sk_elf_program {
    uint64_t entry;
    uint64_t tls_size; /* of a thread's variables, with their alignment; 0: there are none */
    unsigned segment_count;
    struct sk_elf_segment segment[SK_ELF_SEGMENTS]; /* by ascending address, never empty */
};

/*
 * Check size bytes at file. All is well if the result is SK_ELF_GOOD; *ret_elf is written only
 * then. The file need not be aligned, and may change afterwards: what was checked is copied.
 */
enum sk_elf_problem sk_elf_check(const void *file, size_t size,
                                 const struct sk_elf_machine *machine,
                                 struct sk_elf_program *ret_elf);

/* What a problem is, as the end of a sentence that begins with the file's name. */
const char *sk_elf_problem_text(enum sk_elf_problem problem);

/* --- what a process of it takes */

/* What is chosen when a process is made; zeros are not choices here. */
struct sk_elf_plan {
    uint64_t stack_size;   /* bytes, whole pages, without the guard */
    unsigned cnode_bits;   /* log2 of the slots of its CSpace */
    unsigned untyped_bits; /* of untyped memory of its own; 0: none */
    bool has_sched_context;
};

/* Where things lie that the file does not say: behind its segments, with pages between. */
struct sk_elf_place {
    uint64_t stack; /* the lowest address; the guard is the page below */
    uint64_t stack_end;
    uint64_t ipc_buffer; /* a page */
};

/* SK_ELF_NO_ROOM if there is no such place, SK_ELF_STACK_FOR_TLS if the stack is too small. */
enum sk_elf_problem sk_elf_place(const struct sk_elf_program *elf,
                                 const struct sk_elf_machine *machine,
                                 const struct sk_elf_plan *plan,
                                 struct sk_elf_place *ret_place);

struct sk_elf_needs {
    uint64_t code_pages; /* of the file's segments */
    uint64_t read_only_pages;
    uint64_t writable_pages;
    uint64_t stack_pages;
    uint64_t pages;   /* all, with the IPC buffer */
    uint64_t tables;  /* page tables below the VSpace */
    uint64_t objects; /* all: pages, tables, VSpace, CNode, TCB, scheduling context, untyped */
    uint64_t slots;   /* of its parent's: one for each object and for its fault endpoint */
    uint64_t bytes;   /* of untyped memory */
};

/* Count for a plan that sk_elf_place() found a place for. */
void sk_elf_needs(const struct sk_elf_program *elf, const struct sk_elf_machine *machine,
                  const struct sk_elf_plan *plan, const struct sk_elf_place *place,
                  struct sk_elf_needs *ret_needs);
