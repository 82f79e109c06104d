/* SPDX-License-Identifier: BSD-2-Clause */
#include "shrink.h"

#include <stddef.h>
#include <string.h>

#define RUNS_MAX 4000u

struct shrinking {
    struct record *record;
    struct sequence *best;
    const struct verdict *verdict;
    struct sequence candidate;
    unsigned runs;
};

/* Whether the candidate fails in the same way; then it is the best one. */
static bool is_better(struct shrinking *s)
{
    unsigned length;
    struct verdict v;

    if (s->runs == RUNS_MAX) {
        return false;
    }
    s->runs++;
    v = verdict_of_sequence(s->record, &s->candidate, &length);
    if (strcmp(v.what, s->verdict->what) != 0) {
        return false;
    }
    s->candidate.length = length < s->candidate.length ? length : s->candidate.length;
    *s->best = s->candidate;
    return true;
}

/* Leave out pieces of so many operations, from the end. Whether any could go. */
static bool leave_out(struct shrinking *s, unsigned piece)
{
    bool was_any = false;

    for (unsigned end = s->best->length; end >= piece; end -= end >= piece ? piece : end) {
        unsigned rest;

        if (end > s->best->length) {
            continue;
        }
        s->candidate = *s->best;
        rest = s->candidate.length - end;
        memmove(&s->candidate.operations[end - piece], &s->candidate.operations[end],
                rest * sizeof(struct operation));
        s->candidate.length -= piece;
        was_any |= is_better(s);
    }
    return was_any;
}

static void zero_word(struct shrinking *s, unsigned operation, size_t offset)
{
    uint64_t word;

    s->candidate = *s->best;
    memcpy(&word, (char *)&s->candidate.operations[operation] + offset, sizeof(word));
    if (word != 0) {
        memset((char *)&s->candidate.operations[operation] + offset, 0, sizeof(word));
        (void)is_better(s);
    }
}

unsigned shrink(struct record *r, struct sequence *s, const struct verdict *v)
{
    static struct shrinking work;

    work = (struct shrinking){.record = r, .best = s, .verdict = v};
    for (unsigned piece = s->length / 2; piece != 0; piece /= 2) {
        (void)leave_out(&work, piece);
    }
    while (work.runs < RUNS_MAX && leave_out(&work, 1)) {
    }
    for (unsigned n = 0; n < s->length; n++) {
        /* Number and kind come first; without them it is another operation. */
        for (size_t at = offsetof(struct operation, label); at < sizeof(struct operation);
             at += sizeof(uint64_t)) {
            zero_word(&work, n, at);
        }
    }
    return work.runs;
}
