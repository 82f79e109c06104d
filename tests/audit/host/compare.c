/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"

#define LINE 256

/* As in ../initialiser/probe.h. */
#define TIMER_IRQ 30

void differs(struct audit *a, const char *where, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    printf("audit: %s: ", where);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    a->problem_count++;
}

const char *text(const json_t *of, const char *key)
{
    const char *value = json_string_value(json_object_get(of, key));

    return value != NULL ? value : "";
}

uint64_t number(const json_t *of, const char *key)
{
    const json_t *value = json_object_get(of, key);

    return json_is_string(value) ? strtoull(json_string_value(value), NULL, 0)
                                 : (uint64_t)json_integer_value(value);
}

static char *reference(const char *object, uint64_t index)
{
    char *name = NULL;

    if (asprintf(&name, "%s[%" PRIu64 "]", object, index) < 0) {
        die("no memory");
    }
    return name;
}

const char *met_name(const struct audit *a, const char *object, uint64_t index)
{
    char *name = reference(object, index);
    const char *found = json_string_value(json_object_get(a->met, name));

    free(name);
    return found;
}

/* Which one it is cannot be tried. */
static bool is_known_by_place(const struct audit *a, const char *name)
{
    return a->found.is_probed && strstr(name, "_at_") != NULL;
}

/* They meet for the first time. */
static void pair(struct audit *a, const char *where, const char *name, const char *model,
                 const json_t *object, uint64_t index)
{
    const char *prefix = expect_prefix(object);
    const char *is = json_string_value(json_object_get(a->found.objects, name));
    char line[LINE];

    json_object_set_new(a->met, model, json_string(name));
    json_object_set_new(a->owner, name, json_string(model));
    if (strncmp(name, prefix, strlen(prefix)) != 0 || (is == NULL && !a->found.is_probed)) {
        differs(a, where, "%s (%s) should be %s, a %s", name, is != NULL ? is : "unknown",
                model, text(object, "kind"));
        return;
    }
    expect_name(object, index, line, sizeof(line));
    if (line[0] != '\0' && strcmp(name, line) != 0 && !is_known_by_place(a, name)) {
        differs(a, where, "%s is %s, and should be %s", model, name, line);
    }
    expect_object(a, object, line, sizeof(line));
    if (is != NULL && strncmp(is, line, strlen(line)) != 0) {
        differs(a, where, "%s is %s, and should be %s", model, is, line);
    }
}

/* Equal pages that are only read are one. */
static bool are_shared(const struct audit *a, const json_t *object, const char *owner)
{
    char *other = strndup(owner, strcspn(owner, "["));
    bool is_shared =
        json_is_true(json_object_get(json_object_get(object, "contents"), "shared")) &&
        json_is_true(json_object_get(
            json_object_get(json_object_get(a->object_of, other), "contents"), "shared"));

    free(other);
    return is_shared;
}

void meet(struct audit *a, const char *where, const char *found, const char *object,
          uint64_t index, const char *attributes)
{
    const json_t *o = json_object_get(a->object_of, object);
    char name[LINE], *model = reference(object, index);
    size_t length = strcspn(found, " ");

    snprintf(name, sizeof(name), "%.*s", (int)length, found);

    const char *met = json_string_value(json_object_get(a->met, model));
    const char *owner = json_string_value(json_object_get(a->owner, name));

    if (is_known_by_place(a, name)) {
        pair(a, where, name, model, o, index);
    } else if (met == NULL && owner != NULL && are_shared(a, o, owner)) {
        json_object_set_new(a->met, model, json_string(name));
    } else if (met == NULL && owner == NULL) {
        pair(a, where, name, model, o, index);
    } else if (met == NULL || strcmp(met, name) != 0) {
        differs(a, where, "%s is %s, and should be %s", name, owner != NULL ? owner : "another",
                model);
    }
    found += length + (found[length] == ' ');
    if (attributes != NULL && strcmp(found, attributes) != 0) {
        differs(a, where, "%s has %s, and should have %s", model, found, attributes);
    }
    free(model);
}

/* Handed-over memory: from the first slot on, without a gap. */
static void compare_handover(struct audit *a, const char *cnode, const json_t *handover,
                             json_t *slots)
{
    const char *what = strcmp(text(handover, "what"), "untyped") == 0 ? "ut_" : "frame_";
    uint64_t first = number(handover, "slot");
    char slot[24];

    for (uint64_t n = 0; n < number(handover, "slots"); n++) {
        snprintf(slot, sizeof(slot), "0x%" PRIx64, first + n);
        const char *found = json_string_value(json_object_get(slots, slot));
        if (found == NULL) {
            return;
        }
        char *name = strndup(found, strcspn(found, " "));
        json_object_set_new(a->handed, name, json_true());
        if (strncmp(name, what, strlen(what)) != 0) {
            differs(a, cnode, "slot %s has %s, which is not %s", slot, found,
                    text(handover, "what"));
        }
        free(name);
        json_object_del(slots, slot);
    }
}

static void compare_cnode(struct audit *a, const char *cnode)
{
    const char *name = met_name(a, cnode, 0);
    json_t *slots = json_copy(json_object_get(a->found.contents, name));
    char slot[24], line[LINE], where[LINE];
    size_t n;
    json_t *c;

    json_array_foreach(json_object_get(a->model, "capabilities"), n, c)
    {
        if (strcmp(text(c, "cnode"), cnode) != 0) {
            continue;
        }
        snprintf(slot, sizeof(slot), "0x%" PRIx64, number(c, "slot"));
        snprintf(where, sizeof(where), "%s, slot %s", cnode, slot);
        const char *found = json_string_value(json_object_get(slots, slot));
        if (found == NULL) {
            differs(a, where, "is empty, and should have %s", text(c, "object"));
            continue;
        }
        meet(a, where, found, text(c, "object"), number(c, "index"),
             expect_cap(a, c, line, sizeof(line)));
        json_object_del(slots, slot);
    }
    json_array_foreach(json_object_get(a->model, "handovers"), n, c)
    {
        if (strcmp(text(c, "cnode"), cnode) == 0) {
            compare_handover(a, cnode, c, slots);
        }
    }
    const char *extra;
    json_object_foreach(slots, extra, c)
    {
        differs(a, cnode, "slot %s has %s, and should be empty", extra, json_string_value(c));
    }
    json_decref(slots);
}

/* What a TCB has in a place of its own: key is the found one, object the model's, or "". */
static void compare_place(struct audit *a, const json_t *tcb, json_t *places, const char *key,
                          const char *object, const char *attributes)
{
    const char *found = json_string_value(json_object_get(places, key));
    char where[LINE];

    snprintf(where, sizeof(where), "%s, %s", text(tcb, "name"), key);
    if (found == NULL && object[0] != '\0') {
        differs(a, where, "is empty, and should be %s", object);
    } else if (found != NULL && object[0] != '\0') {
        meet(a, where, found, object, 0, attributes);
        json_object_del(places, key);
    }
}

static void compare_tcb(struct audit *a, const json_t *tcb)
{
    const json_t *t = json_object_get(tcb, "thread");
    json_t *places =
        json_copy(json_object_get(a->found.contents, met_name(a, text(tcb, "name"), 0)));
    char line[LINE];
    const char *extra;
    json_t *found;

    snprintf(line, sizeof(line), "(guard: 0x0, guard_size: %" PRIu64 ")",
             number(t, "cspace_guard_bits"));
    compare_place(a, tcb, places, "cspace", text(t, "cspace"), line);
    compare_place(a, tcb, places, "vspace", text(t, "vspace"), NULL);
    if (!a->found.is_probed) {
        compare_place(a, tcb, places, "ipc_buffer_slot", text(t, "ipc_frame"), "(RW)");
    }
    snprintf(line, sizeof(line), "(%sbadge: %" PRIu64 ")", a->found.is_probed ? "" : "WP, ",
             number(t, "fault_badge"));
    compare_place(a, tcb, places, "fault_ep_slot", text(t, "fault_endpoint"), line);
    compare_place(a, tcb, places, "sc_slot", text(t, "sched_context"), NULL);
    compare_place(a, tcb, places, "bound_notification", text(t, "bound_notification"), NULL);
    json_object_foreach(places, extra, found)
    {
        differs(a, text(tcb, "name"), "%s is %s, and should be empty", extra,
                json_string_value(found));
    }
    json_decref(places);
}

static void compare_irq(struct audit *a, const json_t *irq)
{
    const char *name = met_name(a, text(irq, "name"), 0);
    const char *found = name != NULL ? found_at(&a->found, name, "0x0") : NULL;
    char line[LINE];

    /* Of all interrupts, only a timer's can be tried. */
    if (a->found.is_probed && number(irq, "irq") != TIMER_IRQ) {
        return;
    }

    snprintf(line, sizeof(line), "(W, badge: %" PRIu64 ")", number(irq, "badge"));
    if (found == NULL) {
        differs(a, text(irq, "name"), "signals nobody");
    } else {
        meet(a, text(irq, "name"), found, text(irq, "notification"), 0, line);
    }
}

/* Threads are known by their names, and everything else by where threads have it. */
static void find_threads(struct audit *a)
{
    const char *name;
    json_t *is;
    size_t n;
    json_t *d;

    json_object_foreach(a->found.objects, name, is)
    {
        const char *comment = strstr(json_string_value(is), " -- ");
        bool is_known = comment == NULL || strcmp(comment + 4, "rootserver") == 0;

        json_array_foreach(json_object_get(a->model, "domains"), n, d)
        {
            if (comment != NULL && strcmp(comment + 4, text(d, "name")) == 0) {
                meet(a, "threads", name, text(d, "tcb"), 0, NULL);
                is_known = true;
            }
        }
        if (!is_known) {
            differs(a, "threads", "%s is not in the specification: %s", name,
                    json_string_value(is));
        }
    }
}

/* Calls visit for the model's objects of a kind that have been met. */
static void each(struct audit *a, const char *kind,
                 void visit(struct audit *a, const json_t *object))
{
    size_t n;
    json_t *o;

    json_array_foreach(json_object_get(a->model, "objects"), n, o)
    {
        if (strcmp(text(o, "kind"), kind) == 0) {
            visit(a, o);
        }
    }
}

/* Those of threads first, then those that are found in them. */
static void compare_cnodes(struct audit *a)
{
    json_t *left = json_object();
    size_t count = 0;
    const char *name;
    json_t *o;
    void *next;

    json_object_foreach(a->object_of, name, o)
    {
        if (strcmp(text(o, "kind"), "CNode") == 0) {
            json_object_set(left, name, o);
        }
    }
    while (count != json_object_size(left)) {
        count = json_object_size(left);
        json_object_foreach_safe(left, next, name, o)
        {
            if (met_name(a, name, 0) != NULL) {
                compare_cnode(a, name);
                json_object_del(left, name);
            }
        }
    }
    json_object_foreach(left, name, o)
    {
        differs(a, name, "nobody has it");
    }
    json_decref(left);
}

static void visit_space(struct audit *a, const json_t *object)
{
    compare_space(a, text(object, "name"));
}

/* Everything in the model is there, and has been met. */
static void count_objects(struct audit *a)
{
    size_t n;
    json_t *o;

    json_array_foreach(json_object_get(a->model, "objects"), n, o)
    {
        for (uint64_t i = 0; i < number(o, "count"); i++) {
            if (met_name(a, text(o, "name"), i) == NULL) {
                differs(a, text(o, "name"), "is in the specification, and was not found");
            }
        }
    }
    const char *irq;
    json_object_foreach(a->found.irqs, irq, o)
    {
        if (json_object_get(a->owner, json_string_value(o)) == NULL) {
            differs(a, "interrupts", "%s is handled, and should not be", irq);
        }
    }
}

/* Nothing that was handed over is in use. */
static void compare_handed(struct audit *a)
{
    const char *handed, *owned;
    json_t *value;

    json_object_foreach(a->handed, handed, value)
    {
        uint64_t start = 0, address = 0;
        unsigned bits = 12;

        (void)sscanf(handed, "ut_%" SCNx64 "_%u", &start, &bits);
        (void)sscanf(handed, "frame_%" SCNx64, &start);
        json_object_foreach(a->owner, owned, value)
        {
            const char *digits = strstr(owned, "_0x");

            if (digits != NULL && sscanf(digits + 1, "%" SCNx64, &address) == 1 &&
                address >= start && address - start < (uint64_t)1 << bits) {
                differs(a, handed, "was handed over, but has %s", owned);
            }
        }
    }
}

int compare(const char *model, const char *log, const char *section)
{
    json_error_t error;
    struct audit a = {
        .model = json_load_file(model, 0, &error),
        .found = found_read(log, section),
        .object_of = json_object(),
        .met = json_object(),
        .owner = json_object(),
        .handed = json_object(),
    };
    size_t n;
    json_t *o;

    if (a.model == NULL) {
        die("%s: %s", model, error.text);
    }
    json_array_foreach(json_object_get(a.model, "objects"), n, o)
    {
        json_object_set(a.object_of, text(o, "name"), o);
    }
    find_threads(&a);
    each(&a, "TCB", compare_tcb);
    compare_cnodes(&a);
    each(&a, "VSpace", visit_space);
    each(&a, "IRQ handler", compare_irq);
    if (!a.found.is_probed) {
        count_objects(&a);
        compare_handed(&a);
    }
    printf("audit: %s: %zu objects, %zu capabilities, %u differences\n", section,
           json_object_size(a.met), json_array_size(json_object_get(a.model, "capabilities")),
           a.problem_count);
    return a.problem_count == 0 ? 0 : 1;
}
