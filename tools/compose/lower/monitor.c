/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <stdlib.h>
#include <string.h>

#include "tables.h"

enum {
    PAGE_BITS = 12,
    PRIORITY = 255,
    STACK_SIZE = 4 << PAGE_BITS,
    BUDGET_US = 10000, /* what is left of each period is for others, whatever faults */
    PERIOD_US = 20000, /* so often it looks who is to be started after a pause */
    SCHED_CONTEXT_BITS = 8,
};

/* Where the monitor's memory lies, far behind its program. */
#define TABLES_VADDR 0x10000000ull
#define STATE_VADDR  0x40000000ull
#define STACKS_VADDR 0x80000000ull
#define STACK_STRIDE 0x2000000ull /* for the largest stack, and an unmapped page */

static uint32_t add(struct sk_lower *lower, enum sk_model_kind kind, const char *name,
                    uint8_t size_bits, uint32_t domain)
{
    struct sk_model_object object = {
        .kind = kind,
        .name = name,
        .count = 1,
        .size_bits = size_bits,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = domain,
    };

    return sk_model_add_object(lower->model, &object);
}

static void give(struct sk_lower *lower, uint32_t slot, uint32_t object, uint8_t rights,
                 const char *purpose)
{
    struct sk_model_cap cap = {
        .cnode = lower->watch.cnode,
        .slot = slot,
        .object = object,
        .rights = rights,
        .purpose = purpose,
    };

    sk_model_add_cap(lower->model, &cap);
}

/* Frames with contents, or cleared ones, in the monitor's address space. */
static void map(struct sk_lower *lower, const char *name, uint64_t vaddr, uint64_t size,
                uint8_t rights, const struct sk_model_contents *contents)
{
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = name,
        .count = (uint32_t)((size + ((uint64_t)1 << PAGE_BITS) - 1) >> PAGE_BITS),
        .size_bits = PAGE_BITS,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = (uint32_t)lower->system->domain_count,
        .source = contents->size > 0 ? SK_MODEL_HANDED_OVER : SK_MODEL_ZERO,
        .contents = *contents,
    };
    struct sk_model_mapping mapping = {
        .vspace = lower->watch.vspace,
        .object = sk_model_add_object(lower->model, &object),
        .count = object.count,
        .vaddr = vaddr,
        .rights = rights,
    };

    sk_model_add_mapping(lower->model, &mapping);
}

static int by_address(const void *left, const void *right)
{
    const struct sk_monitor_symbol *a = left;
    const struct sk_monitor_symbol *b = right;

    if (a->address != b->address) {
        return a->address < b->address ? -1 : 1;
    }
    return a->name < b->name ? -1 : a->name > b->name;
}

/* A growing text in the arena: tables are small. */
struct table {
    uint8_t *data;
    uint64_t size;
    uint64_t capacity;
};

static uint64_t put(struct arena *arena, struct table *t, const void *data, uint64_t size)
{
    uint64_t at = t->size;

    if (at + size > t->capacity) {
        uint64_t capacity = 2 * (at + size);
        uint8_t *grown = arena_take(arena, capacity);
        if (at > 0) {
            memcpy(grown, t->data, at);
        }
        t->data = grown;
        t->capacity = capacity;
    }
    memcpy(t->data + at, data, size);
    t->size += size;
    return at;
}

static void align(struct arena *arena, struct table *t)
{
    static const uint8_t zeros[8];

    put(arena, t, zeros, -t->size & 7);
}

/* The functions of a program, each address once. */
static uint32_t read_functions(struct arena *arena, const struct sk_program *p,
                               struct sk_monitor_symbol **ret_list)
{
    struct sk_monitor_symbol *list = arena_take(arena, (p->symbol_count + 1) * sizeof(*list));
    uint32_t count = 0;
    uint32_t kept = 0;

    for (uint64_t i = 0; i < p->symbol_count; i++) {
        Elf64_Sym s;
        memcpy(&s, p->symbols + i * sizeof(s), sizeof(s));
        if (ELF64_ST_TYPE(s.st_info) == STT_FUNC && s.st_shndx != SHN_UNDEF &&
            s.st_name < p->names_size) {
            list[count++] = (struct sk_monitor_symbol){
                .address = s.st_value,
                .size = s.st_size <= UINT32_MAX ? (uint32_t)s.st_size : 0,
                .name = s.st_name,
            };
        }
    }
    qsort(list, count, sizeof(*list), by_address);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || list[kept - 1].address != list[i].address) {
            list[kept++] = list[i];
        }
    }
    *ret_list = list;
    return kept;
}

static void put_symbols(struct arena *arena, struct table *t, const struct sk_program *p,
                        struct sk_monitor_domain *domain)
{
    struct sk_monitor_symbol *list;
    uint32_t count = read_functions(arena, p, &list);
    struct table names = {0};

    if (count == 0) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *name = p->names + list[i].name;
        list[i].name = (uint32_t)put(arena, &names, name, strlen(name) + 1);
    }
    align(arena, t);
    domain->symbols = put(arena, t, list, count * sizeof(list[0]));
    domain->symbol_count = count;
    domain->names = put(arena, t, names.data, names.size);
    domain->names_size = (uint32_t)names.size;
}

static uint32_t restart_of(enum sk_system_restart restart)
{
    return restart == SK_SYSTEM_RESTART_ALWAYS    ? SK_MONITOR_ALWAYS
           : restart == SK_SYSTEM_RESTART_LIMITED ? SK_MONITOR_LIMITED
                                                  : SK_MONITOR_NEVER;
}

/* The monitor sees stacks in debug configurations only. */
static uint64_t map_stack(struct sk_lower *lower, unsigned index)
{
    uint32_t stack = lower->domain[index].stack;
    struct sk_model_mapping mapping = {
        .vspace = lower->watch.vspace,
        .object = stack,
        .count = lower->model->object[stack].count,
        .vaddr = STACKS_VADDR + index * STACK_STRIDE,
        .rights = SK_MODEL_READ,
    };

    if (!lower->is_debug) {
        return 0;
    }
    sk_model_add_mapping(lower->model, &mapping);
    return mapping.vaddr;
}

static struct sk_monitor_domain watch(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_model_thread *thread = &lower->model->object[lower->domain[index].tcb].thread;
    struct sk_monitor_domain domain = {
        .entry = thread->entry,
        .stack_bottom = thread->stack_bottom,
        .stack_top = thread->stack_top,
        .restart = restart_of(d->restart),
        .restart_limit = d->restart_limit,
        .restart_window_us = d->restart_window_ms.value * 1000,
    };

    memcpy(domain.name, d->name.value, strnlen(d->name.value, sizeof(domain.name) - 1));
    if (d->parent != NULL) {
        domain.restart = SK_MONITOR_NEVER;
        return domain;
    }
    thread->fault_endpoint = lower->watch.endpoint;
    thread->fault_badge = index + 1;
    if (lower->is_debug || domain.restart != SK_MONITOR_NEVER) {
        give(lower, SK_MONITOR_SLOT_TCB + index, lower->domain[index].tcb, SK_MODEL_ALL_RIGHTS,
             "watch");
    }
    domain.stack_window = map_stack(lower, index);
    return domain;
}

static void put_tables(struct sk_lower *lower, struct table *t)
{
    struct arena *arena = &lower->model->arena;
    uint32_t count = (uint32_t)lower->system->domain_count;
    struct sk_monitor_domain *domain = arena_take(arena, count * sizeof(*domain));
    struct sk_monitor_header header = {
        .magic = SK_MONITOR_MAGIC,
        .version = SK_MONITOR_VERSION,
        .domains = sizeof(header),
        .domain_count = count,
    };

    put(arena, t, &header, sizeof(header));
    put(arena, t, domain, count * sizeof(*domain));
    for (uint32_t i = 0; i < count; i++) {
        domain[i] = watch(lower, i);
        if (lower->is_debug && lower->system->domains[i].parent == NULL) {
            put_symbols(arena, t, &lower->symbols[i], &domain[i]);
        }
    }
    header.size = t->size;
    memcpy(t->data, &header, sizeof(header));
    memcpy(t->data + sizeof(header), domain, count * sizeof(*domain));
}

static void add_objects(struct sk_lower *lower)
{
    uint32_t self = (uint32_t)lower->system->domain_count;
    uint32_t slots = SK_MONITOR_SLOT_TCB + self;
    uint8_t bits = 4;

    while (slots >> bits != 0) {
        bits++;
    }
    lower->watch = (struct sk_lowered_domain){
        .tcb = add(lower, SK_MODEL_TCB, "monitor.tcb", 11, self),
        .sched_context = add(lower, SK_MODEL_SCHED_CONTEXT, "monitor.sched_context",
                             SCHED_CONTEXT_BITS, self),
        .cnode = add(lower, SK_MODEL_CNODE, "monitor.cnode", bits, self),
        .vspace = add(lower, SK_MODEL_VSPACE, "monitor.vspace", PAGE_BITS, self),
        .ipc_frame = add(lower, SK_MODEL_FRAME, "monitor.ipc_buffer", PAGE_BITS, self),
        .endpoint = add(lower, SK_MODEL_ENDPOINT, "monitor.endpoint", 4, self),
        .reply = add(lower, SK_MODEL_REPLY, "monitor.reply", 5, self),
    };
    lower->model->object[lower->watch.sched_context].budget =
        (struct sk_model_budget){.budget_us = BUDGET_US, .period_us = PERIOD_US};
    give(lower, SK_MONITOR_SLOT_INPUT, lower->watch.endpoint, SK_MODEL_READ, "faults");
    give(lower, SK_MONITOR_SLOT_REPLY, lower->watch.reply, SK_MODEL_ALL_RIGHTS, "reply");
}

static void add_thread(struct sk_lower *lower)
{
    struct sk_lowered_domain *self = &lower->watch;
    struct sk_model_domain domain = {
        .name = "monitor",
        .tcb = self->tcb,
        .cnode = self->cnode,
        .vspace = self->vspace,
    };

    lower->model->object[self->tcb].thread = (struct sk_model_thread){
        .cspace = self->cnode,
        .cspace_guard_bits =
            (uint8_t)(SK_WORD_BITS - lower->model->object[self->cnode].size_bits),
        .vspace = self->vspace,
        .ipc_frame = self->ipc_frame,
        .ipc_vaddr = sk_system_ipc_buffer(lower->user_top),
        .entry = lower->monitor->elf.header.e_entry,
        .stack_top = sk_system_stack_top(lower->user_top),
        .stack_bottom = sk_system_stack_bottom(lower->user_top, STACK_SIZE),
        .sched_context = self->sched_context,
        .bound_notification = SK_MODEL_NONE,
        .fault_endpoint = SK_MODEL_NONE,
        .has_fpu = true,
        .priority = PRIORITY,
        .max_priority = PRIORITY,
        .is_started = true,
    };
    sk_model_add_domain(lower->model, &domain);
}

static void map_program(struct sk_lower *lower)
{
    struct sk_program *program = lower->monitor;

    for (unsigned i = 0; i < program->segment_count; i++) {
        const struct sk_segment *s = &program->segment[i];
        struct sk_model_contents contents = {.data = s->bytes, .size = sk_segment_contents(s)};
        map(lower, arena_printf(&lower->model->arena, "monitor.image_%u", i), s->vaddr, s->size,
            (uint8_t)(SK_MODEL_READ | (s->flags & PF_W ? SK_MODEL_WRITE : 0)), &contents);
        lower->model->mapping[lower->model->mapping_count - 1].is_executable =
            (s->flags & PF_X) != 0;
    }
}

/* Between the tables and the last window, and from the stack on, is no part of the program. */
static bool is_in_the_way(const struct sk_lower *lower)
{
    uint64_t windows = lower->system->domain_count * STACK_STRIDE;
    uint64_t bottom = sk_system_stack_bottom(lower->user_top, STACK_SIZE);

    for (unsigned i = 0; i < lower->monitor->segment_count; i++) {
        const struct sk_segment *s = &lower->monitor->segment[i];
        bool is_below = s->vaddr + s->size <= TABLES_VADDR;
        bool is_between = s->vaddr >= STACKS_VADDR + windows && s->vaddr + s->size <= bottom;
        if (!is_below && !is_between) {
            return true;
        }
    }
    return false;
}

/* Where the tables and the state are, in the monitor's variable. */
static bool patch(struct sk_lower *lower, const struct sk_monitor_memory *memory)
{
    struct sk_symbol symbol;

    if (!sk_program_symbol(lower->monitor, "sk_monitor_memory", &symbol) ||
        symbol.size != sizeof(*memory) ||
        !sk_program_has(lower->monitor, symbol.vaddr, sizeof(*memory))) {
        diag_error(lower->diag, (struct place){0}, "use the monitor.elf of this SDK",
                   "%s has no variable sk_monitor_memory", lower->monitor->path);
        return false;
    }
    if (is_in_the_way(lower)) {
        diag_error(lower->diag, (struct place){0}, "use the monitor.elf of this SDK",
                   "%s lies where its tables, or stacks, are to be", lower->monitor->path);
        return false;
    }
    sk_program_write(&lower->model->arena, lower->monitor, symbol.vaddr, memory,
                     sizeof(*memory));
    return true;
}

void sk_lower_monitor(struct sk_lower *lower)
{
    struct sk_model_contents none = {0};
    struct table tables = {0};
    uint32_t first = lower->model->mapping_count;

    if (lower->monitor == NULL) {
        return;
    }
    add_objects(lower);
    put_tables(lower, &tables);

    struct sk_monitor_memory memory = {
        .tables = TABLES_VADDR,
        .tables_size = tables.size,
        .state = STATE_VADDR,
        .state_size = lower->system->domain_count * SK_MONITOR_STATE,
    };
    if (!patch(lower, &memory)) {
        return;
    }
    map(lower, "monitor.tables", TABLES_VADDR, tables.size, SK_MODEL_READ,
        &(struct sk_model_contents){.data = tables.data, .size = tables.size});
    map(lower, "monitor.state", STATE_VADDR, memory.state_size, SK_MODEL_READ | SK_MODEL_WRITE,
        &none);
    map(lower, "monitor.stack", sk_system_stack_bottom(lower->user_top, STACK_SIZE), STACK_SIZE,
        SK_MODEL_READ | SK_MODEL_WRITE, &none);
    map_program(lower);
    struct sk_model_mapping buffer = {
        .vspace = lower->watch.vspace,
        .object = lower->watch.ipc_frame,
        .count = 1,
        .vaddr = sk_system_ipc_buffer(lower->user_top),
        .rights = SK_MODEL_READ | SK_MODEL_WRITE,
    };
    sk_model_add_mapping(lower->model, &buffer);
    sk_tables_add(lower->model, lower->watch.vspace, first,
                  (uint32_t)lower->system->domain_count, "monitor");
    add_thread(lower);
}
