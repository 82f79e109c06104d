/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd.h"
#include "rpc.h"

#include <errno.h>
#include <string.h>

static const char usage[] = "skgen rpc --out DIR FILE.xml...";

/* published/x.xml beside x.xml. */
static const char *published_path(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - path);
    return arena_printf(a, "%.*spublished/%s", folder, path, path + folder);
}

/* The same protocol twice would be one file twice. */
static void check_name(struct arena *a, const struct rpc *rpcs, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(rpcs[i].name, rpcs[count].name)) {
            refuse(rpcs[count].at, "take another name",
                   "there is a protocol '%s' already, in %s", rpcs[i].name,
                   arena_printf(a, "%s:%d", rpcs[i].at.source->label, rpcs[i].at.line));
        }
    }
}

static void read_one(struct arena *a, struct rpc *rpc, const char *path)
{
    const struct source *source = source_read(a, path, path);
    if (source == NULL) {
        refuse((struct place){0}, usage, "cannot read '%s': %s", path, strerror(errno));
    }
    rpc_read(rpc, a, source);

    const char *published = published_path(a, path);
    source = source_read(a, published, published);
    if (source != NULL) {
        struct rpc was;
        rpc_read(&was, a, source);
        rpc_compare(rpc, &was);
    } else if (errno != ENOENT) {
        refuse((struct place){0}, "make it readable, or remove it", "cannot read '%s': %s",
               published, strerror(errno));
    }
}

int cmd_rpc(struct arena *a, int argc, char **argv)
{
    const char *out = NULL;
    struct outputs outputs = {0};
    const struct option options[] = {{"out", &out, true}};
    int option_count = argc < 2 || !str_starts(argv[0], "--") ? argc : 2;
    cmd_options(a, option_count, argv, options, 1, usage);

    int count = argc - option_count;
    if (count == 0) {
        refuse((struct place){0}, usage, "no protocol is given");
    }
    struct rpc *rpcs = arena_take(a, (size_t)count * sizeof(*rpcs));
    for (int i = 0; i < count; i++) {
        read_one(a, &rpcs[i], argv[option_count + i]);
        check_name(a, rpcs, i);
        rpc_emit(&rpcs[i], &outputs, out);
    }
    out_write(a, &outputs);
    return 0;
}
