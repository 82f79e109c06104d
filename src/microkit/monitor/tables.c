/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <stddef.h>

/* Are there count things of size bytes at offset, aligned to 8? */
static bool is_array(uint64_t whole, uint64_t offset, uint64_t count, uint64_t size)
{
    return offset % 8 == 0 && offset <= whole && count <= (whole - offset) / size;
}

static const char *check_symbols(const char *start, uint64_t size,
                                 const struct sk_monitor_domain *d)
{
    if (!is_array(size, d->symbols, d->symbol_count, sizeof(struct sk_monitor_symbol))) {
        return "a domain's symbols are not in the tables";
    }
    const struct sk_monitor_symbol *symbols = (const void *)(start + d->symbols);

    if (d->names > size || d->names_size > size - d->names) {
        return "a domain's names are not in the tables";
    }
    if (d->symbol_count != 0 &&
        (d->names_size == 0 || start[d->names + d->names_size - 1] != '\0')) {
        return "a domain's names do not end";
    }
    for (uint32_t i = 0; i < d->symbol_count; i++) {
        if (symbols[i].name >= d->names_size) {
            return "a symbol's name is not among the names";
        }
        if (i > 0 && symbols[i].address <= symbols[i - 1].address) {
            return "a domain's symbols are not in order";
        }
    }
    return NULL;
}

static const char *check_domain(const char *start, uint64_t size,
                                const struct sk_monitor_domain *d)
{
    if (d->name[SK_MICROKIT_NAME_SIZE - 1] != '\0') {
        return "a domain's name does not end";
    }
    if (d->stack_bottom > d->stack_top) {
        return "a domain's stack ends before it begins";
    }
    if (d->restart > SK_MONITOR_LIMITED) {
        return "a domain's restart policy is none";
    }
    if (d->restart == SK_MONITOR_LIMITED && d->restart_limit == 0) {
        return "a domain's number of restarts is 0";
    }
    return check_symbols(start, size, d);
}

const char *sk_monitor_tables_check(const void *start, uint64_t size, uint64_t state_size,
                                    struct tables *ret_tables)
{
    const struct sk_monitor_header *header = start;

    if ((uintptr_t)start % 8 != 0 || size < sizeof(*header)) {
        return "there are no tables";
    }
    if (header->magic != SK_MONITOR_MAGIC || header->version != SK_MONITOR_VERSION) {
        return "the tables are of another version";
    }
    if (header->size > size || !is_array(header->size, header->domains, header->domain_count,
                                         sizeof(struct sk_monitor_domain))) {
        return "the tables are cut off";
    }
    if (state_size / SK_MONITOR_STATE < header->domain_count) {
        return "there is no memory for the state";
    }
    *ret_tables = (struct tables){
        .start = start,
        .domains = (const void *)((const char *)start + header->domains),
        .domain_count = header->domain_count,
    };
    for (uint32_t i = 0; i < header->domain_count; i++) {
        const char *wrong = check_domain(start, header->size, &ret_tables->domains[i]);

        if (wrong != NULL) {
            return wrong;
        }
    }
    return NULL;
}
