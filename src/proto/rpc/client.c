/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/rpc.h>

sk_err sk_rpc_gift_open(struct sk_source *source, sk_rpc_gift *ret_gift)
{
    const seL4_IPCBuffer *buffer = seL4_GetIPCBuffer();
    sk_owned_slot slot;

    if (source == NULL) {
        return SK_ERR_NO_SLOT;
    }
    SK_TRY(sk_owned_slot_take(source, &slot));
    *ret_gift = (sk_rpc_gift){
        .is_open = 1,
        .slot = slot,
        .path_root = buffer->receiveCNode,
        .path_index = buffer->receiveIndex,
        .path_depth = buffer->receiveDepth,
    };
    sk_reader_put_caps_in(slot.slot);
    return SK_OK;
}

void sk_rpc_gift_drop(sk_rpc_gift *gift)
{
    if (gift->is_open == 0) {
        return;
    }
    seL4_SetCapReceivePath(gift->path_root, gift->path_index, gift->path_depth);
    if (!sk_own_is_empty(&gift->slot)) {
        sk_owned_slot_drop(&gift->slot);
    }
    gift->is_open = 0;
}

static bool is_known(seL4_Word e, unsigned error_count)
{
    bool is_kernels = e >= SK_ERR_INVALID_ARGUMENT && e <= SK_ERR_NO_MEMORY;
    bool is_ours = e >= SK_ERR_NO_SLOT && e < SK_RPC_ERROR(0); /* later ones included */

    return is_kernels || is_ours || e - SK_RPC_ERROR(0) < error_count;
}

sk_err sk_rpc_refusal(seL4_Word info, unsigned error_count)
{
    seL4_Word label = seL4_MessageInfo_get_label((seL4_MessageInfo_t){{info}});
    bool is_plain = info == seL4_MessageInfo_new(label, 0, 0, 0).words[0];

    sk_rpc_discard(info);
    return is_plain && is_known(label, error_count) ? (sk_err)label : SK_ERR_MALFORMED;
}

/* The server's answer; a page, if one was asked for, is then in the gift. */
static sk_err ask(sk_endpoint server, seL4_Word id, seL4_Word version, bool wants_page,
                  seL4_Word *ret_method_count)
{
    sk_builder message = sk_builder_open(SK_RPC_CONNECT);

    sk_builder_word(&message, id);
    sk_builder_word(&message, version);
    sk_builder_word(&message, wants_page);

    SK_AUTO(sk_reader) answer = sk_builder_call(&message, server);
    if (!sk_rpc_has(&answer, SK_OK, wants_page, 1)) {
        return sk_rpc_refused(&answer, 0);
    }
    return sk_reader_word(&answer, ret_method_count);
}

static sk_err ask_for_page(struct sk_rpc_client *client, seL4_Word id, seL4_Word version,
                           uintptr_t vaddr)
{
    SK_AUTO(sk_rpc_gift) gift = {0};

    SK_TRY(sk_rpc_gift_open(client->source, &gift));
    SK_TRY(ask(client->server, id, version, true, &client->method_count));
    SK_TRY(sk_rpc_tame_frame(client->source, &gift.slot));
    SK_TRY(client->source->map(client->source, (sk_frame){sk_owned_slot_cptr(&gift.slot)},
                               vaddr, SK_RW));
    client->page = (uint8_t *)vaddr;
    client->page_slot = SK_MOVE(gift.slot);
    return SK_OK;
}

sk_err sk_rpc_connect(struct sk_rpc_client *ret_client, sk_endpoint server, seL4_Word id,
                      seL4_Word version, struct sk_rpc_client_options options)
{
    struct sk_rpc_client client = {.server = server, .source = options.source};

    if (options.page_vaddr != 0) {
        SK_TRY(ask_for_page(&client, id, version, options.page_vaddr));
    } else {
        SK_TRY(ask(server, id, version, false, &client.method_count));
    }
    *ret_client = client;
    return SK_OK;
}

void sk_rpc_close(struct sk_rpc_client *client)
{
    if (client->page != NULL) {
        client->source->unmap(client->source,
                              (sk_frame){sk_owned_slot_cptr(&client->page_slot)});
        sk_owned_slot_drop(&client->page_slot);
    }
    *client = (struct sk_rpc_client){0};
}
