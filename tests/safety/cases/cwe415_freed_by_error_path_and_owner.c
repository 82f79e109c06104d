/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-415: an error path frees what its caller frees as well */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

struct request {
    char *body;
};

/* BAD */
static int parse(struct request *r)
{
    if (given(1) != 0) {
        free(r->body);
        return -1;
    }
    return 0;
}

static void request_close(struct request *r)
{
    free(r->body);
}

BAD
{
    struct request r = {malloc(100)};

    if (parse(&r) != 0) {
        show("bad request\n");
    }
    request_close(&r);
}

/* GOOD */
static int parse_only(const struct request *r)
{
    use(r, 0);
    return given(1) != 0 ? -1 : 0;
}

static void request_end(struct request *r)
{
    free(r->body);
}

GOOD
{
    struct request r = {malloc(100)};

    if (parse_only(&r) != 0) {
        show("bad request\n");
    }
    request_end(&r);
}
