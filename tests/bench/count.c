/*
 * A plugin for QEMU's translator that counts the instructions a guest executes, kernel and
 * user apart, and notes the counts when the guest passes a mark (selkie/arch/rt/mark.h) and
 * when it first executes the instruction at a given address.
 *
 *     qemu-system-aarch64 -plugin count.so,out=FILE,entry=0x400348 ...
 *
 * FILE gets lines "entry LOW HIGH" and "mark N LOW HIGH": how many instructions at low and
 * at high virtual addresses were executed before. The kernel is at high addresses; at low
 * ones is the loader until the entry, and the program from there on.
 *
 * Debian ships QEMU with plugins but without their header, so what is used is declared here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* QEMU's plugin interface, version 1. */
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { ADD_U64 = 0 };
enum { NO_REGISTERS = 0 };
typedef void translated(uint64_t id, struct qemu_plugin_tb *tb);
typedef void executed(unsigned cpu, void *arg);
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, translated *callback);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, executed *callback,
                                            int registers, void *arg);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int operation,
                                                void *counter, uint64_t operand);

extern int qemu_plugin_version;
int qemu_plugin_version = 1;
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

/* Kernels run above this: at 2^39 with a hypervisor, near 2^64 without. */
#define HIGH_ADDRESSES ((uint64_t)1 << 39)

/* Marks are the hints from 0x60 to 0x7f, which no processor gives a meaning. */
#define HINT_MASK  0xfffffc1fu
#define MARK_FIRST 0xd5032c1fu
#define MARK_SHIFT 5

static FILE *out;
static uint64_t entry;
static bool is_entered;
static uint64_t low;
static uint64_t high;

static void at_mark(unsigned cpu, void *arg)
{
    (void)cpu;
    fprintf(out, "mark %u %" PRIu64 " %" PRIu64 "\n", (unsigned)(uintptr_t)arg, low, high);
    fflush(out);
}

static void at_entry(unsigned cpu, void *arg)
{
    (void)cpu;
    (void)arg;
    if (!is_entered) {
        is_entered = true;
        fprintf(out, "entry %" PRIu64 " %" PRIu64 "\n", low, high);
        fflush(out);
    }
}

static void translate(struct qemu_plugin_insn *insn)
{
    uint64_t vaddr = qemu_plugin_insn_vaddr(insn);
    uint32_t word;

    memcpy(&word, qemu_plugin_insn_data(insn), sizeof(word));
    if (vaddr == entry) {
        qemu_plugin_register_vcpu_insn_exec_cb(insn, at_entry, NO_REGISTERS, NULL);
    }
    if ((word & HINT_MASK) == MARK_FIRST) {
        uintptr_t number = (word - MARK_FIRST) >> MARK_SHIFT;

        qemu_plugin_register_vcpu_insn_exec_cb(insn, at_mark, NO_REGISTERS, (void *)number);
    }
    qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD_U64,
                                               vaddr < HIGH_ADDRESSES ? &low : &high, 1);
}

static void translate_block(uint64_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
        translate(qemu_plugin_tb_get_insn(tb, i));
    }
}

int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "out=", 4) == 0) {
            out = fopen(argv[i] + 4, "w");
        } else if (strncmp(argv[i], "entry=", 6) == 0) {
            entry = strtoull(argv[i] + 6, NULL, 0);
        }
    }
    if (out == NULL) {
        fputs("count: error: no out=FILE that can be written\n", stderr);
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translate_block);
    return 0;
}
