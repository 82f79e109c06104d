/*
 * 1022 channels between two domains, by which one calls and signals the other, low numbers and
 * high ones on either side; and a domain that finds what several groups hold when it looks.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>

#include "../microkit/hall.h"
#include "../microkit/say.h"
#include "plot.h"

extern const char client_image[], server_image[];

static void connect_all(struct domain *client, struct domain *server)
{
    for (unsigned n = 0; n < CHANNELS; n++) {
        if (n != SAY && FAR_END(n) != SAY) {
            stage_call(client, n, server, FAR_END(n));
            stage_notify(client, n, server, FAR_END(n));
        }
    }
    stage_notify(server, FAR_END(100), client, 100);
}

static void talk(void)
{
    struct domain *client = hall_make((struct domain){
        .name = "client", .image = client_image, .priority = 50, .cnode_bits = 12});
    struct domain *server = hall_make((struct domain){.name = "server",
                                                      .image = server_image,
                                                      .priority = 60,
                                                      .cnode_bits = 12,
                                                      .is_passive = true,
                                                      .is_called = true});

    connect_all(client, server);
    stage_start(server);
    hall_listen();
    stage_start(client);
    hall_listen();
}

/* Several signals before a domain runs, of which it gets some twice. */
static void be_late(void)
{
    static const unsigned ids[] = LATE_CHANNELS;
    struct domain *sender = hall_make((struct domain){
        .name = "sender", .image = client_image, .priority = 50, .cnode_bits = 12});
    struct domain *late = hall_make((struct domain){
        .name = "late", .image = server_image, .priority = 40, .cnode_bits = 12});

    for (unsigned i = 0; i < LATE_COUNT; i++) {
        stage_notify(sender, i, late, ids[i]);
    }
    stage_start(late);
    hall_listen();
    stage_start(sender);
    hall_listen();
}

SK_ROOT_TASK(bi)
{
    talk();
    be_late();
    return 0;
}
