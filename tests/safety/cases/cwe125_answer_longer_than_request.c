/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-125: an answer repeats as many bytes as the request says, not as it has */
/* EXPECT: host=asan */
#include "../safety.h"

struct request {
    uint16_t size;
    char text[16];
};

/* BAD */
static void answer(const struct request *r)
{
    char out[256];

    memcpy(out, r->text, r->size);
    use(out, r->size);
}

BAD
{
    struct request r = {.size = (uint16_t)given(200)};

    answer(&r);
}

/* GOOD */
static void answer_part(const struct request *r)
{
    char out[256];
    size_t size = r->size < sizeof(r->text) ? r->size : sizeof(r->text);

    memcpy(out, r->text, size);
    use(out, size);
}

GOOD
{
    struct request r = {.size = (uint16_t)given(200)};

    answer_part(&r);
}
