/*
 * The functions that compilers call of their own accord, against plain loops: every size
 * and place that makes a difference to code that works a word at a time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/base/assert.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);

#define SPACE 64

static unsigned char memory[SPACE];
static unsigned char other[SPACE];
static unsigned char model[SPACE];

static void fill(void)
{
    for (size_t i = 0; i < SPACE; i++) {
        memory[i] = model[i] = (unsigned char)(i * 7 + 1);
        other[i] = (unsigned char)(200 - i);
    }
}

static void check_model(void)
{
    for (size_t i = 0; i < SPACE; i++) {
        sk_assert(memory[i] == model[i]);
    }
}

static void check_copy(size_t to, size_t from, size_t size)
{
    fill();
    for (size_t i = 0; i < size; i++) {
        model[to + i] = other[from + i];
    }
    sk_assert(memcpy(memory + to, other + from, size) == memory + to);
    check_model();
}

static void check_move(size_t to, size_t from, size_t size)
{
    fill();
    for (size_t i = 0; i < size; i++) {
        model[to + i] = (unsigned char)((from + i) * 7 + 1);
    }
    sk_assert(memmove(memory + to, memory + from, size) == memory + to);
    check_model();
}

static void check_set(size_t to, size_t size)
{
    fill();
    for (size_t i = 0; i < size; i++) {
        model[to + i] = 0x9c;
    }
    sk_assert(memset(memory + to, 0x69c, size) == memory + to);
    check_model();
}

static void check_compare(size_t size)
{
    fill();
    sk_assert(memcmp(memory, model, size) == 0);
    for (size_t i = 0; i < size; i++) {
        model[i]++;
        sk_assert(memcmp(memory, model, size) < 0);
        sk_assert(memcmp(model, memory, size) > 0);
        sk_assert(memcmp(model, memory, i) == 0);
        model[i]--;
    }
    model[size] = (unsigned char)(model[size] + 1);
    sk_assert(memcmp(memory, model, size) == 0);
}

SK_ROOT_TASK(bi)
{
    for (size_t size = 0; size <= 20; size++) {
        for (size_t to = 0; to <= 20; to++) {
            for (size_t from = 0; from <= 20; from += 3) {
                check_copy(to, from, size);
                check_move(to, from, size);
            }
            check_set(to, size);
        }
        check_compare(size);
    }
    sk_puts("memory functions agree with the model");
    return 0;
}
