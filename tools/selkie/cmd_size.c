/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <selkie/arch/task/elf.h>

#include "../cli/file.h"
#include "../cli/report.h"
#include "note.h"

/* What sk_process_spawn() takes unless its options say other. */
static const struct sk_elf_plan usual = {.stack_size = 16 * 1024, .cnode_bits = 4};

/* Does the program's note say that it is for an MCS kernel? One without a note may be. */
static bool is_for_mcs(const struct sk_file *file)
{
    struct sk_image_file image = {file->path, file->data, file->size};
    struct sk_image_problem problem;
    struct sk_elf elf;
    json_t *note = NULL;

    if (sk_elf_open(&image, "the program", EM_NONE, &elf, &problem)) {
        note = sk_note_read(&elf);
    }
    const char *value = json_string_value(json_object_get(note, "KERNEL_MCS"));
    bool is_mcs = value == NULL || strcmp(value, "1") == 0;
    json_decref(note);
    return is_mcs;
}

static void print(const char *name, uint64_t value)
{
    printf("%-16s %" PRIu64 "\n", name, value);
}

/* Bytes in memory, by what may be done with them. */
static void print_sizes(const struct sk_elf_program *p)
{
    uint64_t code = 0, constants = 0, data = 0, zeroed = 0;

    for (unsigned i = 0; i < p->segment_count; i++) {
        const struct sk_elf_segment *s = &p->segment[i];

        zeroed += s->size - s->file_size;
        if ((s->rights & SK_ELF_EXECUTE) != 0) {
            code += s->file_size;
        } else if ((s->rights & SK_ELF_WRITE) != 0) {
            data += s->file_size;
        } else {
            constants += s->file_size;
        }
    }
    print("code", code);
    print("constants", constants);
    print("data", data);
    print("zeroed", zeroed);
}

static enum sk_elf_problem print_needs(const struct sk_elf_program *p, bool is_mcs)
{
    struct sk_elf_plan plan = usual;
    struct sk_elf_place place;
    struct sk_elf_needs n;

    plan.has_sched_context = is_mcs;
    enum sk_elf_problem problem = sk_elf_place(p, &sk_arch_elf_machine, &plan, &place);
    if (problem != SK_ELF_GOOD) {
        return problem;
    }
    sk_elf_needs(p, &sk_arch_elf_machine, &plan, &place, &n);
    print("pages", n.pages);
    print("  code", n.code_pages);
    print("  read-only", n.read_only_pages);
    print("  writable", n.writable_pages);
    print("  stack", n.stack_pages);
    print("tables", n.tables);
    print("objects", n.objects);
    print("slots", n.slots);
    print("bytes", n.bytes);
    return SK_ELF_GOOD;
}

int sk_cmd_size(const struct sk_options *options)
{
    struct sk_file file = {0};
    struct sk_elf_program program;

    if (!sk_file_read(options->elf, "the program", &file)) {
        return SK_STATUS_FAILED;
    }
    enum sk_elf_problem problem =
        sk_elf_check(file.data, file.size, &sk_arch_elf_machine, &program);
    if (problem == SK_ELF_GOOD && options->needs) {
        problem = print_needs(&program, is_for_mcs(&file));
    } else if (problem == SK_ELF_GOOD) {
        print_sizes(&program);
    }
    sk_file_drop(&file);
    if (problem != SK_ELF_GOOD) {
        sk_report_error("%s %s", options->elf, sk_elf_problem_text(problem));
        sk_report_help("name a static AArch64 program that the linker wrote");
        return SK_STATUS_FAILED;
    }
    return SK_STATUS_OK;
}
