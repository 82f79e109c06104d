/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/rpc.h>

#include "page.h"

sk_err sk_rpc_server_init(struct sk_rpc_server *server, struct sk_rpc_server_options options)
{
    sk_caller caller;

    SK_TRY(sk_caller_make(options.source, &caller));
    *server = (struct sk_rpc_server){
        .endpoint = options.endpoint,
        .source = options.source,
        .self = options.self,
        .caller = caller,
        .pages = options.pages,
        .page_count = options.page_count,
        .page_vaddr = options.page_vaddr,
    };
    return SK_OK;
}

void sk_rpc_server_fini(struct sk_rpc_server *server)
{
    for (size_t n = 0; n < server->page_count; n++) {
        sk_rpc_page_end(server, &server->pages[n]);
    }
    if (!sk_own_is_empty(&server->gift)) {
        sk_owned_slot_drop(&server->gift);
    }
    sk_caller_drop(&server->caller);
    *server = (struct sk_rpc_server){0};
}

void sk_rpc_gift_next(struct sk_rpc_server *server)
{
    if (!sk_own_is_empty(&server->gift)) {
        /* Fails only where there is no slot. */
        (void)seL4_CNode_Delete(server->gift.slot.root.cptr, server->gift.slot.index,
                                server->gift.slot.depth);
    } else if (sk_owned_slot_take(server->source, &server->gift) != SK_OK) {
        server->gift = (sk_owned_slot){0}; /* Depth 0: the kernel then delivers none. */
    }
    sk_reader_put_caps_in(server->gift.slot);
}

sk_reader sk_rpc_receive(struct sk_rpc_server *server)
{
    sk_rpc_gift_next(server);
    return sk_reader_receive(server->endpoint, &server->caller);
}

sk_reader sk_rpc_skip_receive(struct sk_rpc_server *server)
{
    server->is_kept = false;
    return sk_reader_receive(server->endpoint, &server->caller);
}

void sk_rpc_later_drop(sk_rpc_later *later)
{
    if (!sk_own_is_empty(later)) {
        sk_caller_drop(&later->caller);
        *later = (sk_rpc_later){0};
    }
}

sk_err sk_rpc_keep(struct sk_rpc_server *server, sk_rpc_later *ret_later)
{
    SK_AUTO(sk_caller) fresh = {0};

    sk_require(!server->is_kept);
    SK_TRY(sk_caller_make(server->source, &fresh));
    SK_TRY(sk_caller_keep(&server->caller));
    *ret_later = (sk_rpc_later){server->caller, server, server->badge};
    server->caller = SK_MOVE(fresh);
    server->is_kept = true;
    return SK_OK;
}

void sk_rpc_later_answer(sk_rpc_later *later, sk_builder *answer)
{
    sk_builder_answer(answer, &later->caller);
    sk_rpc_later_drop(later);
}

void sk_rpc_accept(struct sk_rpc_server *server, sk_builder *ret_answer, seL4_Word info,
                   seL4_Word id, seL4_Word version, seL4_Word wants_page,
                   const struct sk_rpc_identity *identity)
{
    sk_reader message = sk_rpc_message(server, info, id, version, wants_page, 0);
    sk_frame frame = {seL4_CapNull};
    sk_err e = SK_OK;

    if (!sk_rpc_has(&message, SK_RPC_CONNECT, 0, 3) || wants_page > 1) {
        e = SK_ERR_MALFORMED;
    } else if (id != identity->id) {
        e = SK_ERR_PROTOCOL;
    } else if (version != identity->version) {
        e = SK_ERR_VERSION;
    }
    if (e != SK_OK) {
        *ret_answer = sk_rpc_refuse(&message, e);
        return;
    }
    sk_reader_drop(&message);
    if (wants_page != 0) {
        e = sk_rpc_page_lend(server, &frame);
    }
    *ret_answer = sk_builder_open((seL4_Word)e);
    if (e == SK_OK) {
        sk_builder_word(ret_answer, identity->method_count);
    }
    if (e == SK_OK && wants_page != 0) {
        sk_builder_cap(ret_answer, frame);
    }
}
