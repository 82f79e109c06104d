/*
 * Where messages end: one holder of the buffer, and no more words, capabilities or bits of a
 * label than there are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>

#include "cases.h"

static void open_two(void *arg)
{
    sk_builder first = sk_builder_open(1);
    sk_builder second = sk_builder_open(2);

    (void)arg;
    sk_builder_drop(&second);
    sk_builder_drop(&first);
}

static void open_two_in_turn(void *arg)
{
    sk_builder first = sk_builder_open(1);

    sk_builder_drop(&first);

    sk_builder second = sk_builder_open(2);

    (void)arg;
    sk_builder_drop(&second);
    sk_builder_drop(&second);
}

static void put_words(void *arg)
{
    SK_AUTO(sk_builder) out = sk_builder_open(1);

    for (seL4_Word n = 0; n < *(seL4_Word *)arg; n++) {
        sk_builder_word(&out, n);
    }
}

static void put_caps(void *arg)
{
    SK_AUTO(sk_builder) out = sk_builder_open(1);

    for (seL4_Word n = 0; n < *(seL4_Word *)arg; n++) {
        sk_builder_cptr(&out, 1);
    }
}

static void write_after_sending(void *arg)
{
    sk_builder out = sk_builder_open(1);

    if (arg != NULL) {
        sk_builder_drop(&out);
    }
    sk_builder_word(&out, 1);
}

static void send_label(void *arg)
{
    SK_AUTO(sk_builder) out = sk_builder_open(*(seL4_Word *)arg);

    (void)sk_builder_message(&out);
}

const char *the_buffer_has_one_holder(struct scene *s)
{
    WANT(scene_traps(s, open_two, NULL) == SK_CFG_DEBUG_BUILD);
    WANT(!scene_traps(s, open_two_in_turn, NULL));
    return NULL;
}

const char *messages_have_an_end(struct scene *s)
{
    seL4_Word words = seL4_MsgMaxLength;
    seL4_Word caps = seL4_MsgMaxExtraCaps;

    WANT(!scene_traps(s, put_words, &words));
    WANT(!scene_traps(s, put_caps, &caps));
    words++;
    caps++;
    WANT(scene_traps(s, put_words, &words));
    WANT(scene_traps(s, put_caps, &caps));
    WANT(scene_traps(s, write_after_sending, &words));
    return NULL;
}

const char *labels_are_sent_whole_or_not_at_all(struct scene *s)
{
    seL4_Word label = ~(seL4_Word)0 >> 12;
    sk_builder out = sk_builder_open(label);

    WANT(seL4_MessageInfo_get_label((seL4_MessageInfo_t){{sk_builder_message(&out).info}}) ==
         label);
    sk_builder_drop(&out);
    WANT(!scene_traps(s, send_label, &label));
    label++; /* its lower 52 bits are those of SK_OK */
    WANT(scene_traps(s, send_label, &label));
    return NULL;
}
