/* SPDX-License-Identifier: BSD-2-Clause */
#include "show.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "../../base/memory.h"

/* Names that the header has defined so far: two channels may lead to the same domain. */
struct names {
    struct arena arena;
    const char **name;
    size_t count;
};

/* A name inside a comment, which it cannot end. */
static const char *quoted(struct names *names, const char *text)
{
    char *copy = arena_printf(&names->arena, "%s", text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '*' ? '_' : *c;
    }
    return copy;
}

/* A name, or what follows one, as C has it: letters, digits and underscores. */
static char *identifier(struct names *names, const char *text)
{
    char *copy = arena_printf(&names->arena, "%s", text);

    for (char *c = copy; *c != '\0'; c++) {
        if (!isalnum((unsigned char)*c) || (unsigned char)*c > 127) {
            *c = '_';
        }
    }
    return copy;
}

static bool is_taken(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The name, with _2, _3 ... behind it if it has been used. */
static const char *unique(struct names *names, const char *name)
{
    const char *result = name;

    for (unsigned i = 2; is_taken(names, result); i++) {
        result = arena_printf(&names->arena, "%s_%u", name, i);
    }
    names->name[names->count++] = result;
    return result;
}

static void write_id(struct names *names, const char *domain, const char *what,
                     const char *whom, uint64_t id, const char *why, FILE *out)
{
    const char *name =
        arena_printf(&names->arena, "%s_%s_%s", domain, what, identifier(names, whom));

    fprintf(out, "    %s = %" PRIu64 ", /* %s */\n", unique(names, name), id, why);
}

static void write_channels(struct names *names, const struct sk_system *system,
                           const struct sk_system_domain *d, const char *domain, FILE *out)
{
    for (size_t i = 0; i < 2 * system->channel_count; i++) {
        const struct sk_system_end *end = &system->channels[i / 2].end[i % 2];
        const struct sk_system_end *other = &system->channels[i / 2].end[1 - i % 2];
        if (end->domain != d) {
            continue;
        }
        const char *why = arena_printf(&names->arena, "%s%s%s%s", end->pp.value ? "call, " : "",
                                       end->notify.value ? "notify, " : "",
                                       other->pp.value ? "is called, " : "",
                                       other->notify.value ? "is notified, " : "");
        size_t length = strlen(why);
        write_id(names, domain, "channel", other->domain->name.value, end->id.value,
                 length > 2 ? arena_printf(&names->arena, "%.*s", (int)length - 2, why)
                            : "nothing",
                 out);
    }
}

static void write_ids(struct names *names, const struct sk_system *system,
                      const struct sk_system_domain *d, const char *domain, FILE *out)
{
    fprintf(out, "enum {\n    %s = %" PRIu64 ",\n",
            unique(names, arena_printf(&names->arena, "%s_priority", domain)),
            d->priority.value);
    write_channels(names, system, d, domain, out);
    for (size_t i = 0; i < d->irq_count; i++) {
        write_id(names, domain, "irq",
                 arena_printf(&names->arena, "%" PRIu64, d->irqs[i].irq.value),
                 d->irqs[i].id.value, d->irqs[i].is_edge ? "edge" : "level", out);
    }
    for (size_t i = 0; i < d->child_count; i++) {
        write_id(names, domain, "child", d->children[i]->name.value, d->children[i]->id.value,
                 "child", out);
    }
    fprintf(out, "};\n");
}

/* A pointer to an array, so that sizeof says how large it is. */
static void write_maps(struct names *names, const struct sk_system_domain *d,
                       const char *domain, const uint64_t *region_size, FILE *out)
{
    for (size_t i = 0; i < d->map_count; i++) {
        const struct sk_system_map *m = &d->maps[i];
        const char *name = unique(names, arena_printf(&names->arena, "%s_%s", domain,
                                                      identifier(names, m->mr.value)));
        fprintf(out,
                "\n/* Region %s, %s%s%s. */\n"
                "#define %s ((%s%suint8_t(*)[0x%" PRIx64 "])0x%" PRIx64 "ull)\n",
                quoted(names, m->mr.value), m->perms & SK_SYSTEM_READ ? "r" : "",
                m->perms & SK_SYSTEM_WRITE ? "w" : "", m->perms & SK_SYSTEM_EXECUTE ? "x" : "",
                name, m->perms & SK_SYSTEM_WRITE ? "" : "const ",
                m->cached.value ? "" : "volatile ", region_size[m->region->index],
                m->vaddr.value);
    }
}

const char **sk_show_header_names(struct arena *arena, const struct sk_system *system)
{
    struct names names = {.name = arena_take(arena, system->domain_count * sizeof(char *))};

    for (size_t i = 0; i < system->domain_count; i++) {
        const char *name = unique(&names, identifier(&names, system->domains[i].name.value));
        names.name[i] = arena_printf(arena, "%s", name);
    }
    arena_fini(&names.arena);
    return names.name;
}

bool sk_show_header(const struct sk_system *system, const struct sk_system_domain *domain,
                    const uint64_t *region_size, FILE *out)
{
    struct names names = {0};
    size_t most =
        2 * system->channel_count + domain->irq_count + domain->child_count + domain->map_count;
    const char *name = arena_printf(&names.arena, "%s%s",
                                    isdigit((unsigned char)*domain->name.value) ? "_" : "",
                                    identifier(&names, domain->name.value));

    names.name = arena_take(&names.arena, (most + 1) * sizeof(names.name[0]));
    fprintf(out,
            "/* Written by selkie compose: what %s gives domain %s. */\n"
            "#pragma once\n\n#include <stdint.h>\n\n",
            quoted(&names, system->source->label), quoted(&names, domain->name.value));
    write_ids(&names, system, domain, name, out);
    write_maps(&names, domain, name, region_size, out);
    arena_fini(&names.arena);
    return fflush(out) == 0 && ferror(out) == 0;
}
