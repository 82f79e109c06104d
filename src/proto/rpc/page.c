/*
 * The pages of a server. It makes them and lends them to clients, not the other way round: a
 * client could take back its own while the server reads it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "page.h"

static uintptr_t vaddr_of(const struct sk_rpc_server *server, size_t n)
{
    return server->page_vaddr + ((uintptr_t)n << seL4_PageBits);
}

static bool is_free(const struct sk_rpc_page *page)
{
    return sk_own_is_empty(&page->frame);
}

uint8_t *sk_rpc_page(const struct sk_rpc_server *server, seL4_Word badge)
{
    for (size_t n = 0; n < server->page_count; n++) {
        if (!is_free(&server->pages[n]) && server->pages[n].badge == badge) {
            return (uint8_t *)vaddr_of(server, n);
        }
    }
    return NULL;
}

static sk_frame frame_of(const struct sk_rpc_page *page)
{
    return (sk_frame){sk_owned_object_cptr(&page->frame)};
}

static sk_err page_make(struct sk_rpc_server *server, size_t n)
{
    SK_AUTO(sk_owned_object) frame = {0};

    SK_TRY(sk_owned_object_make(server->source, sk_blueprint_frame(seL4_PageBits), &frame));
    SK_TRY(server->source->map(server->source, (sk_frame){sk_owned_object_cptr(&frame)},
                               vaddr_of(server, n), SK_RW));
    server->pages[n].frame = SK_MOVE(frame);
    server->pages[n].badge = server->badge;
    return SK_OK;
}

sk_err sk_rpc_page_lend(struct sk_rpc_server *server, sk_frame *ret_frame)
{
    size_t unused = server->page_count;

    for (size_t n = 0; n < server->page_count; n++) {
        if (is_free(&server->pages[n])) {
            unused = n;
        } else if (server->pages[n].badge == server->badge) {
            *ret_frame = frame_of(&server->pages[n]);
            return SK_OK;
        }
    }
    if (unused == server->page_count) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(page_make(server, unused));
    *ret_frame = frame_of(&server->pages[unused]);
    return SK_OK;
}

void sk_rpc_page_end(struct sk_rpc_server *server, struct sk_rpc_page *page)
{
    sk_slot slot;

    if (is_free(page)) {
        return;
    }
    slot = sk_owned_object_slot(&page->frame);
    /* Fails only where there is nothing in the slot, and then clients have nothing either. */
    (void)seL4_CNode_Revoke(slot.root.cptr, slot.index, slot.depth);
    server->source->unmap(server->source, frame_of(page));
    sk_owned_object_drop(&page->frame);
}

void sk_rpc_forget(struct sk_rpc_server *server, seL4_Word badge)
{
    for (size_t n = 0; n < server->page_count; n++) {
        if (server->pages[n].badge == badge) {
            sk_rpc_page_end(server, &server->pages[n]);
        }
    }
}
