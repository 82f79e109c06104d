/* SPDX-License-Identifier: BSD-2-Clause */
#include "unwind.h"

#include "../elf.h"

/* What "z" and other letters of a common entry's augmentation stand for. */
struct common {
    uint8_t address_encoding;
    uint8_t cleanups_encoding;
    bool has_size; /* the entries that refer to it have room for more than addresses */
};

/*
 * The index of the table, .eh_frame_hdr: a version, three encodings, the address of the table,
 * the count of its entries, and a sorted list of functions and their entries. Linkers write it
 * in one way only, and one that is otherwise is not used.
 */
struct index {
    uint8_t version;
    uint8_t table_encoding;
    uint8_t count_encoding;
    uint8_t list_encoding;
    int32_t table;
    uint32_t count;
    struct {
        int32_t start; /* both relative to the index */
        int32_t entry;
    } list[];
};

enum { INDEX_VERSION = 1, INDEX_COUNT_ENCODING = 0x03, INDEX_LIST_ENCODING = 0x3b };

static const struct index *find_index(void)
{
    const struct program_header *header = sk_elf_segment(SEGMENT_UNWIND_INDEX);
    const struct index *index = header != NULL ? (const void *)header->vaddr : NULL;

    if (index == NULL || index->version != INDEX_VERSION ||
        index->count_encoding != INDEX_COUNT_ENCODING ||
        index->list_encoding != INDEX_LIST_ENCODING) {
        return NULL;
    }
    return index;
}

/* The entry of the last function that starts at pc or before; NULL if none does. */
static const uint8_t *look_up(uintptr_t pc)
{
    const struct index *index = find_index();
    const char *base = (const char *)index;
    uint32_t low = 0;
    uint32_t high = index != NULL ? index->count : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if ((uintptr_t)(base + index->list[middle].start) <= pc) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low != 0 ? (const uint8_t *)(base + index->list[low - 1].entry) : NULL;
}

/* Read the part that entries share; false if its version is not known. */
static bool read_common(const uint8_t *at, struct unwind_entry *entry, struct common *ret)
{
    size_t size = sk_unwind_fixed(&at, 4, false);
    const char *letter;
    uint8_t encoding;

    entry->common_end = at + size;
    at += 4; /* the mark of a common entry */
    if (*at++ != 1) {
        return false;
    }
    letter = (const char *)at;
    while (*at++ != 0) {
    }
    entry->code_align = sk_unwind_uleb(&at);
    entry->data_align = sk_unwind_sleb(&at);
    entry->return_column = sk_unwind_uleb(&at);
    *ret = (struct common){.cleanups_encoding = UNWIND_OMITTED};
    for (; *letter != '\0'; letter++) {
        switch (*letter) {
        case 'z':
            ret->has_size = true;
            (void)sk_unwind_uleb(&at);
            break;
        case 'R':
            ret->address_encoding = *at++;
            break;
        case 'L':
            ret->cleanups_encoding = *at++;
            break;
        case 'P':
            encoding = *at++;
            entry->personality = sk_unwind_address(&at, encoding, 0);
            break;
        case 'S':
            entry->is_fault = true;
            break;
        default:
            return false;
        }
    }
    entry->common = at;
    return true;
}

bool sk_unwind_find(uintptr_t pc, struct unwind_entry *ret_entry)
{
    struct unwind_entry entry = {0};
    struct common common;
    const uint8_t *at = look_up(pc);

    if (at == NULL) {
        return false;
    }
    size_t size = sk_unwind_fixed(&at, 4, false);
    entry.own_end = at + size;
    const uint8_t *back = at; /* the distance to the common entry is from here */
    if (!read_common(back - sk_unwind_fixed(&at, 4, false), &entry, &common)) {
        return false;
    }
    entry.start = sk_unwind_address(&at, common.address_encoding, 0);
    entry.size = sk_unwind_address(&at, common.address_encoding & 0x0f, 0);
    if (common.has_size) {
        size_t more = sk_unwind_uleb(&at);
        const uint8_t *cleanups = at;

        at += more;
        if (common.cleanups_encoding != UNWIND_OMITTED) {
            entry.cleanups = sk_unwind_address(&cleanups, common.cleanups_encoding, 0);
        }
    }
    entry.own = at;
    *ret_entry = entry;
    return pc - entry.start < entry.size;
}
