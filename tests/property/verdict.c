/* SPDX-License-Identifier: BSD-2-Clause */
#include "verdict.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sel4/types.h>

#include "core/check.h"
#include "core/cspace.h"
#include "core/ipc.h"
#include "generate.h"
#include "world.h"

#define SECONDS_MAX  10u
#define EXIT_FINDING 3

struct record *record_open(void)
{
    struct record *r =
        mmap(NULL, sizeof(*r), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (r == MAP_FAILED) {
        perror("property");
        exit(125);
    }
    return r;
}

/* Whether o calls what its label is for, so that the kernel answers. */
static bool is_invocation(const struct kernel *k, const struct operation *o)
{
    struct lookup_failure why;
    const struct slot *s = sk_kcspace_slot(k->current, o->cptr, &why);

    return o->kind == OPERATION_SYSCALL && o->number == seL4_SysCall && s != NULL &&
           o->label < VERDICT_LABELS && generate_target(o->label) != CAP_NULL &&
           cap_type(s->cap) == generate_target(o->label);
}

bool record_perform(struct record *r, struct kernel *k, const struct operation *o)
{
    struct tcb *before = k->current;
    bool may_count = before != NULL && is_invocation(k, o);
    struct check_finding found;

    r->operations[r->length++] = *o;
    r->operation_count++;
    if (!world_perform(k, o)) {
        return false;
    }
    if (may_count && k->current == before) {
        r->tried[o->label]++;
        r->succeeded[o->label] += info_label(before->context.x[1]) == 0;
    }
    found = sk_kernel_check(k);
    if (found.what != NULL) {
        snprintf(r->finding, sizeof(r->finding), "%s", found.what);
    }
    return found.what == NULL;
}

/* Keep a line up to its first address, which differs from run to run. */
static void keep_line(char *to, size_t size, const char *from)
{
    size_t used = strlen(to);
    const char *address = strstr(from, "0x");
    size_t length = strcspn(from, "\n");

    if (address != NULL && (size_t)(address - from) < length) {
        length = (size_t)(address - from);
    }
    snprintf(to + used, size - used, "%.*s", (int)length, from);
}

/* What a sanitizer said, without addresses: what, and in which function. */
static void summarise(struct verdict *v, FILE *log)
{
    char line[1000];
    const char *at;
    bool has_place = false, has_function = false;

    rewind(log);
    while (fgets(line, sizeof(line), log) != NULL) {
        at = strstr(line, "AddressSanitizer: ");
        at = at != NULL ? at : strstr(line, "runtime error: ");
        if (at != NULL && !has_place) {
            keep_line(v->what, sizeof(v->what), at);
            if (strncmp(at, "runtime", 7) == 0) {
                keep_line(v->what, sizeof(v->what), " at ");
                line[strcspn(line, " ")] = '\0';
                keep_line(v->what, sizeof(v->what), line);
                has_function = true;
            }
            has_place = true;
        }
        at = strstr(line, " in ");
        if (has_place && !has_function && at != NULL && strchr(line, '#') != NULL) {
            keep_line(v->what, sizeof(v->what), at);
            has_function = true;
        }
    }
}

static void play_alone(struct record *r, void (*play)(struct record *r, void *argument),
                       void *argument, FILE *log)
{
    dup2(fileno(log), STDERR_FILENO);
    alarm(SECONDS_MAX);
    play(r, argument);
    _exit(r->finding[0] != '\0' ? EXIT_FINDING : 0);
}

struct verdict verdict_of(struct record *r, void (*play)(struct record *r, void *argument),
                          void *argument)
{
    struct verdict v = {{0}};
    FILE *log = tmpfile();
    int status = 0;
    pid_t child;

    r->finding[0] = '\0';
    fflush(stdout);
    child = log != NULL ? fork() : -1;
    if (child == 0) {
        play_alone(r, play, argument, log);
    }
    if (child == -1) {
        perror("property");
        exit(125);
    }
    while (waitpid(child, &status, 0) == -1 && errno == EINTR) {
    }
    if (r->finding[0] != '\0') {
        snprintf(v.what, sizeof(v.what), "%s", r->finding);
    } else if (WIFSIGNALED(status)) {
        snprintf(v.what, sizeof(v.what), "%s", strsignal(WTERMSIG(status)));
    } else if (WEXITSTATUS(status) != 0) {
        summarise(&v, log);
        if (v.what[0] == '\0') {
            snprintf(v.what, sizeof(v.what), "exit status %d", WEXITSTATUS(status));
        }
    }
    fclose(log);
    return v;
}

static void play_sequence(struct record *r, void *argument)
{
    const struct sequence *s = argument;
    struct kernel *k = world_open();

    r->length = 0;
    if (k == NULL) {
        snprintf(r->finding, sizeof(r->finding), "the kernel does not boot");
        return;
    }
    for (unsigned n = 0; n < s->length && record_perform(r, k, &s->operations[n]); n++) {
    }
}

struct verdict verdict_of_sequence(struct record *r, const struct sequence *s,
                                   unsigned *ret_length)
{
    struct verdict v = verdict_of(r, play_sequence, (void *)s);

    *ret_length = r->length;
    return v;
}
