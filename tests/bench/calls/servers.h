/*
 * The passive threads that answer the benchmark's calls, one for each message length, and
 * the calls themselves. Each loop is as tight as the raw interface allows.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* What a server thread needs to know. */
struct server {
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    seL4_CPtr ready; /* a notification, signalled once before the first message */
};

/* Thread bodies; arg is a struct server. They do not return. */
void serve_0_words(void *arg);
void serve_4_words(void *arg);
void serve_8_words(void *arg);

/* Call endpoint count times. */
void call_0_words(seL4_CPtr endpoint, unsigned count);
void call_4_words(seL4_CPtr endpoint, unsigned count);
void call_8_words(seL4_CPtr endpoint, unsigned count);
