/*
 * Capabilities that arrive and are not what they should be.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/probe_client.h>
#include <selkie/cap/notification.h>
#include <selkie/config.h>

#include "cases.h"
#include "server.h"

/* A server that lends whatever the case says. */
static struct lender {
    sk_endpoint endpoint;
    sk_caller caller;
    seL4_CPtr page;
    unsigned obeyed; /* what others sent to an endpoint that was lent */
} lender;

static void lend(seL4_Word argument)
{
    (void)argument;
    sk_reader in = sk_reader_receive(lender.endpoint, &lender.caller);

    for (;;) {
        sk_builder out = sk_reader_answer(&in, SK_OK);

        sk_builder_word(&out, PROBE_METHODS);
        sk_builder_cptr(&out, lender.page);
        in = sk_builder_answer_receive(&out, lender.endpoint, &lender.caller);
    }
}

/* Whoever waits at the endpoint that was lent: it says that all went well. */
static struct {
    sk_endpoint endpoint;
    sk_caller caller;
} bait;

static void obey(seL4_Word argument)
{
    (void)argument;
    sk_reader in = sk_reader_receive(bait.endpoint, &bait.caller);

    for (;;) {
        lender.obeyed++;
        sk_builder out = sk_reader_answer(&in, SK_OK);

        in = sk_builder_answer_receive(&out, bait.endpoint, &bait.caller);
    }
}

static bool lender_start(struct scene *s)
{
    lender = (struct lender){
        .endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))},
        .caller = scene_caller(s),
    };
    return lender.endpoint.cptr != 0 && scene_thread(s, lend, 0, 100, seL4_CapNull) != 0;
}

static sk_err connect(struct scene_source *source, struct probe_client *ret)
{
    return probe_connect(lender.endpoint,
                         (struct sk_rpc_client_options){&source->source, scene_vaddr}, ret);
}

/* One of each kind that a message can bring, but for the endpoint. */
#define OTHERS 8
static unsigned others(struct scene *s, seL4_CPtr ret_caps[OTHERS])
{
    seL4_CPtr caps[OTHERS];
    unsigned count = 0;

    caps[count++] = scene_make(s, SK_BLUEPRINT(Notification));
    caps[count++] = scene_make(s, SK_BLUEPRINT(TCB));
    caps[count++] = scene_make(s, sk_blueprint_cnode(4));
    caps[count++] = scene_make(s, sk_blueprint_untyped(seL4_PageBits));
    caps[count++] = s->vspace;
    caps[count++] = s->device;
    if (SK_CFG_KERNEL_MCS) {
        caps[count++] = scene_caller(s).cptr;
        caps[count++] = scene_make(s, sk_blueprint_sched_context(8));
    }
    for (unsigned n = 0; n < count; n++) {
        ret_caps[n] = caps[n];
    }
    return count;
}

const char *nothing_but_a_frame_is_a_page(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_client client;
    seL4_CPtr caps[OTHERS];
    unsigned count = others(s, caps);

    bait.endpoint = (sk_endpoint){scene_make(s, SK_BLUEPRINT(Endpoint))};
    bait.caller = scene_caller(s);
    WANT(bait.endpoint.cptr != 0 && lender_start(s));
    WANT(scene_thread(s, obey, 0, 100, seL4_CapNull) != 0);
    lender.page = bait.endpoint.cptr;
    WANT(connect(&source, &client) == SK_ERR_MALFORMED);
    WANT(lender.obeyed == 0);
    for (unsigned n = 0; n < count; n++) {
        lender.page = caps[n];
        WANT(lender.page != 0 && connect(&source, &client) == SK_ERR_MALFORMED);
    }
    WANT(source.slots_out == 0 && source.mappings_out == 0);

    lender.page = scene_make(s, sk_blueprint_frame(seL4_PageBits));
    WANT(lender.page != 0 && connect(&source, &client) == SK_OK);
    client.rpc.page[0] = 1;
    probe_close(&client);
    WANT(source.slots_out == 0 && source.mappings_out == 0);
    return NULL;
}

/* One that waits for an answer to its call, and sees what comes with it. */
static struct {
    sk_endpoint server;
    sk_notification done;
    sk_slot slot;
    seL4_Word caps;
} caller;

static void call(seL4_Word argument)
{
    (void)argument;
    sk_reader_put_caps_in(caller.slot);
    sk_builder message = sk_builder_open(0);

    {
        SK_AUTO(sk_reader) answer = sk_builder_call(&message, caller.server);
        caller.caps = sk_reader_cap_count(&answer);
    }
    seL4_Signal(caller.done.cptr);
    scene_stop();
}

const char *a_reply_object_hands_on_nothing_of_ours(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_client client;
    sk_caller right = scene_caller(s);

    if (!SK_CFG_KERNEL_MCS) {
        return NULL; /* A right to answer cannot be sent. */
    }
    caller.server = (sk_endpoint){scene_make(s, SK_BLUEPRINT(Endpoint))};
    caller.done = (sk_notification){scene_make(s, SK_BLUEPRINT(Notification))};
    caller.slot = scene_slot(s);
    caller.caps = 1234;
    WANT(caller.server.cptr != 0 && caller.done.cptr != 0 && lender_start(s));
    WANT(scene_thread(s, call, 0, 100, seL4_CapNull) != 0);
    {
        SK_AUTO(sk_reader) in = sk_reader_receive(caller.server, &right);
        WANT(sk_reader_label(&in) == 0);
    }
    lender.page = right.cptr;
    WANT(connect(&source, &client) == SK_ERR_MALFORMED);
    WANT(source.slots_out == 0 && source.mappings_out == 0);
    (void)sk_notification_wait(caller.done);
    WANT(caller.caps == 0);
    return NULL;
}

/* A copy, as it would have arrived. */
static sk_err arrive(struct scene *s, struct scene_source *source, seL4_CPtr cap,
                     sk_owned_slot *ret_slot)
{
    SK_TRY(sk_owned_slot_take(&source->source, ret_slot));
    return (sk_err)seL4_CNode_Copy(s->cnode, sk_owned_slot_cptr(ret_slot), seL4_WordBits,
                                   s->cnode, cap, seL4_WordBits, seL4_AllRights);
}

const char *what_is_tame_is_still_what_it_was(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    seL4_CPtr memory = scene_make(s, sk_blueprint_untyped(seL4_PageBits));
    seL4_CPtr tcb = scene_make(s, SK_BLUEPRINT(TCB));
    SK_AUTO(sk_owned_slot) gift = {0};
    SK_AUTO(sk_owned_slot) thread = {0};
    SK_AUTO(sk_owned_slot) nothing = {0};

    WANT(memory != 0 && tcb != 0);
    WANT(arrive(s, &source, memory, &gift) == SK_OK);
    WANT(sk_rpc_tame(&source.source, &gift) == SK_OK);
    WANT(sk_rpc_tame_frame(&source.source, &gift) == SK_ERR_MALFORMED);
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), (sk_untyped){sk_owned_slot_cptr(&gift)},
                           (sk_slots){scene_slot(s), 1}, s->node) == SK_OK);

    WANT(arrive(s, &source, tcb, &thread) == SK_OK);
    WANT(sk_rpc_tame(&source.source, &thread) == SK_OK);
    WANT(seL4_TCB_Suspend(sk_owned_slot_cptr(&thread)) == seL4_NoError);

    /* It was taken away before we looked. */
    WANT(sk_owned_slot_take(&source.source, &nothing) == SK_OK);
    WANT(sk_rpc_tame(&source.source, &nothing) == SK_ERR_MALFORMED);
    WANT(source.slots_out == 3);
    return NULL;
}

const char *without_a_spare_slot_nothing_is_tame(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    seL4_CPtr frame = scene_make(s, sk_blueprint_frame(seL4_PageBits));
    SK_AUTO(sk_owned_slot) gift = {0};

    WANT(frame != 0 && arrive(s, &source, frame, &gift) == SK_OK);
    source.requests = 0;
    source.fail_at = 1;
    WANT(sk_rpc_tame(&source.source, &gift) == SK_ERR_NO_SLOT);
    WANT(sk_rpc_tame(&source.source, &gift) == SK_OK);
    WANT(sk_rpc_tame_frame(&source.source, &gift) == SK_OK);
    WANT(source.slots_out == 1);
    return NULL;
}

const char *a_guard_does_not_survive(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    seL4_CPtr node = scene_make(s, sk_blueprint_cnode(4));
    SK_AUTO(sk_owned_slot) gift = {0};

    WANT(node != 0 && sk_owned_slot_take(&source.source, &gift) == SK_OK);
    /* Two bits, which must be 3. */
    WANT(seL4_CNode_Mint(s->cnode, sk_owned_slot_cptr(&gift), seL4_WordBits, s->cnode, node,
                         seL4_WordBits, seL4_AllRights, 3 << 6 | 2) == seL4_NoError);
    WANT(seL4_CNode_Copy(sk_owned_slot_cptr(&gift), 3 << 4 | 5, 6, s->cnode, node,
                         seL4_WordBits, seL4_AllRights) == seL4_NoError);
    WANT(sk_rpc_tame(&source.source, &gift) == SK_OK);
    WANT(seL4_CNode_Copy(sk_owned_slot_cptr(&gift), 6, 4, s->cnode, node, seL4_WordBits,
                         seL4_AllRights) == seL4_NoError);
    return NULL;
}
