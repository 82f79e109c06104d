/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <inttypes.h>
#include <string.h>

enum { NAME_SIZE = SK_MICROKIT_NAME_SIZE };

/* The domain's name for messages, and those of its files. */
static const char *name_of(const struct sk_lower *lower, unsigned index)
{
    return lower->system->domains[index].name.value;
}

/* Find a symbol that has size bytes in the program. False: an error was added. */
static bool find(struct sk_lower *lower, unsigned index, const char *name, uint64_t size,
                 struct place at, struct sk_symbol *ret_symbol)
{
    const struct sk_program *symbols = &lower->symbols[index];

    if (!sk_program_symbol(symbols, name, ret_symbol)) {
        diag_error(
            lower->diag, at,
            arena_printf(&lower->model->arena, "add to the program: uintptr_t %s;", name),
            "domain '%s': its program %s has no symbol '%s'", name_of(lower, index),
            symbols->path, name);
        return false;
    }
    if (ret_symbol->size != size) {
        diag_error(lower->diag, at,
                   arena_printf(&lower->model->arena,
                                "the variable must be one of %" PRIu64 " bytes", size),
                   "domain '%s': symbol '%s' of %s has %" PRIu64 " bytes, not %" PRIu64,
                   name_of(lower, index), name, symbols->path, ret_symbol->size, size);
        return false;
    }
    if (!sk_program_has(&lower->program[index], ret_symbol->vaddr, size)) {
        diag_error(lower->diag, at, "path and path_for_symbols must be of the same program",
                   "domain '%s': symbol '%s' at 0x%" PRIx64 " is in no segment of %s",
                   name_of(lower, index), name, ret_symbol->vaddr, lower->program[index].path);
        return false;
    }
    return true;
}

static void put(struct sk_lower *lower, unsigned index, const char *name, const void *value,
                uint64_t size, struct place at)
{
    struct sk_symbol symbol;

    if (find(lower, index, name, size, at, &symbol)) {
        sk_program_write(&lower->model->arena, &lower->program[index], symbol.vaddr, value,
                         size);
    }
}

/* A library's own variable. */
static void put_word(struct sk_lower *lower, unsigned index, const char *name, uint64_t value)
{
    put(lower, index, name, &value, sizeof(value), lower->system->domains[index].image.at);
}

/* What every libmicrokit has. One that is missing tells that all are. */
static bool has_library(struct sk_lower *lower, unsigned index)
{
    static const char *const name[] = {"microkit_name", "microkit_passive",
                                       "microkit_irqs", "microkit_notifications",
                                       "microkit_pps",  "microkit_ioports"};
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *symbols = &lower->symbols[index];
    bool is_separate = d->image_for_symbols.value != NULL;
    struct sk_symbol symbol;

    for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
        if (!sk_program_symbol(symbols, name[i], &symbol)) {
            diag_error(lower->diag, is_separate ? d->image_for_symbols.at : d->image.at,
                       symbols->symbol_count == 0
                           ? "link it without -s, or name the file as it was before strip: "
                             "path_for_symbols=\"...\""
                           : "link it with -lmicrokit",
                       "element 'program_image', attribute '%s': %s has no symbol%s%s%s",
                       is_separate ? "path_for_symbols" : "path", symbols->path,
                       symbols->symbol_count == 0 ? "s" : " '",
                       symbols->symbol_count == 0 ? "" : name[i],
                       symbols->symbol_count == 0 ? "" : "'");
            return false;
        }
    }
    return true;
}

/* Such files have variables of ours. */
bool sk_lower_is_ours(const struct sk_lower *lower, unsigned index)
{
    struct sk_symbol symbol;

    return sk_program_symbol(&lower->symbols[index], "sk_microkit_extension", &symbol);
}

/* The version is in the file; everything else is written. */
static void put_extension(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_microkit_extension *extension = &lower->domain[index].extension;
    struct sk_symbol symbol;

    if (!find(lower, index, "sk_microkit_extension", sizeof(*extension), d->image.at,
              &symbol)) {
        return;
    }
    sk_program_read(&lower->program[index], symbol.vaddr, &extension->version,
                    sizeof(extension->version));
    if (extension->version != SK_MICROKIT_EXTENSION_VERSION) {
        diag_error(lower->diag, d->image.at, "link it with the libmicrokit of this SDK",
                   "domain '%s': %s was linked with another version of libmicrokit (%u)",
                   d->name.value, lower->symbols[index].path, extension->version);
        return;
    }
    sk_program_write(&lower->model->arena, &lower->program[index], symbol.vaddr, extension,
                     sizeof(*extension));
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
    put_word(lower, index, "microkit_notifications", domain->plain_notifications);
    put_word(lower, index, "microkit_pps", domain->plain_calls);
    put_word(lower, index, "microkit_irqs", irqs);
    put_word(lower, index, "microkit_ioports", 0);
    if (sk_lower_is_ours(lower, index)) {
        put_extension(lower, index);
    } else if (!is_empty(&domain->extension) || domain->is_called_beyond) {
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
    /* With other libraries 1 means to tell the monitor, and none has to be told anything. */
    uint8_t is_passive = d->passive.value && sk_lower_is_ours(lower, index);
    char name[NAME_SIZE] = {0};

    if (!has_library(lower, index)) {
        return;
    }
    memcpy(name, d->name.value, strnlen(d->name.value, NAME_SIZE - 1));
    put(lower, index, "microkit_name", name, NAME_SIZE, d->image.at);
    put(lower, index, "microkit_passive", &is_passive, 1, d->image.at);
    put_channels(lower, index);
    for (size_t i = 0; i < d->setvar_count; i++) {
        const struct sk_system_setvar *v = &d->setvars[i];
        uint64_t value = value_of(lower, v);
        put(lower, index, v->symbol.value, &value, sizeof(value), v->symbol.at);
    }
}
