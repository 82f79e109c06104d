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

/* Two protocols that would write the same file. */
static void check_headers(struct arena *a, const struct rpc *one, const struct rpc *other)
{
    const char *where = arena_printf(a, "%s:%d", one->at.source->label, one->at.line);
    if (str_equal(one->name, other->name)) {
        refuse(other->at, "take another name", "there is a protocol '%s' already, in %s",
               one->name, where);
    }
    for (int n = 0; n < RPC_HEADERS * RPC_HEADERS; n++) {
        const char *header = rpc_header(other, n % RPC_HEADERS);
        if (str_equal(rpc_header(one, n / RPC_HEADERS), header)) {
            refuse(other->at, "take another name",
                   "protocol '%s' would write '%s.h', and so does '%s', in %s", other->name,
                   header, one->name, where);
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
        for (int k = 0; k < i; k++) {
            check_headers(a, &rpcs[k], &rpcs[i]);
        }
        rpc_emit(&rpcs[i], &outputs, out);
    }
    out_write(a, &outputs);
    return 0;
}
