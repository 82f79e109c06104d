/*
 * A server of notes, and two processes that are its clients.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/base/assert.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/task/process.h>

#include "client/grants.h"
#include "server.h"

#define SERVER_PRIORITY 200
#define CLIENT_PRIORITY 100

extern const char client_image[];
extern const char client_image_end[];

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;
static struct notes_server server;

/* Start the server, in a thread of its own. */
static sk_err start_server(void)
{
    SK_AUTO(sk_owned_object) endpoint = {0};
    struct sk_thread *thread;

    SK_TRY(sk_owned_object_make(&manager.source, SK_BLUEPRINT(Endpoint), &endpoint));
    SK_TRY(sk_rpc_server_init(&server.rpc, (struct sk_rpc_server_options){
                                               .endpoint = {sk_owned_object_cptr(&endpoint)},
                                               .source = &manager.source,
                                               .self = &server,
                                           }));
    SK_TRY(sk_thread_start(notes_server_run, &server,
                           &(struct sk_thread_options){.priority = SERVER_PRIORITY}, &thread));
    (void)SK_MOVE(endpoint); /* It lives as long as the program. */
    return SK_OK;
}

/* Run a client to its end. Its badge is what the server knows it by. */
static sk_err run_client(seL4_Word badge, const char *const argv[])
{
    const struct client_grants given = {.notes = server.rpc.endpoint};
    struct sk_grant grants[client_grant_count];
    char line[SK_PROCESS_LINE + 32];
    struct sk_process p;

    client_grants_list(&given, grants);
    grants[0].badge = badge;
    SK_TRY(sk_process_spawn(&parent, &p, client_image,
                            (size_t)(client_image_end - client_image),
                            &(struct sk_process_options){
                                .name = argv[0],
                                .argv = argv,
                                .priority = CLIENT_PRIORITY,
                                .grants = grants,
                                .grant_count = client_grant_count,
                            }));
    sk_process_wait(&p);
    (void)sk_process_print_end(&p, line, sizeof(line));
    sk_puts(line);
    sk_process_reap(&p);
    return SK_OK;
}

SK_ROOT_TASK(bi)
{
    const char *const ann[] = {"ann", "buy bread", "feed the seal", NULL};
    const char *const bob[] = {"bob", "call ann", "oil the hinge", "read more", NULL};

    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_assert(start_server() == SK_OK);
    sk_assert(run_client(1, ann) == SK_OK);
    sk_assert(run_client(2, bob) == SK_OK);
    return 0;
}
