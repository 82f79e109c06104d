/* SPDX-License-Identifier: BSD-2-Clause */
#include "compose.h"

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <selkie/init/check.h>

#include "address.h"
#include "boot.h"
#include "composition.h"
#include "kit.h"
#include "lower/lower.h"
#include "model/encode.h"

static struct source *source_of(struct arena *arena, const struct sk_image_file *file)
{
    struct source *source = arena_take(arena, sizeof(*source));

    *source = (struct source){
        .path = file->name,
        .label = file->name,
        .text = arena_copy(arena, (const char *)file->data, file->size),
        .size = file->size,
    };
    return source;
}

static bool read_system(struct composition *c)
{
    struct sk_sdf_limits limits;

    sk_kit_limits(&c->arena, c->options->kit, c->options->allows_extensions, &limits);
    c->system =
        sk_sdf_read(&c->arena, source_of(&c->arena, &c->options->system), &limits, &c->diag);
    return c->system != NULL;
}

/* A file that the description names; an error is added if there is none. */
static bool find(struct composition *c, const struct sk_system_text *name, const char *element,
                 const char *attribute, struct sk_image_file *ret_file)
{
    struct sk_compose_finder *finder = c->options->finder;

    *ret_file = (struct sk_image_file){.name = name->value};
    if (finder->find(finder, name->value, ret_file)) {
        return true;
    }
    diag_error(&c->diag, name->at,
               errno == ENOENT ? "build it, or name its folder: --search-path DIR"
               : errno == EISDIR || errno == ESPIPE ? "name a file"
                                                    : "make it readable",
               "element '%s', attribute '%s': cannot read %s: %s", element, attribute,
               ret_file->name, errno == ESPIPE ? "it is not a regular file" : strerror(errno));
    return false;
}

static void open_program(struct composition *c, const struct sk_system_text *name,
                         const char *attribute, sk_program_opener *open,
                         struct sk_program *ret_program)
{
    struct sk_image_file file;
    struct sk_image_problem problem;

    if (!find(c, name, "program_image", attribute, &file)) {
        return;
    }
    if (!open(&c->arena, &file, EM_AARCH64, ret_program, &problem)) {
        diag_error(&c->diag, name->at, arena_printf(&c->arena, "%s", problem.help),
                   "element 'program_image', attribute '%s': %s", attribute, problem.what);
    }
}

/* Segments are of each domain's own, since they are patched; symbols may be shared. */
static void open_programs(struct composition *c)
{
    size_t count = c->system->domain_count;
    struct sk_program *program = arena_take(&c->arena, count * sizeof(*program));
    struct sk_program *symbols = arena_take(&c->arena, count * sizeof(*symbols));

    for (size_t i = 0; i < count; i++) {
        const struct sk_system_domain *d = &c->system->domains[i];
        open_program(c, &d->image, "path", sk_program_open, &program[i]);
        symbols[i] = program[i];
        if (d->image_for_symbols.value != NULL) {
            open_program(c, &d->image_for_symbols, "path_for_symbols", sk_program_open_symbols,
                         &symbols[i]);
        }
    }
    c->lower.program = program;
    c->lower.symbols = symbols;
}

static void read_prefills(struct composition *c)
{
    struct sk_prefill *prefill =
        arena_take(&c->arena, (c->system->region_count + 1) * sizeof(*prefill));

    for (size_t i = 0; i < c->system->region_count; i++) {
        const struct sk_system_region *r = &c->system->regions[i];
        struct sk_image_file file;
        if (r->prefill_path.value != NULL &&
            find(c, &r->prefill_path, "memory_region", "prefill_path", &file)) {
            prefill[i] = (struct sk_prefill){.data = file.data, .size = file.size};
        }
    }
    c->lower.prefill = prefill;
}

static void open_monitor(struct composition *c)
{
    const struct sk_image_file *file = &c->options->kit->monitor;
    struct sk_image_problem problem;

    if (file->data == NULL) {
        return;
    }
    if (!sk_program_open(&c->arena, file, EM_AARCH64, &c->monitor, &problem)) {
        diag_error(&c->diag, (struct place){0}, arena_printf(&c->arena, "%s", problem.help),
                   "%s", problem.what);
        return;
    }
    c->lower.monitor = &c->monitor;
}

static bool lower(struct composition *c)
{
    c->lower.system = c->system;
    c->lower.user_top = sk_kit_user_top(c->options->kit);
    c->lower.is_debug = sk_kit_is_set(c->options->kit, "PRINTING");
    c->lower.diag = &c->diag;
    c->lower.model = &c->model;
    open_programs(c);
    read_prefills(c);
    open_monitor(c);
    return c->diag.error_count == 0 &&
           sk_addresses_choose(c->system, c->options->kit, c->lower.prefill, &c->diag) &&
           sk_lower(&c->lower);
}

/* What is encoded here passes the initialiser's check; if not, it is our mistake. */
static bool encode(struct composition *c)
{
    struct sk_encode_options options = {
        .platform = sk_kit_platform(c->options->kit),
        .timer_hz = sk_kit_number(c->options->kit, "TIMER_FREQUENCY", 0),
    };
    struct sk_spec_problem problem;

    sk_model_encode(&c->model, &options, &c->encoded);
    if (!sk_spec_check((const struct sk_spec *)c->encoded.data, c->encoded.size,
                       &options.platform, &problem)) {
        diag_error(&c->diag, c->system->domains[0].at,
                   "report this with the description: it is a mistake of the composer",
                   "the specification is wrong: %s, record %u: %s",
                   sk_spec_table_name(problem.table), problem.record,
                   sk_spec_wrong_text(problem.what));
        return false;
    }
    return true;
}

/* What kind of object could not be made, for messages. */
static const char *object_in(const struct sk_spec *spec, const struct sk_init *in)
{
    static const char *const name[SK_SPEC_TYPE_COUNT] = {
        "untyped memory",      "TCBs",          "endpoints", "notifications", "CNodes",
        "scheduling contexts", "reply objects", "frames",    "page tables",   "VSpaces",
    };
    const struct sk_spec_group *group = sk_spec_at(spec, SK_SPEC_GROUPS);

    if (in->table == SK_SPEC_GROUPS) {
        return name[group[in->record].type];
    }
    return in->table == SK_SPEC_TABLE_COUNT ? "objects" : sk_spec_table_name(in->table);
}

/* Was there no memory because something else is at an address? Then that is said. */
static bool explain_address(struct composition *c, const struct sk_init *in)
{
    const struct sk_spec_group *group = sk_spec_at(in->spec, SK_SPEC_GROUPS);

    return in->table == SK_SPEC_GROUPS && group[in->record].paddr != SK_SPEC_NO_PADDR &&
           sk_addresses_explain(c->system, c->options->kit, c->lower.region_size,
                                c->encoded.size, group[in->record].paddr, &c->diag);
}

/* Who has the largest stack; the pages of all; and those of everything else. */
static const struct sk_system_domain *stacks(const struct composition *c, uint64_t *ret_pages,
                                             uint64_t *ret_others)
{
    const struct sk_system_domain *largest = &c->system->domains[0];

    *ret_pages = *ret_others = 0;
    for (size_t i = 0; i < c->system->domain_count; i++) {
        const struct sk_system_domain *d = &c->system->domains[i];
        *ret_pages += d->stack_size.value / SK_SYSTEM_PAGE;
        largest = d->stack_size.value > largest->stack_size.value ? d : largest;
    }
    for (uint32_t i = 0; i < c->model.object_count; i++) {
        const struct sk_model_object *o = &c->model.object[i];
        *ret_others += o->kind == SK_MODEL_FRAME ? o->count : 0;
    }
    *ret_others -= *ret_pages;
    return largest;
}

/* Stacks take slots, too, and two for a page where the monitor shows them. */
static void explain_slots(struct composition *c, const struct sk_init *in)
{
    const char *what = object_in(in->spec, in);
    uint32_t monitor = (uint32_t)c->system->domain_count;
    uint64_t views =
        c->model.domain_count > monitor ? sk_model_foreign_pages(&c->model, monitor) : 0;
    uint64_t pages, others;
    const struct sk_system_domain *largest = stacks(c, &pages, &others);

    if (pages + views <= others) {
        diag_error(&c->diag, c->system->domains[0].at,
                   "use larger pages for large regions, or a kernel with a larger "
                   "ROOT_CNODE_SIZE_BITS",
                   "the kernel's root CNode has not enough slots for all %s", what);
        return;
    }
    diag_error(&c->diag, largest->stack_size.at,
               views > 0 ? "a smaller stack_size; or configuration release, where the monitor "
                           "does not show stacks"
                         : "a smaller stack_size",
               "the kernel's root CNode has not enough slots for all %s: stacks have %" PRIu64
               " pages%s",
               what, pages,
               views > 0 ? arena_printf(&c->arena,
                                        ", and %" PRIu64
                                        " of them take a second slot, for the monitor",
                                        views)
                         : "");
}

/* What the initialiser will do, by its own code: that it can, and how many calls it takes. */
static bool predict(struct composition *c)
{
    struct sk_spec *spec = (struct sk_spec *)c->encoded.data;
    struct sk_init *in = arena_take(&c->arena, sizeof(*in));
    struct place at = c->system->domains[0].at;

    in->spec = spec;
    in->large_window = 1;
    if (!sk_boot_predict(&c->arena, c->options->kit, c->encoded.size, in)) {
        diag_error(&c->diag, at, "make programs or prefilled regions smaller",
                   "the image has %zu pages, more than the kernel's root CNode has slots for",
                   c->encoded.size / SK_SPEC_PAGE_SIZE);
        return false;
    }
    sk_err err = sk_init_execute(in);
    if (err == SK_ERR_NO_MEMORY && explain_address(c, in)) {
        return false;
    }
    if (err == SK_ERR_NO_MEMORY) {
        diag_error(&c->diag, at,
                   "make regions smaller; selkie compose --report says who has what",
                   "the board has not enough memory: there is no room for all %s",
                   object_in(spec, in));
    } else if (err == SK_ERR_NO_SLOT) {
        explain_slots(c, in);
    } else if (err != SK_OK) {
        diag_error(&c->diag, at, "give fewer regions an address",
                   "the initialiser could not make all %s", object_in(spec, in));
    }
    spec->predicted_calls = in->calls;
    spec->predicted_retypes = in->retypes;
    return err == SK_OK;
}

/* How large regions are, for headers; no program needs to be there for that. */
static bool measure(struct composition *c)
{
    size_t count = c->system->region_count;
    struct sk_compose_finder *finder = c->options->finder;

    /* Those that are there become known to the finder: no header may overwrite them. */
    for (size_t i = 0; i < c->system->domain_count; i++) {
        const struct sk_system_domain *d = &c->system->domains[i];
        struct sk_image_file file;
        (void)finder->find(finder, d->image.value, &file);
        if (d->image_for_symbols.value != NULL) {
            (void)finder->find(finder, d->image_for_symbols.value, &file);
        }
    }

    read_prefills(c);
    c->lower.region_size = arena_take(&c->arena, (count + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < count; i++) {
        c->lower.region_size[i] =
            sk_lower_region_size(&c->system->regions[i], &c->lower.prefill[i]);
    }
    return c->diag.error_count == 0;
}

bool sk_compose(const struct sk_compose_options *options, struct sk_compose_result *ret_result)
{
    struct composition c = {.options = options};

    c.diag.arena = &c.arena;
    bool is_made = read_system(&c);
    if (is_made && !options->check_only) {
        is_made = lower(&c) && encode(&c) && predict(&c);
    } else if (is_made && options->wants_headers) {
        is_made = measure(&c);
    }
    diag_print(&c.diag, stderr);
    if (is_made) {
        *ret_result = (struct sk_compose_result){0};
        if (!options->check_only) {
            sk_composition_copy(&c, ret_result);
        }
        sk_composition_write(&c, ret_result);
    }
    sk_model_fini(&c.model);
    arena_fini(&c.arena);
    return is_made;
}
