/*
 * What processes take, for programs of all forms: as counted by sk_elf_needs(), and page by
 * page here. SEED in the environment changes the programs.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/process.h>

#include <stdlib.h>

#include <selkie/arch/task/elf.h>

#include "environment.h"
#include "failing.h"

#define PAGE     0x1000u
#define PROGRAMS 40

static struct failing failing;
static struct sk_parent parent;
static uint64_t random_state;

static struct {
    Elf64_Ehdr header;
    Elf64_Phdr segment[SK_ELF_SEGMENTS + 1];
    char bytes[0x5000];
} file;

/* xorshift64*: the same numbers everywhere. */
static uint64_t next_random(uint64_t below)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (random_state * 0x2545f4914f6cdd1dull >> 16) % below;
}

/* The first segment has the entry; each is a few bytes to many pages behind the last one's. */
static void make_file(unsigned segments)
{
    static const uint64_t bases[] = {0x1000, 0x400000, 0x1000000000, 0x7f0000000000};
    static const uint64_t gaps[] = {0, PAGE, 0x200000, 0x40000000};
    uint64_t vaddr = bases[next_random(4)];

    file.header = (Elf64_Ehdr){.e_ident = "\177ELF\2\1\1",
                               .e_type = ET_EXEC,
                               .e_machine = sk_arch_elf_machine.number,
                               .e_version = 1,
                               .e_entry = vaddr,
                               .e_phoff = sizeof(Elf64_Ehdr),
                               .e_ehsize = sizeof(Elf64_Ehdr),
                               .e_phentsize = sizeof(Elf64_Phdr),
                               .e_phnum = (Elf64_Half)(segments + 1)};
    for (unsigned n = 0; n < segments; n++) {
        uint64_t in_file = n == 0 ? 16 : next_random(0x4000);

        file.segment[n] = (Elf64_Phdr){
            .p_type = PT_LOAD,
            .p_flags = n == 0 ? PF_R | PF_X : PF_R | (next_random(2) != 0 ? PF_W : 0),
            .p_offset = offsetof(__typeof__(file), bytes) + next_random(0x1000),
            .p_vaddr = vaddr,
            .p_filesz = in_file,
            .p_memsz = in_file + 1 + next_random(next_random(4) == 0 ? 0x30000 : PAGE),
        };
        vaddr += file.segment[n].p_memsz + gaps[next_random(4)];
        vaddr = (vaddr + PAGE - 1) / PAGE * PAGE + next_random(2) * next_random(PAGE);
    }
    file.segment[segments] = (Elf64_Phdr){
        .p_type = PT_TLS, .p_memsz = next_random(2) * next_random(0x1000), .p_align = 16};
}

/* The first page of a table that holds vaddr, if no page before vaddr's is in that table. */
static bool is_new(uint64_t *last, uint64_t vaddr, unsigned bits)
{
    bool is = *last != vaddr >> bits;

    *last = vaddr >> bits;
    return is;
}

struct walk {
    uint64_t last_page;
    uint64_t last_table[SK_ELF_TABLE_LEVELS];
    uint64_t pages;
    uint64_t tables;
};

static void walk(struct walk *w, uint64_t from, uint64_t to)
{
    for (uint64_t vaddr = from / PAGE * PAGE; vaddr < to; vaddr += PAGE) {
        w->pages += is_new(&w->last_page, vaddr, 12);
        for (unsigned level = 0; level < SK_ELF_TABLE_LEVELS; level++) {
            w->tables +=
                is_new(&w->last_table[level], vaddr, sk_arch_elf_machine.table_bits[level]);
        }
    }
}

static void check_walk(const struct sk_process *p, unsigned segments)
{
    struct walk w = {UINT64_MAX, {UINT64_MAX, UINT64_MAX, UINT64_MAX}, 0, 0};

    for (unsigned n = 0; n < segments; n++) {
        walk(&w, file.segment[n].p_vaddr, file.segment[n].p_vaddr + file.segment[n].p_memsz);
    }
    walk(&w, p->place.stack, p->place.stack_end);
    walk(&w, p->place.ipc_buffer, p->place.ipc_buffer + PAGE);
    assert_int_equal(w.pages, p->needs.pages);
    assert_int_equal(w.tables, p->needs.tables);
}

static void programs_of_all_forms_take_what_is_counted(void **state)
{
    const char *seed = getenv("SEED");

    (void)state;
    random_state = seed != NULL ? strtoull(seed, NULL, 0) | 1 : 20261122;
    environment_open();
    failing_init(&failing, &scene.manager.source);
    assert_int_equal(sk_parent_init(&parent, &failing.source), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    for (unsigned n = 0; n < PROGRAMS; n++) {
        struct sk_process_options options = {
            .stack_size = 1 + next_random(0x10000) + 0x3000,
            .cnode_bits = (unsigned)(4 + next_random(6)),
            .untyped_bits = (unsigned)(next_random(2) * (4 + next_random(12))),
            .gives = (unsigned)next_random(SK_GIVE_PARENTHOOD + 1),
        };
        seL4_Word slots = failing.slots_out;
        seL4_Word objects = failing.objects_out;
        seL4_Word bytes = failing.bytes_out;
        unsigned segments = 1 + n % SK_ELF_SEGMENTS;
        struct sk_process p;

        make_file(segments);
        assert_int_equal(sk_process_spawn(&parent, &p, &file, sizeof(file), &options), SK_OK);
        assert_int_equal(failing.slots_out - slots, p.needs.slots);
        assert_int_equal(failing.objects_out - objects, p.needs.objects);
        assert_int_equal(failing.bytes_out - bytes, p.needs.bytes);
        check_walk(&p, segments);
        sk_process_reap(&p);
        environment_check_same(&before);
    }
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_of_all_forms_take_what_is_counted),
    };

    return cmocka_run_group_tests_name("task/needs", tests, NULL, end);
}
