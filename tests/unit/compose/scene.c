/* SPDX-License-Identifier: BSD-2-Clause */
#include "scene.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../tools/compose/kit.h"
#include "../../../tools/compose/sdf/sdf.h"

static void add_symbol(struct scene_elf *elf, const char *name, uint64_t vaddr, uint64_t size)
{
    assert_true(elf->symbol_count < SCENE_SYMBOLS);
    elf->symbol[elf->symbol_count++] =
        (struct scene_symbol){name, vaddr, size, ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT)};
}

struct scene_elf scene_elf_other(void)
{
    struct scene_elf elf = {
        .entry = SCENE_TEXT,
        .segment = {{SCENE_TEXT, 0x800, 0x800, PF_R | PF_X},
                    {SCENE_DATA, 0x400, 0x1400, PF_R | PF_W}},
        .segment_count = 2,
        .pattern = 0xda,
    };

    add_symbol(&elf, "microkit_name", SCENE_DATA, 64);
    add_symbol(&elf, "microkit_passive", SCENE_DATA + 0x40, 1);
    add_symbol(&elf, "microkit_irqs", SCENE_DATA + 0x48, 8);
    add_symbol(&elf, "microkit_notifications", SCENE_DATA + 0x50, 8);
    add_symbol(&elf, "microkit_pps", SCENE_DATA + 0x58, 8);
    add_symbol(&elf, "microkit_ioports", SCENE_DATA + 0x60, 8);
    add_symbol(&elf, "value", SCENE_SETVAR, 8);
    add_symbol(&elf, "cleared", SCENE_BSS, 8);
    add_symbol(&elf, "init", SCENE_TEXT, 0x40);
    elf.symbol[elf.symbol_count - 1].info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC);
    return elf;
}

struct scene_elf scene_elf(void)
{
    struct scene_elf elf = scene_elf_other();

    add_symbol(&elf, "sk_microkit_extension", SCENE_EXTENSION,
               sizeof(struct sk_microkit_extension));
    add_symbol(&elf, "sk_microkit_restore", SCENE_RESTORE, sizeof(struct sk_microkit_restore));
    return elf;
}

struct scene_elf scene_elf_monitor(void)
{
    struct scene_elf elf = scene_elf_other();

    elf.symbol_count = 0;
    add_symbol(&elf, "sk_monitor_memory", SCENE_DATA, sizeof(struct sk_monitor_memory));
    return elf;
}

struct scene_symbol *scene_symbol(struct scene_elf *elf, const char *name)
{
    for (unsigned i = 0; i < elf->symbol_count; i++) {
        if (strcmp(elf->symbol[i].name, name) == 0) {
            return &elf->symbol[i];
        }
    }
    fail_msg("there is no symbol %s", name);
    return NULL;
}

void scene_remove_symbol(struct scene_elf *elf, const char *name)
{
    struct scene_symbol *symbol = scene_symbol(elf, name);

    *symbol = elf->symbol[--elf->symbol_count];
}

/* --- writing ELF files */

struct file {
    uint8_t *data;
    size_t size;
};

static size_t put(struct file *f, const void *data, size_t size)
{
    size_t at = f->size;

    if (data != NULL && size > 0) {
        memcpy(f->data + at, data, size);
    }
    f->size += size;
    return at;
}

static void put_segments(struct file *f, const struct scene_elf *elf, Elf64_Phdr *headers)
{
    for (unsigned i = 0; i < elf->segment_count; i++) {
        const struct scene_segment *s = &elf->segment[i];
        headers[i] = (Elf64_Phdr){
            .p_type = PT_LOAD,
            .p_flags = s->flags,
            .p_offset = f->size,
            .p_vaddr = s->vaddr,
            .p_paddr = s->vaddr,
            .p_filesz = s->file_size,
            .p_memsz = s->size,
            .p_align = 16,
        };
        size_t at = put(f, NULL, s->file_size);
        memset(f->data + at, elf->pattern, s->file_size);
        if (s->vaddr <= SCENE_EXTENSION && SCENE_EXTENSION + 4 <= s->vaddr + s->file_size) {
            memcpy(f->data + at + (SCENE_EXTENSION - s->vaddr), &(uint32_t){1}, 4);
        }
    }
}

static size_t file_size(const struct scene_elf *elf)
{
    size_t size = 8192;

    for (unsigned i = 0; i < elf->segment_count; i++) {
        size += elf->segment[i].file_size;
    }
    return size;
}

static void put_tables(struct file *f, const struct scene_elf *elf, Elf64_Ehdr *header)
{
    static const char names[] = "\0.symtab\0.strtab\0.shstrtab";
    Elf64_Sym symbols[SCENE_SYMBOLS + 1] = {0};
    char texts[2048] = {0};
    size_t used = 1;

    for (unsigned i = 0; i < elf->symbol_count; i++) {
        symbols[i + 1] = (Elf64_Sym){.st_name = (Elf64_Word)used,
                                     .st_info = elf->symbol[i].info,
                                     .st_shndx = 1,
                                     .st_value = elf->symbol[i].vaddr,
                                     .st_size = elf->symbol[i].size};
        strcpy(texts + used, elf->symbol[i].name);
        used += strlen(elf->symbol[i].name) + 1;
    }
    size_t symbols_size = (elf->symbol_count + 1) * sizeof(symbols[0]);
    Elf64_Shdr section[] = {
        {0},
        {.sh_name = 1, .sh_type = SHT_SYMTAB, .sh_size = symbols_size},
        {.sh_name = 9, .sh_type = SHT_STRTAB, .sh_size = used},
        {.sh_name = 17, .sh_type = SHT_STRTAB, .sh_size = sizeof(names)},
    };
    section[1].sh_offset = put(f, symbols, symbols_size);
    section[2].sh_offset = put(f, texts, used);
    section[3].sh_offset = put(f, names, sizeof(names));
    header->e_shoff = put(f, section, sizeof(section));
    header->e_shentsize = sizeof(section[0]);
    header->e_shnum = 4;
    header->e_shstrndx = 3;
}

struct sk_image_file scene_elf_file(struct scene *s, const char *name, struct scene_elf elf)
{
    Elf64_Ehdr header = {
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_EXEC,
        .e_machine = EM_AARCH64,
        .e_version = EV_CURRENT,
        .e_entry = elf.entry,
        .e_phoff = sizeof(header),
        .e_ehsize = sizeof(header),
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = (Elf64_Half)elf.segment_count,
    };
    Elf64_Phdr headers[SCENE_SEGMENTS] = {0};
    struct file f = {.data = arena_take(&s->arena, file_size(&elf))};
    size_t headers_size = elf.segment_count * sizeof(headers[0]);

    put(&f, NULL, sizeof(header) + headers_size);
    put_segments(&f, &elf, headers);
    if (elf.symbol_count > 0) {
        put_tables(&f, &elf, &header);
    }
    memcpy(f.data, &header, sizeof(header));
    memcpy(f.data + sizeof(header), headers, headers_size);
    return (struct sk_image_file){name, f.data, f.size};
}

/* --- the scene */

static bool find(struct sk_compose_finder *finder, const char *name, struct sk_image_file *ret)
{
    const struct scene *s = (const struct scene *)finder;

    for (unsigned i = 0; i < s->file_count; i++) {
        if (strcmp(s->file[i].name, name) == 0) {
            *ret = s->file[i];
            return true;
        }
    }
    errno = ENOENT;
    return false;
}

void scene_config(struct scene *s, const char *symbol, json_t *value)
{
    json_object_set_new(s->kit.kernel_config, symbol, value);
}

void scene_file(struct scene *s, const char *name, const void *data, size_t size)
{
    assert_true(s->file_count < SCENE_FILES);
    s->file[s->file_count++] = (struct sk_image_file){name, data, size};
}

void scene_program(struct scene *s, const char *name, struct scene_elf elf)
{
    struct sk_image_file file = scene_elf_file(s, name, elf);

    scene_file(s, name, file.data, file.size);
}

/* The kernel, a device tree behind it, and the rest from 0x70000000 on. */
void scene_open(struct scene *s)
{
    *s = (struct scene){
        .finder.find = find,
        .kit = {.board = "qemu_virt_aarch64_el1",
                .config = "debug",
                .kernel_config = json_pack(
                    "{sb sb ss ss ss ss ss ss ss}", "KERNEL_MCS", 1, "PRINTING", 1, "SEL4_ARCH",
                    "aarch64", "RETYPE_FAN_OUT_LIMIT", "256", "ROOT_CNODE_SIZE_BITS", "17",
                    "NUM_DOMAINS", "16", "NUM_DOMAIN_SCHEDULES", "100", "TIMER_FREQUENCY",
                    "62500000", "MAX_NUM_NODES", "1"),
                .platform =
                    json_pack("{s[{sI sI}] s[{sI sI} {sI sI}]}", "memory", "start",
                              (json_int_t)0x40000000, "end", (json_int_t)0xc0000000, "devices",
                              "start", (json_int_t)0, "end", (json_int_t)0x8000000, "start",
                              (json_int_t)0x8020000, "end", (json_int_t)0x40000000),
                .interrupts = json_pack("{si s[i]}", "count", 160, "kernel", 27),
                .places = {.ram_start = 0x40000000,
                           .ram_end = 0xc0000000,
                           .kernel_start = 0x40000000,
                           .kernel_end = 0x40038000,
                           .dtb_start = 0x40038000,
                           .dtb_end = 0x4003a000,
                           .loader_start = 0x70000000,
                           .user_start = 0x70040000,
                           .user_end = 0x70048000,
                           .pages_start = 0x70048000,
                           .user_vaddr = 0x400000}},
    };
    s->kit.kernel = scene_elf_file(s, "sel4.elf", scene_elf());
    s->kit.initialiser = scene_elf_file(s, "initialiser.elf", scene_elf());
    s->options = (struct sk_compose_options){.allows_extensions = true};
}

void scene_close(struct scene *s)
{
    sk_compose_result_drop(&s->result);
    sk_model_fini(&s->model);
    free(s->said);
    json_decref(s->kit.kernel_config);
    json_decref(s->kit.platform);
    json_decref(s->kit.interrupts);
    arena_fini(&s->arena);
}

int scene_setup(void **state)
{
    static struct scene scene;

    scene_open(&scene);
    *state = &scene;
    return 0;
}

int scene_teardown(void **state)
{
    scene_close(*state);
    return 0;
}

bool scene_compose(struct scene *s, const char *system)
{
    FILE *kept = stderr;

    sk_compose_result_drop(&s->result);
    free(s->said);
    /* Scenes are copied, so these are set late. */
    s->options.finder = &s->finder;
    s->options.kit = &s->kit;
    s->options.system =
        (struct sk_image_file){"test.system", (const uint8_t *)system, strlen(system)};
    stderr = open_memstream(&s->said, &s->said_size);
    bool is_made = sk_compose(&s->options, &s->result);
    fclose(stderr);
    stderr = kept;
    return is_made;
}

static struct sk_program open_program(struct scene *s, const char *name)
{
    struct sk_image_file file;
    struct sk_image_problem problem;
    struct sk_program program = {0};

    if (!find(&s->finder, name, &file) ||
        !sk_program_open(&s->arena, &file, EM_AARCH64, &program, &problem)) {
        fail_msg("%s: %s", name, problem.what);
    }
    return program;
}

bool scene_lower(struct scene *s, const char *text)
{
    struct source *source = arena_take(&s->arena, sizeof(*source));
    struct sk_sdf_limits limits;

    s->diag.arena = &s->arena;
    *source = (struct source){"test.system", "test.system", text, strlen(text)};
    sk_kit_limits(&s->arena, &s->kit, true, &limits);
    struct sk_system *system = sk_sdf_read(&s->arena, source, &limits, &s->diag);
    if (system == NULL) {
        diag_print(&s->diag, stderr);
        fail_msg("the description is wrong");
    }
    struct sk_program *program = arena_take(&s->arena, system->domain_count * sizeof(*program));
    for (size_t i = 0; i < system->domain_count; i++) {
        program[i] = open_program(s, system->domains[i].image.value);
    }
    s->lower = (struct sk_lower){
        .system = system,
        .program = program,
        .symbols = program,
        .prefill =
            arena_take(&s->arena, (system->region_count + 1) * sizeof(struct sk_prefill)),
        .user_top = sk_kit_user_top(&s->kit),
        .is_debug = !s->is_release,
        .diag = &s->diag,
        .model = &s->model,
    };
    if (s->kit.monitor.data != NULL) {
        struct sk_image_problem problem;
        assert_true(
            sk_program_open(&s->arena, &s->kit.monitor, EM_AARCH64, &s->monitor, &problem));
        s->lower.monitor = &s->monitor;
    }
    return sk_lower(&s->lower);
}

static void expect_said(const struct scene *s, const char *said)
{
    if (strcmp(s->said, said) != 0) {
        print_message("expected:\n%s\nbut was told:\n%s", said, s->said);
        fail();
    }
}

void scene_refuses(struct scene *s, const char *system, const char *said)
{
    bool is_made = scene_compose(s, system);

    expect_said(s, said);
    assert_false(is_made);
}

void scene_warns(struct scene *s, const char *system, const char *said)
{
    bool is_made = scene_compose(s, system);

    expect_said(s, said);
    assert_true(is_made);
}

uint32_t scene_object(const struct scene *s, const char *name)
{
    for (uint32_t i = 0; i < s->model.object_count; i++) {
        if (strcmp(s->model.object[i].name, name) == 0) {
            return i;
        }
    }
    fail_msg("there is no object %s", name);
    return 0;
}
