/*
 * The property harness: random operations, invariants, small counterexamples.
 *
 *     property [--seconds N] [--count N] [--seed N] [--length N] [--all]
 *     property --replay FILE
 *
 * Plays count sequences of length operations, or sequences for so many seconds; the first one
 * is chosen by the seed, the next by seed + 1, and so on. Prints TAP.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "generate.h"
#include "shrink.h"
#include "verdict.h"
#include "world.h"

#define BAD_INPUT      125
#define SECONDS_A_PLAY 10u
#define FINDINGS_MAX   20u

struct options {
    uint64_t seconds; /* 0: until count */
    uint64_t count;
    uint64_t seed;
    uint64_t length;
    bool wants_all; /* go on after a finding, and report each kind once */
    const char *replay;
    double end; /* when seconds are over */
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_over(const struct options *o, const struct record *r)
{
    return o->seconds != 0 ? now() >= o->end : r->sequence_count >= o->count;
}

/* Neighbouring seeds give unlike sequences. */
static struct random random_of(uint64_t seed)
{
    struct random r = {.state = (seed + 1) * 0x9e3779b97f4a7c15ull};

    r.state = r.state != 0 ? r.state : 1;
    for (unsigned n = 0; n < 8; n++) {
        (void)random_draw(&r, 2);
    }
    return r;
}

static void play_seed(struct record *r, const struct options *o)
{
    struct random random = random_of(r->seed);
    struct kernel *k = world_open();

    r->length = 0;
    if (k == NULL) {
        snprintf(r->finding, sizeof(r->finding), "the kernel does not boot");
        return;
    }
    for (uint64_t n = 0; n < o->length && world_wake(k); n++) {
        struct operation next = generate_operation(&random, k);

        if (!record_perform(r, k, &next)) {
            break;
        }
    }
    world_close(k);
}

/* Sequences until time or count is over, or something is found. */
static void play_seeds(struct record *r, void *argument)
{
    const struct options *o = argument;

    while (!is_over(o, r)) {
        alarm(SECONDS_A_PLAY);
        play_seed(r, o);
        if (r->finding[0] != '\0') {
            return;
        }
        r->seed++;
        r->sequence_count++;
    }
}

static void print_sequence(const struct sequence *s)
{
    for (unsigned n = 0; n < s->length; n++) {
        printf("# ");
        operation_print(stdout, &s->operations[n]);
    }
}

/* The operations that the record holds end in v: make them small, and print them. */
static void report(struct record *r, const struct verdict *v)
{
    static struct sequence s;
    struct verdict again;
    unsigned length;

    s.length = r->length;
    memcpy(s.operations, r->operations, r->length * sizeof(struct operation));
    again = verdict_of_sequence(r, &s, &length);
    if (strcmp(again.what, v->what) != 0) {
        printf("# it does not happen again; played alone: %s\n",
               again.what[0] != '\0' ? again.what : "sound");
    } else {
        unsigned runs = shrink(r, &s, v);

        printf("# %u operations are enough (%u runs); replay these lines with --replay:\n",
               s.length, runs);
    }
    print_sequence(&s);
}

static void print_coverage(const struct record *r)
{
    unsigned known = 0, reached = 0;

    for (unsigned label = 1; label < VERDICT_LABELS; label++) {
        known += *operation_label_name(label) != '\0';
        reached += r->succeeded[label] != 0;
    }
    printf("# %u of %u invocations succeeded at least once; never:", reached, known);
    for (unsigned label = 1; label < VERDICT_LABELS; label++) {
        if (*operation_label_name(label) != '\0' && r->succeeded[label] == 0) {
            printf(" %s", operation_label_name(label));
        }
    }
    printf("\n");
}

static bool is_new(char kinds[][sizeof(struct verdict)], unsigned count,
                   const struct verdict *v)
{
    for (unsigned n = 0; n < count; n++) {
        if (strcmp(kinds[n], v->what) == 0) {
            return false;
        }
    }
    return true;
}

static int explore(struct options *o)
{
    static char kinds[FINDINGS_MAX][sizeof(struct verdict)];
    struct record *r = record_open();
    struct record *scratch = record_open();
    double start = now();
    unsigned found = 0;

    r->seed = o->seed;
    o->end = start + (double)o->seconds;
    while (!is_over(o, r) && found < FINDINGS_MAX) {
        struct verdict v = verdict_of(r, play_seeds, o);

        if (v.what[0] == '\0') {
            break;
        }
        if (is_new(kinds, found, &v)) {
            memcpy(kinds[found++], v.what, sizeof(v.what));
            *scratch = *r;
            printf("not ok %u - seed %" PRIu64 ", operation %u: %s\n", found, r->seed,
                   r->length, v.what);
            report(scratch, &v);
            fflush(stdout);
        }
        r->seed++;
        r->sequence_count++;
        if (!o->wants_all) {
            break;
        }
    }
    if (found == 0) {
        printf("ok 1 - %" PRIu64 " operations in %" PRIu64 " sequences from seed %" PRIu64
               " keep the invariants\n",
               r->operation_count, r->sequence_count, o->seed);
    }
    printf("# %.0f operations per second\n", (double)r->operation_count / (now() - start));
    print_coverage(r);
    printf("1..%u\n", found == 0 ? 1 : found);
    return found == 0 ? 0 : 1;
}

static int replay(const char *path)
{
    static struct sequence s;
    struct record *r = record_open();
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    struct verdict v;
    char line[1024];
    unsigned length, number = 0;

    if (f == NULL) {
        fprintf(stderr, "%s: error: cannot be read\nhelp: name a file of operations, or -\n",
                path);
        return BAD_INPUT;
    }
    while (fgets(line, sizeof(line), f) != NULL && s.length < VERDICT_LENGTH_MAX) {
        number++;
        if (operation_parse(line, &s.operations[s.length])) {
            s.length++;
        } else if (line[strspn(line, " \n")] != '\0' && line[0] != '#') {
            fprintf(stderr, "%s:%u:1: error: not an operation\nhelp: see operation.h\n", path,
                    number);
            return BAD_INPUT;
        }
    }
    v = verdict_of_sequence(r, &s, &length);
    printf("# %u of %u operations: %s\n", length, s.length,
           v.what[0] != '\0' ? v.what : "sound");
    if (v.what[0] != '\0') {
        report(r, &v);
    }
    return v.what[0] != '\0';
}

static bool read_options(int argc, char **argv, struct options *o)
{
    const struct {
        const char *name;
        uint64_t *value;
    } numbers[] = {{"--seconds", &o->seconds},
                   {"--count", &o->count},
                   {"--seed", &o->seed},
                   {"--length", &o->length}};

    for (int n = 1; n < argc; n++) {
        char *end = argv[n];

        if (strcmp(argv[n], "--all") == 0) {
            o->wants_all = true;
            continue;
        }
        if (n + 1 == argc) {
            return false;
        }
        for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
            if (strcmp(argv[n], numbers[i].name) == 0) {
                *numbers[i].value = strtoull(argv[n + 1], &end, 0);
            }
        }
        if (strcmp(argv[n], "--replay") == 0) {
            o->replay = argv[n + 1];
        } else if (end == argv[n] || *end != '\0' || end == argv[n + 1]) {
            return false;
        }
        n++;
    }
    return o->length != 0 && o->length <= VERDICT_LENGTH_MAX;
}

int main(int argc, char **argv)
{
    struct options o = {.count = 100, .seed = 20261122, .length = 300};

    if (!read_options(argc, argv, &o)) {
        fprintf(stderr, "property: error: these options make no sense\n"
                        "help: property [--seconds N] [--count N] [--seed N] [--length 1..1000]"
                        " [--all] [--replay FILE]\n");
        return BAD_INPUT;
    }
    return o.replay != NULL ? replay(o.replay) : explore(&o);
}
