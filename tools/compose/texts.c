/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "composition.h"
#include "kit.h"
#include "model/emit.h"
#include "report.h"
#include "show/show.h"

/* A text, or the i-th of a folder; false: there is no memory for it. */
typedef bool writer(const struct composition *c, size_t i, FILE *out);

static bool write_model_json(const struct composition *c, size_t i, FILE *out)
{
    (void)i;
    return sk_model_write_json(&c->model, out);
}

static bool write_cdl(const struct composition *c, size_t i, FILE *out)
{
    (void)i;
    return sk_model_write_cdl(&c->model, sk_kit_number(c->options->kit, "TIMER_FREQUENCY", 0),
                              out);
}

static bool write_dot(const struct composition *c, size_t i, FILE *out)
{
    (void)i;
    return sk_show_graph(c->system, out);
}

static struct sk_report report_of(const struct composition *c)
{
    return (struct sk_report){
        .kit = c->options->kit,
        .system = c->system,
        .model = &c->model,
        .encoded = &c->encoded,
    };
}

static bool write_report(const struct composition *c, size_t i, FILE *out)
{
    struct sk_report report = report_of(c);

    (void)i;
    return sk_report_write(&report, out);
}

static bool write_report_json(const struct composition *c, size_t i, FILE *out)
{
    struct sk_report report = report_of(c);

    (void)i;
    return sk_report_write_json(&report, out);
}

static bool write_header(const struct composition *c, size_t i, FILE *out)
{
    return sk_show_header(c->system, &c->system->domains[i], c->lower.region_size, out);
}

static bool write_viper(const struct composition *c, size_t i, FILE *out)
{
    return sk_model_write_viper(&c->model, (uint32_t)i, out);
}

static void *need_memory(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "error: no memory for what is composed\nhelp: free some memory\n");
        exit(125);
    }
    return memory;
}

static struct sk_compose_text text_of(const struct composition *c, writer *write, size_t i)
{
    struct sk_compose_text text = {0};
    FILE *out = need_memory(open_memstream(&text.data, &text.size));
    bool is_written = write(c, i, out);

    if (fclose(out) != 0 || !is_written) {
        need_memory(NULL);
    }
    return text;
}

/* The texts of a folder, each named by its domain, with an end. */
static struct sk_compose_header *folder_of(struct composition *c, writer *write, size_t count,
                                           const char *end)
{
    const char **names = sk_show_header_names(&c->arena, c->system);
    struct sk_compose_header *texts = need_memory(calloc(count + 1, sizeof(*texts)));

    for (size_t i = 0; i < count; i++) {
        const char *name = i < c->system->domain_count ? names[i] : "monitor";
        texts[i].text = text_of(c, write, i);
        if (asprintf(&texts[i].name, "%s%s", name, end) < 0) {
            need_memory(NULL);
        }
    }
    return texts;
}

static uint8_t *copy_of(const uint8_t *data, size_t size)
{
    return memcpy(need_memory(malloc(size + 1)), data, size);
}

void sk_composition_copy(const struct composition *c, struct sk_compose_result *ret_result)
{
    const struct sk_image_file *initialiser = &c->options->kit->initialiser;

    ret_result->initialiser_size = initialiser->size;
    ret_result->initialiser = copy_of(initialiser->data, initialiser->size);
    ret_result->pages_size = c->encoded.size;
    ret_result->pages = copy_of(c->encoded.data, c->encoded.size);
}

void sk_composition_write(struct composition *c, struct sk_compose_result *ret_result)
{
    const struct sk_compose_options *o = c->options;
    const struct {
        bool is_wanted;
        writer *write;
        struct sk_compose_text *ret_text;
    } text[] = {
        {o->wants_report, write_report, &ret_result->report},
        {o->wants_report_json, write_report_json, &ret_result->report_json},
        {o->wants_model_json, write_model_json, &ret_result->model_json},
        {o->wants_cdl, write_cdl, &ret_result->cdl},
        {o->wants_dot, write_dot, &ret_result->dot},
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]) && !o->check_only; i++) {
        if (text[i].is_wanted) {
            *text[i].ret_text = text_of(c, text[i].write, 0);
        }
    }
    if (o->wants_headers) {
        ret_result->header_count = c->system->domain_count;
        ret_result->headers = folder_of(c, write_header, ret_result->header_count, ".h");
    }
    if (o->wants_viper && !o->check_only) {
        ret_result->viper_count = c->model.domain_count;
        ret_result->viper = folder_of(c, write_viper, ret_result->viper_count, ".vpr");
    }
}

static void drop_folder(struct sk_compose_header *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(texts[i].name);
        free(texts[i].text.data);
    }
    free(texts);
}

void sk_compose_result_drop(struct sk_compose_result *result)
{
    free(result->initialiser);
    free(result->pages);
    free(result->report.data);
    free(result->report_json.data);
    free(result->model_json.data);
    free(result->cdl.data);
    free(result->dot.data);
    drop_folder(result->headers, result->header_count);
    drop_folder(result->viper, result->viper_count);
    *result = (struct sk_compose_result){0};
}
