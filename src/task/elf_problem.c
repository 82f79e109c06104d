/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/elf.h>

const char *sk_elf_problem_text(enum sk_elf_problem problem)
{
    static const char *const texts[SK_ELF_PROBLEMS] = {
        [SK_ELF_GOOD] = "is good",
        [SK_ELF_NO_HEADER] = "is too short for an ELF header",
        [SK_ELF_MAGIC] = "is no ELF file",
        [SK_ELF_CLASS] = "is not for 64 bits",
        [SK_ELF_ENCODING] = "is not little-endian",
        [SK_ELF_VERSION] = "is of an unknown version of ELF",
        [SK_ELF_TYPE] = "is no executable with fixed addresses",
        [SK_ELF_MACHINE] = "is for another machine",
        [SK_ELF_HEADER_SIZE] = "has a header of the wrong size",
        [SK_ELF_ENTRY_SIZE] = "has program headers of the wrong size",
        [SK_ELF_TABLE] = "has program headers outside of the file",
        [SK_ELF_DYNAMIC] = "needs a dynamic linker",
        [SK_ELF_STACK] = "needs an executable stack",
        [SK_ELF_NO_SEGMENT] = "has nothing to load",
        [SK_ELF_SEGMENT_COUNT] = "has too many segments",
        [SK_ELF_SEGMENT_FILE] = "has a segment outside of the file",
        [SK_ELF_SEGMENT_SIZE] = "has a segment with more bytes in the file than in memory",
        [SK_ELF_SEGMENT_ALIGN] = "has a segment that is not aligned as it says",
        [SK_ELF_SEGMENT_RANGE] = "has a segment that is not at a user's addresses",
        [SK_ELF_SEGMENT_RIGHTS] = "has a segment that cannot be read, or has unknown rights",
        [SK_ELF_WRITE_EXECUTE] = "has a segment that can be both written and executed",
        [SK_ELF_OVERLAP] = "has segments that overlap",
        [SK_ELF_SHARED_PAGE] = "has segments that share a page",
        [SK_ELF_ENTRY] = "has an entry that is not in its code",
        [SK_ELF_ENTRY_ALIGN] = "has an entry between two instructions",
        [SK_ELF_TLS_COUNT] = "has two templates of thread-local variables",
        [SK_ELF_TLS_SIZE] = "has a template of thread-local variables of the wrong size",
        [SK_ELF_TLS_ALIGN] = "has thread-local variables with an impossible alignment",
        [SK_ELF_TLS_PLACE] = "has a template of thread-local variables that is not loaded",
        [SK_ELF_NO_ROOM] = "leaves no addresses for a stack",
        [SK_ELF_STACK_FOR_TLS] = "has thread-local variables that take over half the stack",
    };

    return problem < SK_ELF_PROBLEMS ? texts[problem] : "is wrong in an unknown way";
}
