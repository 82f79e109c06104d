/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <inttypes.h>
#include <string.h>

enum { NAME_SIZE = 64, WORD_SIZE = 8 };

/* Where the symbol of that name is in the program, or NULL: an error was added. */
static uint8_t *symbol_at(struct sk_lower *lower, unsigned index, const char *name,
                          uint64_t size, struct place at)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_symbol symbol;

    if (!sk_program_symbol(&lower->symbols[index], name, &symbol)) {
        diag_error(
            lower->diag, at,
            arena_printf(&lower->model->arena, "add to the program: uintptr_t %s;", name),
            "domain '%s': its program %s has no symbol '%s'", d->name.value,
            lower->symbols[index].path, name);
        return NULL;
    }
    if (symbol.size != size) {
        diag_error(lower->diag, at, "the variable must be of that size",
                   "domain '%s': symbol '%s' of %s has %" PRIu64 " bytes, not %" PRIu64,
                   d->name.value, name, lower->symbols[index].path, symbol.size, size);
        return NULL;
    }
    uint8_t *bytes = sk_program_at(&lower->program[index], symbol.vaddr, size);
    if (bytes == NULL) {
        diag_error(lower->diag, at, "path and path_for_symbols must be of the same program",
                   "domain '%s': symbol '%s' at 0x%" PRIx64 " is in no segment of %s",
                   d->name.value, name, symbol.vaddr, lower->program[index].path);
    }
    return bytes;
}

/* A library's own symbols: what is missing is told in another way. */
static uint8_t *library_symbol(struct sk_lower *lower, unsigned index, const char *name,
                               uint64_t size)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_symbol symbol;

    if (!sk_program_symbol(&lower->symbols[index], name, &symbol)) {
        diag_error(lower->diag, d->image.at, "link it with -lmicrokit",
                   "element 'program_image', attribute 'path': %s has no symbol '%s'",
                   lower->symbols[index].path, name);
        return NULL;
    }
    return symbol_at(lower, index, name, size, d->image.at);
}

static void put_word(uint8_t *to, uint64_t value)
{
    if (to != NULL) {
        memcpy(to, &value, sizeof(value));
    }
}

/* Files that were linked with our libmicrokit have variables of ours. */
static bool is_ours(const struct sk_lower *lower, unsigned index)
{
    struct sk_symbol symbol;

    return sk_program_symbol(&lower->symbols[index], "sk_microkit_extension", &symbol);
}

/* The version is in the file; everything else is written. */
static void put_extension(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_microkit_extension *extension = &lower->domain[index].extension;
    uint8_t *to = library_symbol(lower, index, "sk_microkit_extension", sizeof(*extension));

    if (to == NULL) {
        return;
    }
    memcpy(&extension->version, to, sizeof(extension->version));
    if (extension->version != SK_MICROKIT_EXTENSION_VERSION) {
        diag_error(lower->diag, d->image.at, "link it with the libmicrokit of this SDK",
                   "domain '%s': %s was linked with another version of libmicrokit (%u)",
                   d->name.value, lower->symbols[index].path, extension->version);
        return;
    }
    memcpy(to, extension, sizeof(*extension));
}

static bool is_empty(const struct sk_microkit_extension *extension)
{
    static const struct sk_microkit_extension nothing;
    struct sk_microkit_extension copy = *extension;

    copy.version = 0;
    return memcmp(&copy, &nothing, sizeof(copy)) == 0;
}

/* Which of its channels a domain may use, as bit masks. */
static void put_channels(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_lowered_domain *domain = &lower->domain[index];
    uint64_t irqs = 0;

    for (size_t i = 0; i < d->irq_count; i++) {
        irqs |= (uint64_t)1 << d->irqs[i].id.value;
    }
    put_word(library_symbol(lower, index, "microkit_notifications", WORD_SIZE),
             domain->plain_notifications);
    put_word(library_symbol(lower, index, "microkit_pps", WORD_SIZE), domain->plain_calls);
    put_word(library_symbol(lower, index, "microkit_irqs", WORD_SIZE), irqs);
    put_word(library_symbol(lower, index, "microkit_ioports", WORD_SIZE), 0);
    if (is_ours(lower, index)) {
        put_extension(lower, index);
    } else if (!is_empty(&domain->extension)) {
        diag_error(lower->diag, d->image.at, "link it with the libmicrokit of this SDK",
                   "domain '%s' has channels beyond 61, which %s cannot use", d->name.value,
                   lower->symbols[index].path);
    }
}

static uint64_t value_of(const struct sk_lower *lower, const struct sk_system_setvar *v)
{
    switch (v->kind) {
    case SK_SYSTEM_SETVAR_REGION_PADDR:
        return v->region->phys_addr.value;
    case SK_SYSTEM_SETVAR_VADDR:
        return v->map->vaddr.value;
    case SK_SYSTEM_SETVAR_SIZE:
        return lower->region_size[v->region->index];
    case SK_SYSTEM_SETVAR_PREFILL_SIZE:
        return lower->prefill[v->region->index].size;
    case SK_SYSTEM_SETVAR_ID:
    case SK_SYSTEM_SETVAR_IOPORT_ADDR:
        break;
    }
    return v->value;
}

void sk_lower_patch(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    uint8_t *name = library_symbol(lower, index, "microkit_name", NAME_SIZE);
    uint8_t *passive = library_symbol(lower, index, "microkit_passive", 1);

    if (name != NULL) {
        memset(name, 0, NAME_SIZE);
        memcpy(name, d->name.value, strnlen(d->name.value, NAME_SIZE - 1));
    }
    if (passive != NULL) {
        *passive =
            0; /* nothing to do at run time: the initialiser has bound what it waits with */
    }
    put_channels(lower, index);
    for (size_t i = 0; i < d->setvar_count; i++) {
        const struct sk_system_setvar *v = &d->setvars[i];
        put_word(symbol_at(lower, index, v->symbol.value, WORD_SIZE, v->symbol.at),
                 value_of(lower, v));
    }
}
