/* SPDX-License-Identifier: BSD-2-Clause */
#include "operation.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sel4/config.h>
#include <sel4/invocation.h>
#include <selkie/gen/invocations.h>

#define NAME(label, kind, words, caps) [label] = #label,
static const char *const label_names[] = {SK_INVOCATIONS(NAME)};
#undef NAME

static const char *const kind_names[] = {
    [OPERATION_SYSCALL] = "sys", [OPERATION_TIME] = "time",   [OPERATION_IRQ] = "irq",
    [OPERATION_FAULT] = "fault", [OPERATION_BREAK] = "break",
};
#define KINDS (sizeof(kind_names) / sizeof(*kind_names))

const char *operation_label_name(uint64_t label)
{
    bool is_known = label < sizeof(label_names) / sizeof(*label_names) && label_names[label];

    return is_known ? label_names[label] : "";
}

/* A field of an operation: a name and consecutive words. */
struct field {
    const char *name;
    uint64_t *words;
    unsigned count;
};

#define FIELDS 9u

static void fields_of(struct operation *o, struct field fields[FIELDS])
{
    const struct field all[FIELDS] = {
        {"cptr", &o->cptr, 1},
        {"label", &o->label, 1},
        {"length", &o->length, 1},
        {"caps", &o->cap_count, 1},
        {"reply", &o->reply, 1},
        {"dest", &o->dest, 1},
        {"words", o->words, OPERATION_WORDS},
        {"extra", o->extra, OPERATION_CAPS},
        {"receive", o->receive, 3},
    };

    memcpy(fields, all, sizeof(all));
}

static void print_field(FILE *to, const struct field *f)
{
    unsigned count = f->count;

    while (count != 0 && f->words[count - 1] == 0) {
        count--;
    }
    for (unsigned n = 0; n < count; n++) {
        if (n == 0) {
            fprintf(to, " %s=", f->name);
        } else {
            fputc(',', to);
        }
        fprintf(to, f->words[n] < 10000 ? "%" PRIu64 : "%#" PRIx64, f->words[n]);
    }
}

void operation_print(FILE *to, const struct operation *o)
{
    struct operation copy = *o;
    struct field fields[FIELDS];

    fprintf(to, "%s=%" PRId64, kind_names[o->kind], o->number);
    fields_of(&copy, fields);
    for (unsigned n = 0; n < FIELDS; n++) {
        print_field(to, &fields[n]);
    }
    if (o->kind == OPERATION_SYSCALL && *operation_label_name(o->label) != '\0') {
        fprintf(to, "  # %s", operation_label_name(o->label));
    }
    fputc('\n', to);
}

/* Comma-separated numbers, to the end of the text. */
static bool parse_numbers(const char *text, uint64_t *words, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        char *end;

        words[n] = strtoull(text, &end, 0);
        if (end == text || (*end != '\0' && *end != ',')) {
            return false;
        }
        if (*end == '\0') {
            return true;
        }
        text = end + 1;
    }
    return false;
}

static bool parse_field(char *token, struct operation *o)
{
    struct field fields[FIELDS];
    char *value = strchr(token, '=');

    if (value == NULL) {
        return false;
    }
    *value++ = '\0';
    for (unsigned n = 0; n < KINDS; n++) {
        if (strcmp(token, kind_names[n]) == 0) {
            o->kind = (enum operation_kind)n;
            return parse_numbers(value, (uint64_t *)&o->number, 1);
        }
    }
    fields_of(o, fields);
    for (unsigned n = 0; n < FIELDS; n++) {
        if (strcmp(token, fields[n].name) == 0) {
            return parse_numbers(value, fields[n].words, fields[n].count);
        }
    }
    return false;
}

bool operation_parse(const char *line, struct operation *ret_operation)
{
    struct operation o = {0};
    char copy[1024];
    char *rest = copy;
    char *token;
    unsigned count = 0;

    /* What the harness printed as comments of its report can be replayed as it is. */
    snprintf(copy, sizeof(copy), "%s", strncmp(line, "# ", 2) == 0 ? line + 2 : line);
    copy[strcspn(copy, "#\n")] = '\0';
    while ((token = strsep(&rest, " ")) != NULL) {
        if (*token != '\0' && !parse_field(token, &o)) {
            return false;
        }
        count += *token != '\0';
    }
    if (count == 0) {
        return false;
    }
    *ret_operation = o;
    return true;
}
