/*
 * Images that were packed before: are they, and is all of them there?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "packed.h"

#include <elf.h>
#include <inttypes.h>
#include <string.h>

#include "image.h"

static const char again[] = "make it again, or copy all of it";

/* No file is larger. */
#define SIZE_MAX_OF_FILE (1ull << 32)

static bool is_elf(const struct sk_image_file *file)
{
    return file->size >= sizeof(Elf64_Ehdr) && memcmp(file->data, ELFMAG, SELFMAG) == 0;
}

/* The plan is behind the loader's header, and that where the file's first segment is. */
static uint64_t plan_offset(const struct sk_image_file *file)
{
    Elf64_Phdr first = {0};

    if (is_elf(file) && file->size >= sizeof(Elf64_Ehdr) + sizeof(first)) {
        memcpy(&first, file->data + sizeof(Elf64_Ehdr), sizeof(first));
    }
    return first.p_offset < SIZE_MAX_OF_FILE ? first.p_offset + SK_BOOT_PLAN_OFFSET : 0;
}

bool sk_image_is_packed(const struct sk_image_file *file)
{
    uint64_t magic = SK_BOOT_PLAN_MAGIC, at = plan_offset(file);

    return at < file->size && file->size - at > sizeof(magic) &&
           memcmp(file->data + at, &magic, sizeof(magic)) == 0;
}

/* The bytes up to the end of the last segment; 0: the headers make no sense. */
static uint64_t size_of_elf(const struct sk_image_file *file)
{
    Elf64_Ehdr header;
    uint64_t size = 0;

    memcpy(&header, file->data, sizeof(header));
    if (header.e_phoff != sizeof(header) || header.e_phentsize != sizeof(Elf64_Phdr) ||
        sizeof(header) + header.e_phnum * sizeof(Elf64_Phdr) > file->size) {
        return 0;
    }
    for (unsigned i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr p;
        memcpy(&p, file->data + sizeof(header) + i * sizeof(p), sizeof(p));
        if (p.p_offset >= SIZE_MAX_OF_FILE || p.p_filesz >= SIZE_MAX_OF_FILE) {
            return 0;
        }
        size = p.p_offset + p.p_filesz > size ? p.p_offset + p.p_filesz : size;
    }
    return size;
}

/* The root task's end, but for zeros that the loader writes; 0: that is not where it can be. */
static uint64_t size_of_binary(const struct sk_image_file *file,
                               const struct sk_boot_plan *plan)
{
    struct arm64_header header;
    uint64_t end = plan->user_paddr_end;

    memcpy(&header, file->data, sizeof(header));
    for (uint32_t i = 0; i < plan->zero_count; i++) {
        const struct sk_boot_zero *zero = &plan->zero[i];
        if (zero->paddr + zero->size == plan->user_paddr_end) {
            end = zero->paddr;
        }
    }
    uint64_t size = end - (plan->ram_paddr + header.text_offset);
    return size < SIZE_MAX_OF_FILE ? size : 0;
}

bool sk_image_check(const struct sk_image_file *file, struct sk_image_problem *ret_problem)
{
    uint64_t at = plan_offset(file);
    struct sk_boot_plan plan;

    if (file->size - at < sizeof(plan)) {
        return sk_image_refuse(ret_problem, again, "%s: the image is cut off after %zu bytes",
                               file->name, file->size);
    }
    memcpy(&plan, file->data + at, sizeof(plan));
    if (plan.version != SK_BOOT_PLAN_VERSION) {
        return sk_image_refuse(ret_problem, "make it again with this SDK",
                               "%s: the image is of another version (%u, not %u)", file->name,
                               plan.version, SK_BOOT_PLAN_VERSION);
    }
    uint64_t size = plan.zero_count > SK_BOOT_ZERO_MAX ? 0
                    : is_elf(file)                     ? size_of_elf(file)
                                                       : size_of_binary(file, &plan);
    if (size == 0) {
        return sk_image_refuse(ret_problem, again, "%s: the image is damaged", file->name);
    }
    if (file->size < size) {
        return sk_image_refuse(ret_problem, again,
                               "%s: the image is cut off after %zu of %" PRIu64 " bytes",
                               file->name, file->size, size);
    }
    return true;
}
