/*
 * A server's pages, for the rest of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/rpc.h>

/*
 * The frame of the page that is shared with the badge of the call being handled; it is made
 * the first time.
 *
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: there is none left. What mapping fails with.
 */
sk_err sk_rpc_page_lend(struct sk_rpc_server *server, sk_frame *ret_frame);

/* Take a page from all clients that have it, and free it. */
void sk_rpc_page_end(struct sk_rpc_server *server, struct sk_rpc_page *page);
