/* SPDX-License-Identifier: BSD-2-Clause */
#include "trace.h"

#include <selkie/rt/print.h>

#include "ground.h"
#include "stub.h"

#define FNV_START        0xcbf29ce484222325u
#define FNV_PRIME        0x100000001b3u
#define FLAGS_OF_RELEASE 0x140
#define FLAG_SERROR      0x100
#define FLAGS_NZCV       0xf0000000

static seL4_Word hash;
static bool is_printed;

void trace_open(bool is_to_be_printed)
{
    hash = FNV_START;
    is_printed = is_to_be_printed;
}

seL4_Word trace_hash(void)
{
    return hash;
}

static seL4_Word normal(seL4_Word word)
{
    if (word - ground_code() < STUB_BYTES) {
        return 0xc0de0000 + (word - ground_code());
    }
    /* Flags of a thread: a release kernel has SErrors masked in them, a debug kernel not. */
    if ((word & ~(seL4_Word)FLAGS_NZCV) == FLAGS_OF_RELEASE) {
        return word & ~(seL4_Word)FLAG_SERROR;
    }
    if (word >= actor_ipc_buffer(0) && word < actor_ipc_buffer(ACTORS)) {
        return 0xb0f00000 + (word - actor_ipc_buffer(0));
    }
    return word;
}

static void add(seL4_Word word)
{
    for (int i = 0; i < 64; i += 8) {
        hash = (hash ^ ((word >> i) & 0xff)) * FNV_PRIME;
    }
}

static void add_word(seL4_Word word)
{
    add(word);
    if (is_printed) {
        sk_printf(" %lx", word);
    }
}

static void add_text(const char *text)
{
    for (const char *next = text; *next != '\0'; next++) {
        add((seL4_Word)*next);
    }
    if (is_printed) {
        sk_printf("%s", text);
    }
}

static void end_line(void)
{
    if (is_printed) {
        sk_printf("\n");
    }
}

void trace_bits(const char *what, const seL4_Word *words, unsigned count)
{
    add_text(what);
    for (unsigned i = 0; i < count; i++) {
        add_word(words[i]);
    }
    end_line();
}

void trace_words(const char *what, const seL4_Word *words, unsigned count)
{
    add_text(what);
    for (unsigned i = 0; i < count; i++) {
        add_word(normal(words[i]));
    }
    end_line();
}

void trace_operation(unsigned number, unsigned actor, const char *name,
                     const struct command *command)
{
    unsigned length = (unsigned)seL4_MessageInfo_get_length(command->info);
    const seL4_Word words[] = {
        number,
        actor,
        ground_code() + command->code,
        command->syscall,
        command->x0,
        command->info.words[0],
        command->reply,
        command->destination,
        command->caps[0],
        command->caps[1],
        command->caps[2],
        command->receive[0],
        command->receive[1],
        command->receive[2],
    };

    if (is_printed) {
        sk_printf("%-28s", name);
    }
    trace_words("op", words, sizeof(words) / sizeof(words[0]));
    trace_words("  words", command->words,
                length < 4           ? 4
                : length < MAX_WORDS ? length
                                     : MAX_WORDS);
}

void trace_done(unsigned actor, const seL4_Word *fault)
{
    const seL4_Word words[] = {actor};

    trace_words("  done", words, 1);
    /* x0 to x6, stack pointer, link register, flags. */
    trace_words("   ", fault, 7);
    trace_words("   ", fault + 9, 3);
}
