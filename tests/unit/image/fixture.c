/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libfdt.h>

static const char names[32] = "\0.plan\0.shstrtab";

static void make_elf(struct fixture_elf *f, uint64_t vaddr, uint64_t paddr, size_t data_size,
                     uint64_t bss)
{
    *f = (struct fixture_elf){
        .header =
            {
                .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
                            EV_CURRENT},
                .e_type = ET_EXEC,
                .e_machine = EM_AARCH64,
                .e_version = EV_CURRENT,
                .e_entry = vaddr,
                .e_phoff = offsetof(struct fixture_elf, load),
                .e_shoff = offsetof(struct fixture_elf, section),
                .e_ehsize = sizeof(Elf64_Ehdr),
                .e_phentsize = sizeof(Elf64_Phdr),
                .e_phnum = FIXTURE_LOADS,
                .e_shentsize = sizeof(Elf64_Shdr),
                .e_shnum = FIXTURE_SECTIONS,
                .e_shstrndx = 2,
            },
        .section =
            {
                {0},
                {.sh_name = 1,
                 .sh_type = SHT_PROGBITS,
                 .sh_offset = offsetof(struct fixture_elf, data),
                 .sh_size = data_size},
                {.sh_name = 7,
                 .sh_type = SHT_STRTAB,
                 .sh_offset = offsetof(struct fixture_elf, names),
                 .sh_size = sizeof(names)},
            },
    };
    f->load[0] = (Elf64_Phdr){.p_type = PT_LOAD,
                              .p_flags = PF_R | PF_X,
                              .p_offset = offsetof(struct fixture_elf, code),
                              .p_vaddr = vaddr,
                              .p_paddr = paddr,
                              .p_filesz = FIXTURE_CODE,
                              .p_memsz = FIXTURE_CODE,
                              .p_align = 16};
    f->load[1] = (Elf64_Phdr){.p_type = PT_LOAD,
                              .p_flags = PF_R | PF_W,
                              .p_offset = offsetof(struct fixture_elf, data),
                              .p_vaddr = vaddr + 0x1000,
                              .p_paddr = paddr + 0x1000,
                              .p_filesz = data_size,
                              .p_memsz = data_size + bss,
                              .p_align = 16};
    memset(f->code, 0xc0, sizeof(f->code));
    memset(f->data, 0xda, sizeof(f->data));
    memcpy(f->names, names, sizeof(names));
}

void fixture_dtb(struct fixture *f, uint64_t start, uint64_t size, const char *console)
{
    void *fdt = f->dtb;
    static const char compatible[] = "arm,pl011\0arm,primecell";
    fdt64_t memory[2] = {cpu_to_fdt64(start), cpu_to_fdt64(size)};
    fdt64_t uart[2] = {cpu_to_fdt64(0x9000000), cpu_to_fdt64(0x1000)};
    int bad = fdt_create(fdt, sizeof(f->dtb)) | fdt_finish_reservemap(fdt);

    bad |= fdt_begin_node(fdt, "") | fdt_property_u32(fdt, "#address-cells", 2) |
           fdt_property_u32(fdt, "#size-cells", 2);
    if (size != 0) {
        bad |= fdt_begin_node(fdt, "memory@40000000") |
               fdt_property_string(fdt, "device_type", "memory") |
               fdt_property(fdt, "reg", memory, sizeof(memory)) | fdt_end_node(fdt);
    }
    bad |= fdt_begin_node(fdt, "uart@9000000") |
           fdt_property(fdt, "compatible", compatible, sizeof(compatible)) |
           fdt_property(fdt, "reg", uart, sizeof(uart)) | fdt_end_node(fdt);
    bad |= fdt_begin_node(fdt, "other") | fdt_property_string(fdt, "compatible", "other") |
           fdt_end_node(fdt);
    if (console != NULL) {
        bad |= fdt_begin_node(fdt, "chosen") |
               fdt_property_string(fdt, "stdout-path", console) | fdt_end_node(fdt);
    }
    bad |= fdt_end_node(fdt) | fdt_finish(fdt);
    assert_int_equal(bad, 0);
    f->parts.dtb = (struct sk_image_file){"kernel.dtb", f->dtb, fdt_totalsize(fdt)};
}

static struct sk_image_file file(const char *name, const struct fixture_elf *elf)
{
    return (struct sk_image_file){name, (const uint8_t *)elf, sizeof(*elf)};
}

/* A header for firmware, the plan, and BSS on the next page. */
static void make_loader(struct fixture_elf *f)
{
    static const char magic[4] = {'A', 'R', 'M', '\x64'};
    size_t header = FIXTURE_CODE - SK_BOOT_PLAN_OFFSET;

    make_elf(f, FIXTURE_LOADER_PADDR, FIXTURE_LOADER_PADDR, sizeof(struct sk_boot_plan),
             FIXTURE_BSS);
    f->load[0].p_offset += header;
    f->load[0].p_filesz = f->load[0].p_memsz =
        SK_BOOT_PLAN_OFFSET + sizeof(struct sk_boot_plan);
    f->load[1].p_filesz = 0;
    f->load[1].p_memsz = FIXTURE_BSS;
    memset(f->code + header, 0, SK_BOOT_PLAN_OFFSET);
    memcpy(f->code + header + 56, magic, sizeof(magic));
}

void fixture_init(struct fixture *f)
{
    *f = (struct fixture){0};
    make_elf(&f->kernel, FIXTURE_KERNEL_VADDR, FIXTURE_KERNEL_PADDR, FIXTURE_DATA, FIXTURE_BSS);
    make_elf(&f->root_task, FIXTURE_USER_VADDR, FIXTURE_USER_VADDR, FIXTURE_DATA, FIXTURE_BSS);
    make_loader(&f->loader);
    f->parts.kernel = file("sel4.elf", &f->kernel);
    f->parts.root_task = file("hello.elf", &f->root_task);
    f->parts.loader = file("loader.elf", &f->loader);
    fixture_dtb(f, FIXTURE_KERNEL_PADDR, FIXTURE_RAM_SIZE, "/uart@9000000:115200n8");
}

void fixture_assert_refused(const struct fixture *f, const char *text)
{
    struct sk_image image = {0};
    struct sk_image_problem problem = {0};

    assert_false(sk_image_pack(&f->parts, &image, &problem));
    assert_null(image.data);
    if (strstr(problem.what, text) == NULL) {
        print_message("expected '%s', got '%s'\n", text, problem.what);
        fail();
    }
    assert_true(problem.help[0] != '\0');
}

void fixture_assert_file_refused(const struct fixture *f, const char *text)
{
    struct sk_image image = {0};
    struct sk_image_problem problem = {0};

    assert_false(sk_image_pack_file(&f->parts, SK_IMAGE_BINARY, &image, &problem));
    assert_null(image.data);
    if (strstr(problem.what, text) == NULL) {
        print_message("expected '%s', got '%s'\n", text, problem.what);
        fail();
    }
    assert_true(problem.help[0] != '\0');
}

struct sk_image fixture_pack(const struct fixture *f)
{
    struct sk_image image = {0};
    struct sk_image_problem problem = {0};

    if (!sk_image_pack(&f->parts, &image, &problem)) {
        print_message("refused: %s\n", problem.what);
        fail();
    }
    return image;
}

Elf64_Phdr fixture_segment(const struct sk_image *image, uint64_t paddr)
{
    Elf64_Ehdr header;
    Elf64_Phdr p;

    memcpy(&header, image->data, sizeof(header));
    for (unsigned i = 0; i < header.e_phnum; i++) {
        memcpy(&p, image->data + header.e_phoff + i * sizeof(p), sizeof(p));
        if (p.p_paddr == paddr) {
            assert_true(p.p_offset + p.p_filesz <= image->size);
            return p;
        }
    }
    print_message("no segment at 0x%llx\n", (unsigned long long)paddr);
    fail();
    return (Elf64_Phdr){0};
}

struct sk_boot_plan fixture_plan(const struct sk_image *image, uint64_t loader_paddr)
{
    struct sk_boot_plan plan;
    Elf64_Phdr p = fixture_segment(image, loader_paddr);

    memcpy(&plan, image->data + p.p_offset + SK_BOOT_PLAN_OFFSET, sizeof(plan));
    assert_true(plan.magic == SK_BOOT_PLAN_MAGIC);
    return plan;
}
