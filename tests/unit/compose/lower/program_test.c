/*
 * Programs as they will lie in memory, and what the composer writes into them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <elf.h>
#include <string.h>

#include "../scene.h"

static struct sk_program open(struct scene *s, struct scene_elf elf)
{
    struct sk_image_file file = scene_elf_file(s, "a.elf", elf);
    struct sk_image_problem problem;
    struct sk_program program;

    assert_true(sk_program_open(&s->arena, &file, EM_AARCH64, &program, &problem));
    return program;
}

static uint64_t word_at(const struct sk_program *program, uint64_t vaddr)
{
    uint64_t word;

    sk_program_read(program, vaddr, &word, sizeof(word));
    return word;
}

static void segments_are_widened_and_bss_takes_no_memory(void **state)
{
    struct scene s;
    struct scene_elf elf = scene_elf();

    (void)state;
    scene_open(&s);
    elf.segment[1].vaddr += 0x10;
    elf.segment[1].size = 1ull << 30 >> 1;
    struct sk_program p = open(&s, elf);
    assert_int_equal(p.segment_count, 2);
    assert_int_equal(p.segment[1].vaddr, SCENE_DATA);
    assert_int_equal(p.segment[1].size, (1ull << 29) + 0x1000);
    assert_int_equal(p.segment[1].kept, 0x1000);
    assert_int_equal(sk_segment_contents(&p.segment[1]), 0x410);
    assert_int_equal(word_at(&p, SCENE_DATA), 0);
    assert_int_equal(word_at(&p, SCENE_DATA + 0x10), 0xdadadadadadadadaull);
    assert_int_equal(word_at(&p, SCENE_DATA + 0x20000000), 0);
    scene_close(&s);
}

static void a_segment_without_contents_is_all_bss(void **state)
{
    struct scene s;
    struct scene_elf elf = scene_elf();

    (void)state;
    scene_open(&s);
    elf.segment[1].file_size = 0;
    struct sk_program p = open(&s, elf);
    assert_int_equal(p.segment[1].kept, 0);
    assert_int_equal(sk_segment_contents(&p.segment[1]), 0);
    assert_int_equal(word_at(&p, SCENE_DATA), 0);
    scene_close(&s);
}

static void segments_on_one_page_become_one(void **state)
{
    struct scene s;
    struct scene_elf elf = scene_elf();

    (void)state;
    scene_open(&s);
    elf.segment[2] = (struct scene_segment){SCENE_DATA + 0x1400, 0x100, 0x3000, PF_R};
    elf.segment_count = 3;
    struct sk_program p = open(&s, elf);
    assert_int_equal(p.segment_count, 2);
    assert_int_equal(p.segment[1].flags, PF_R | PF_W);
    assert_int_equal(p.segment[1].size, 0x5000);
    assert_int_equal(word_at(&p, SCENE_DATA + 0x13f8), 0);
    assert_int_equal(word_at(&p, SCENE_DATA + 0x1400), 0xdadadadadadadadaull);
    scene_close(&s);
}

static void bss_can_be_written(void **state)
{
    struct scene s;
    uint64_t value = 0x1122334455667788;

    (void)state;
    scene_open(&s);
    struct sk_program p = open(&s, scene_elf());
    sk_program_write(&s.arena, &p, SCENE_BSS + 0x100, &value, sizeof(value));
    assert_int_equal(word_at(&p, SCENE_BSS + 0x100), value);
    assert_int_equal(word_at(&p, SCENE_DATA), 0xdadadadadadadadaull);
    assert_int_equal(sk_segment_contents(&p.segment[1]), SCENE_BSS + 0x108 - SCENE_DATA);
    assert_false(sk_program_has(&p, SCENE_DATA + 0x1ff9, 8));
    assert_true(sk_program_has(&p, SCENE_DATA + 0x1ff8, 8));
    scene_close(&s);
}

static void global_symbols_come_before_local_ones(void **state)
{
    struct scene s;
    struct scene_elf elf = scene_elf();
    struct sk_symbol symbol;

    (void)state;
    scene_open(&s);
    elf.symbol[elf.symbol_count] = *scene_symbol(&elf, "value");
    scene_symbol(&elf, "value")->info = ELF64_ST_INFO(STB_LOCAL, STT_OBJECT);
    elf.symbol[elf.symbol_count++].vaddr = SCENE_BSS;
    struct sk_program p = open(&s, elf);
    assert_true(sk_program_symbol(&p, "value", &symbol));
    assert_int_equal(symbol.vaddr, SCENE_BSS);
    scene_remove_symbol(&elf, "value");
    p = open(&s, elf);
    assert_true(sk_program_symbol(&p, "value", &symbol));
    assert_false(sk_program_symbol(&p, "valu", &symbol));
    scene_close(&s);
}

#define NAMESPACE "<system xmlns:sk=\"https://selkie.systems/sdf/1\">"
#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"

/* objcopy --only-keep-debug leaves segments as they were, and their contents out. */
static void symbols_are_read_of_what_has_no_segments(void **state)
{
    struct scene s;
    struct sk_image_problem problem;
    struct sk_program program;
    struct sk_symbol symbol;

    (void)state;
    scene_open(&s);
    struct sk_image_file file = scene_elf_file(&s, "a.sym", scene_elf());
    Elf64_Phdr *segment = (Elf64_Phdr *)(file.data + sizeof(Elf64_Ehdr));
    segment[0].p_filesz = segment[1].p_filesz = 0;
    segment[1].p_offset = file.size + 1;
    assert_false(sk_program_open(&s.arena, &file, EM_AARCH64, &program, &problem));
    assert_true(sk_program_open_symbols(&s.arena, &file, EM_AARCH64, &program, &problem));
    assert_int_equal(program.segment_count, 0);
    assert_true(sk_program_symbol(&program, "value", &symbol));
    assert_int_equal(symbol.vaddr, SCENE_SETVAR);

    ((Elf64_Ehdr *)file.data)->e_machine = EM_RISCV;
    assert_false(sk_program_open_symbols(&s.arena, &file, EM_AARCH64, &program, &problem));
    assert_non_null(strstr(problem.what, "is for RISC-V"));
    scene_close(&s);
}

static void the_library_is_told_what_there_is(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(
        &s,
        NAMESPACE DOMAIN("name=\"server\" priority=\"9\" passive=\"true\" sk:channels=\"70\"",
                         "<irq irq=\"40\" id=\"61\" />")
            DOMAIN("name=\"client\" priority=\"8\" sk:channels=\"70\"",
                   "") "<channel><end pd=\"client\" id=\"5\" pp=\"true\" /><end "
                       "pd=\"server\" id=\"6\" /></channel>"
                       "<channel><end pd=\"client\" id=\"7\" /><end pd=\"server\" id=\"69\" "
                       "/></channel>"
                       "<channel><end pd=\"client\" id=\"64\" pp=\"true\" />"
                       "<end pd=\"server\" id=\"0\" notify=\"false\" /></channel></system>"));
    const struct sk_program *server = &s.lower.program[0];
    const struct sk_program *client = &s.lower.program[1];
    char name[64];
    struct sk_microkit_extension extension;

    sk_program_read(server, SCENE_DATA, name, sizeof(name));
    assert_string_equal(name, "server");
    assert_int_equal(word_at(server, SCENE_DATA + 0x40) & 0xff, 1);
    assert_int_equal(word_at(server, SCENE_DATA + 0x48), 1ull << 61);
    assert_int_equal(word_at(server, SCENE_DATA + 0x50), 1 << 6);
    assert_int_equal(word_at(server, SCENE_DATA + 0x58), 0);
    sk_program_read(server, SCENE_EXTENSION, &extension, sizeof(extension));
    assert_int_equal(extension.version, 1);
    assert_int_equal(extension.groups, 1 << 1);
    assert_int_equal(extension.notifications[1], 1 << 5);

    assert_int_equal(word_at(client, SCENE_DATA + 0x40) & 0xff, 0);
    assert_int_equal(word_at(client, SCENE_DATA + 0x50), 1 << 5);
    assert_int_equal(word_at(client, SCENE_DATA + 0x58), 1 << 5);
    sk_program_read(client, SCENE_EXTENSION, &extension, sizeof(extension));
    assert_int_equal(extension.groups, 0);
    assert_int_equal(extension.notifications[0], 1 << 7);
    assert_int_equal(extension.wakes[0], 1 << 7);
    assert_int_equal(extension.notifications[1], 1);
    assert_int_equal(extension.calls[1], 1);
    scene_close(&s);
}

static void other_libraries_are_not_told_that_they_are_passive(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf_other());
    assert_true(scene_lower(&s, "<system>" DOMAIN("name=\"a\" passive=\"true\"",
                                                  "<irq irq=\"40\" id=\"1\" />") "</system>"));
    assert_int_equal(word_at(&s.lower.program[0], SCENE_DATA + 0x40) & 0xff, 0);
    scene_close(&s);
}

static void variables_are_set_in_bss_too(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(
        &s, "<system><memory_region name=\"ring\" size=\"0x3000\" phys_addr=\"0x50000000\" "
            "/>" DOMAIN("name=\"a\"",
                        "<map mr=\"ring\" vaddr=\"0x4000000\" setvar_size=\"value\" />"
                        "<setvar symbol=\"cleared\" region_paddr=\"ring\" />") "</system>"));
    assert_int_equal(word_at(&s.lower.program[0], SCENE_SETVAR), 0x3000);
    assert_int_equal(word_at(&s.lower.program[0], SCENE_BSS), 0x50000000);
    scene_close(&s);
}

/* The copy has what the composer wrote, is read-only, and lies where nothing else is. */
static void what_is_restored_is_kept_behind_the_program(void **state)
{
    struct scene s;
    struct sk_microkit_restore restore;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(
        &s, NAMESPACE "<memory_region name=\"ring\" size=\"0x1000\" />" DOMAIN(
                "name=\"a\" sk:restart=\"always\"",
                "<map mr=\"ring\" vaddr=\"0x203000\" setvar_size=\"value\" />"
                "<sk:untyped slot=\"512\" info_vaddr=\"0x204000\" />") "</system>"));
    sk_program_read(&s.lower.program[0], SCENE_RESTORE, &restore, sizeof(restore));
    assert_int_equal(restore.pieces[0].to, SCENE_DATA);
    assert_int_equal(restore.pieces[0].from, 0x205000);
    assert_int_equal(restore.pieces[0].copied, 0x400);
    assert_int_equal(restore.pieces[0].cleared, 0x1c00);
    assert_int_equal(restore.pieces[1].copied + restore.pieces[1].cleared, 0);
    uint32_t copy = scene_object(&s, "a.first_state_0x201000");
    const struct sk_model_contents *contents = &s.model.object[copy].contents;
    assert_int_equal(contents->size, 0x400);
    assert_memory_equal(contents->data + 0x300, &(uint64_t){0x1000}, 8);
    for (uint32_t i = 0; i < s.model.mapping_count; i++) {
        if (s.model.mapping[i].object == copy) {
            assert_int_equal(s.model.mapping[i].vaddr, 0x205000);
            assert_int_equal(s.model.mapping[i].rights, SK_MODEL_READ);
        }
    }
    scene_close(&s);
}

static unsigned frames(const struct scene *s, const char *name, uint8_t size_bits,
                       enum sk_model_source source)
{
    const struct sk_model_object *o = &s->model.object[scene_object(s, name)];

    assert_int_equal(o->size_bits, size_bits);
    assert_int_equal(o->source, source);
    return o->count;
}

/* Large pages where whole ones fit: copied with contents, cleared behind them. */
static void large_segments_have_large_pages(void **state)
{
    struct scene s;
    struct scene_elf elf = scene_elf();

    (void)state;
    scene_open(&s);
    elf.segment[2] = (struct scene_segment){0x3ff000, 0x200000, 0xa02000, PF_R | PF_W};
    elf.segment_count = 3;
    scene_program(&s, "a.elf", elf);
    assert_true(scene_lower(&s, "<system>" DOMAIN("name=\"a\"", "") "</system>"));
    assert_int_equal(frames(&s, "a.image_0x3ff000", 12, SK_MODEL_HANDED_OVER), 1);
    assert_int_equal(frames(&s, "a.image_0x400000", 21, SK_MODEL_COPIED), 1);
    assert_int_equal(frames(&s, "a.bss_0x600000", 21, SK_MODEL_ZERO), 4);
    assert_int_equal(frames(&s, "a.bss_0xe00000", 12, SK_MODEL_ZERO), 1);
    scene_close(&s);
}

/* Pages of the image may be in caches: who sees memory uncached gets a clean copy. */
static void memory_that_is_seen_uncached_is_copied(void **state)
{
    static const uint8_t bytes[0x1800] = {1};
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    scene_file(&s, "x", bytes, sizeof(bytes));
    s.options.wants_model_json = true;
    assert_true(scene_compose(
        &s, "<system><memory_region name=\"cached\" size=\"0x3000\" prefill_path=\"x\" />"
            "<memory_region name=\"uncached\" size=\"0x3000\" prefill_path=\"x\" />" DOMAIN(
                "name=\"a\"",
                "<map mr=\"cached\" vaddr=\"0x4000000\" />"
                "<map mr=\"uncached\" vaddr=\"0x4020000\" cached=\"false\" />") "</system>"));
    json_t *model = json_loads(s.result.model_json.data, 0, NULL);
    json_t *object;
    size_t i;
    unsigned seen = 0;
    json_array_foreach(json_object_get(model, "objects"), i, object)
    {
        const char *name = json_string_value(json_object_get(object, "name"));
        const char *source =
            json_string_value(json_object_get(json_object_get(object, "contents"), "source"));
        if (strcmp(name, "cached") == 0) {
            assert_string_equal(source, "handed over");
            seen++;
        } else if (strcmp(name, "uncached") == 0) {
            assert_string_equal(source, "copied");
            seen++;
        }
    }
    assert_int_equal(seen, 2);
    json_decref(model);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_are_widened_and_bss_takes_no_memory),
        cmocka_unit_test(a_segment_without_contents_is_all_bss),
        cmocka_unit_test(segments_on_one_page_become_one),
        cmocka_unit_test(bss_can_be_written),
        cmocka_unit_test(global_symbols_come_before_local_ones),
        cmocka_unit_test(symbols_are_read_of_what_has_no_segments),
        cmocka_unit_test(the_library_is_told_what_there_is),
        cmocka_unit_test(other_libraries_are_not_told_that_they_are_passive),
        cmocka_unit_test(variables_are_set_in_bss_too),
        cmocka_unit_test(what_is_restored_is_kept_behind_the_program),
        cmocka_unit_test(large_segments_have_large_pages),
        cmocka_unit_test(memory_that_is_seen_uncached_is_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
