/*
 * Remote procedure calls: what the code that skgen rpc writes for a protocol rests on.
 *
 * docs/guide/rpc.md tells how to describe a protocol and use what becomes of it; a program
 * that does needs of this header how to begin and how to end.
 *
 * A client has a struct of its protocol (struct notes_client), which notes_connect() fills in.
 * A server has a struct sk_rpc_server, and lets notes_serve() run its handlers; or it has a
 * loop of its own:
 *
 *     sk_reader message = sk_rpc_receive(&server);
 *
 *     for (;;) {
 *         sk_builder answer = notes_handle(&server, &handlers, &message);
 *
 *         message = sk_rpc_answer_receive(&server, &answer);
 *     }
 *
 * Label 64 is the connection, what is above are methods: faults of threads may arrive at the
 * same endpoint, and have smaller ones. An answer has SK_OK for its label and the method's
 * values, or an error and nothing. A message is looked at in one piece before a handler runs;
 * what is not exactly as it must be is answered with SK_ERR_MALFORMED, and the capability that
 * it may have brought is deleted.
 *
 * What kind of capability arrived the kernel does not say, and whoever invokes an endpoint of
 * somebody that it does not trust waits for him, perhaps for ever, and hands over what it
 * passes. A handler that is given an object to invoke looks first: sk_rpc_tame().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/base/own.h>
#include <selkie/cap/caller.h>
#include <selkie/cap/message.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/source.h>

#define SK_RPC_CONNECT   64
#define SK_RPC_METHOD(n) (SK_RPC_CONNECT + (n))

/* The errors that a protocol declares itself. */
#define SK_RPC_ERROR(n) ((sk_err)(256 + (n)))

/* --- clients */

/* A connection to a server. A thread of its own uses it, or several that take turns. */
struct sk_rpc_client {
    sk_endpoint server;
    struct sk_source *source; /* of slots for capabilities that answers bring */
    uint8_t *page;            /* shared with the server, or null */
    sk_owned_slot page_slot;
    seL4_Word method_count; /* of the server: it may be older, or newer */
};

struct sk_rpc_client_options {
    /* Needed for a page, and by methods that answer with capabilities. */
    struct sk_source *source;
    /*
     * Where the page goes that messages too large for the IPC buffer need; 0: ask for none. It
     * is the server's: if that takes it back, or lent one that cannot be written, methods that
     * need the page fault. And it may be a large one: where page_vaddr is the start of one,
     * and nothing is mapped there, a server that should not can fill it.
     */
    uintptr_t page_vaddr;
};

/*
 * The work of notes_connect(): ask the server for its protocol.
 *
 * SK_ERR_PROTOCOL: it is a server of another protocol.
 * SK_ERR_VERSION: it has another version of it.
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: here, or at the server, there is no room for a page.
 * SK_ERR_MALFORMED: what it answered is no answer, or what it lent is no frame.
 * What mapping the page fails with.
 */
sk_err sk_rpc_connect(struct sk_rpc_client *ret_client, sk_endpoint server, seL4_Word id,
                      seL4_Word version, struct sk_rpc_client_options options);

/* Give the page back. The server keeps its own, for the next connection of this badge. */
void sk_rpc_close(struct sk_rpc_client *client);

/* A slot for what an answer brings, for as long as the call. */
typedef struct sk_rpc_gift {
    seL4_Word is_open;
    sk_owned_slot slot;
    seL4_CPtr path_root; /* where capabilities went before */
    seL4_Word path_index;
    seL4_Word path_depth;
} sk_rpc_gift;

/* SK_ERR_NO_SLOT: the client has no source, or its source none. */
sk_err sk_rpc_gift_open(struct sk_source *source, sk_rpc_gift *ret_gift);
void sk_rpc_gift_drop(sk_rpc_gift *gift);
SK_OWNED(sk_rpc_gift, sk_rpc_gift_drop)

/*
 * Make a capability that arrived safe to invoke: afterwards it is one to an object that the
 * kernel answers for at once. It stays where it is; a CNode has no guard any more. source gives
 * a slot for a moment. The owner may still take it away at any time: invoking it is then an
 * error. Nobody may hold the IPC buffer.
 *
 * SK_ERR_MALFORMED: it is an endpoint, a notification, or a reply object, or there is none. The
 *     slot may be empty now.
 * SK_ERR_NO_SLOT: source has none.
 */
sk_err sk_rpc_tame(struct sk_source *source, const sk_owned_slot *gift);

/* The same; and what is no frame is SK_ERR_MALFORMED too. */
sk_err sk_rpc_tame_frame(struct sk_source *source, const sk_owned_slot *gift);

/* The work of sk_rpc_refused(), once nobody holds the IPC buffer. */
sk_err sk_rpc_refusal(seL4_Word info, unsigned error_count);

/*
 * What an answer says that has not what it should: the error in it, if it is one that there
 * is, or SK_ERR_MALFORMED. A capability that it brought is deleted.
 */
static SK_ALWAYS_INLINE sk_err sk_rpc_refused(sk_reader *answer, unsigned error_count)
{
    sk_err e;

    sk_reader_drop(answer);
    e = sk_rpc_refusal(answer->info.words[0], error_count);
    sk_require(e != SK_OK); /* as compilers then know */
    return e;
}

/* --- servers */

/* Memory that a server shares with the clients of one badge. {0} is one that is free. */
struct sk_rpc_page {
    sk_owned_object frame;
    seL4_Word badge;
};

struct sk_rpc_server_options {
    sk_endpoint endpoint;
    /* Of the right to answer, the slots that capabilities arrive in, and frames for pages. */
    struct sk_source *source;
    /* What handlers find in server->self. */
    void *self;
    /* One for each badge that connects for a page, mapped one behind the other. */
    struct sk_rpc_page *pages;
    size_t page_count;
    uintptr_t page_vaddr;
};

/* A server thread. Several may serve an endpoint, with one each, if there are no pages. */
struct sk_rpc_server {
    sk_endpoint endpoint;
    struct sk_source *source;
    void *self;
    seL4_Word badge; /* of the client whose call is being handled */
    bool is_kept;    /* it will be answered later */
    sk_caller caller;
    sk_owned_slot gift; /* where the next capability arrives */
    struct sk_rpc_page *pages;
    size_t page_count;
    uintptr_t page_vaddr;
};

/*
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: the source has none for the right to answer.
 */
sk_err sk_rpc_server_init(struct sk_rpc_server *server, struct sk_rpc_server_options options);

/* Free what the server has: also its pages, which clients then no longer have. */
void sk_rpc_server_fini(struct sk_rpc_server *server);

/*
 * The clients of this badge have ended: free their page, and take it from them. Not while a
 * call of theirs is being handled.
 */
void sk_rpc_forget(struct sk_rpc_server *server, seL4_Word badge);

/* Wait for the first message. Capabilities that come go to the server from now on. */
SK_MUST_USE sk_reader sk_rpc_receive(struct sk_rpc_server *server);

/* The right to answer one call later: the method's own notes_write_answer() does. */
typedef struct sk_rpc_later {
    sk_caller caller; /* first: zero in it says that nothing is owned */
    struct sk_rpc_server *server;
    seL4_Word badge;
} sk_rpc_later;

/* Without an answer the client waits forever. */
void sk_rpc_later_drop(sk_rpc_later *later);
SK_OWNED(sk_rpc_later, sk_rpc_later_drop)

/*
 * In a handler: answer this call later, whatever the handler returns.
 *
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: the source has no other place for the right to answer.
 */
sk_err sk_rpc_keep(struct sk_rpc_server *server, sk_rpc_later *ret_later);

/* The work of notes_write_answer(). */
void sk_rpc_later_answer(sk_rpc_later *later, sk_builder *answer);

/* The work of sk_rpc_answer_receive() when the handler has kept the right to answer. */
SK_MUST_USE sk_reader sk_rpc_skip_receive(struct sk_rpc_server *server);

/* Answer, unless that is done later, and wait for the next message. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader
sk_rpc_answer_receive(struct sk_rpc_server *server, sk_builder *answer)
{
    if (server->is_kept) {
        sk_builder_drop(answer);
        return sk_rpc_skip_receive(server);
    }
    return sk_builder_answer_receive(answer, server->endpoint, &server->caller);
}

/* --- the work of notes_handle() */

/*
 * Delete what arrived with a message whose header is info (a word: compilers leave those in
 * registers). Nobody may hold the IPC buffer.
 */
void sk_rpc_discard(seL4_Word info);

/* An error for the answer. A capability that the message brought is deleted. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_builder sk_rpc_refuse(sk_reader *message, sk_err e)
{
    sk_reader_drop(message);
    sk_rpc_discard(message->info.words[0]);
    return sk_builder_open((seL4_Word)e);
}

/* What a server says it is. */
struct sk_rpc_identity {
    seL4_Word id;
    seL4_Word version;
    seL4_Word method_count;
};

/* The answer to a client that connects. */
void sk_rpc_accept(struct sk_rpc_server *server, sk_builder *ret_answer, seL4_Word info,
                   seL4_Word id, seL4_Word version, seL4_Word wants_page,
                   const struct sk_rpc_identity *identity);

/* The message being handled, of its words. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader sk_rpc_message(const struct sk_rpc_server *server,
                                                             seL4_Word info, seL4_Word w0,
                                                             seL4_Word w1, seL4_Word w2,
                                                             seL4_Word w3)
{
    return sk_reader_of((struct sk_arch_message){server->badge, info, {w0, w1, w2, w3}});
}

/* An answer out of memory, member by member: compilers copy a whole by vector registers. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_builder sk_rpc_answer(const sk_builder *b)
{
    return (sk_builder){
        .is_open = b->is_open,
        .label = b->label,
        .length = b->length,
        .cap_count = b->cap_count,
        .word = {b->word[0], b->word[1], b->word[2], b->word[3]},
    };
}

/* The page of the clients with this badge, or null. */
uint8_t *sk_rpc_page(const struct sk_rpc_server *server, seL4_Word badge);

/* Be ready for the next capability: what no handler wanted is deleted. */
void sk_rpc_gift_next(struct sk_rpc_server *server);

/* For a method that need not be fast: its variables take room only while it runs. */
#define SK_RPC_APART __attribute__((noinline, unused))

/* --- what messages are made of */

/* Is the message's header exactly this one? */
static SK_ALWAYS_INLINE bool sk_rpc_has(const sk_reader *r, seL4_Word label, seL4_Word caps,
                                        seL4_Word words)
{
    return r->info.words[0] == seL4_MessageInfo_new(label, 0, caps, words).words[0];
}

/* The same where there may be more words. */
static SK_ALWAYS_INLINE bool sk_rpc_begins(const sk_reader *r, seL4_Word label, seL4_Word caps,
                                           seL4_Word words)
{
    return sk_rpc_has(r, label, caps, seL4_MessageInfo_get_length(r->info)) &&
           seL4_MessageInfo_get_length(r->info) >= words;
}

/* Has everything been taken? */
static SK_ALWAYS_INLINE bool sk_rpc_ends(const sk_reader *r)
{
    return sk_reader_left(r) == 0;
}

/* The next word, if there is one and it is at most last. */
static SK_ALWAYS_INLINE bool sk_rpc_take_word(sk_reader *r, seL4_Word last, seL4_Word *ret_word)
{
    return sk_reader_word(r, ret_word) == SK_OK && *ret_word <= last;
}

/* The same into a variable of any integer type that can hold last. */
#define sk_rpc_take(r, last, ret_value)                           \
    ({                                                            \
        seL4_Word taken__ = 0;                                    \
        bool is_good__ = sk_rpc_take_word((r), (last), &taken__); \
                                                                  \
        if (is_good__) {                                          \
            *(ret_value) = (__typeof__(*(ret_value)))taken__;     \
        }                                                         \
        is_good__;                                                \
    })

/*
 * Bytes in messages and pages: eight to a word, the first in its lowest bits. These copy a word
 * at a time, each of which they read or write once; the bytes may be anywhere.
 */
void sk_rpc_copy_out(volatile seL4_Word *to, const void *bytes, size_t size);
void sk_rpc_copy_in(void *ret_bytes, const volatile seL4_Word *from, size_t size);

static SK_ALWAYS_INLINE size_t sk_rpc_words_of(size_t size)
{
    return size / sizeof(seL4_Word) + (size % sizeof(seL4_Word) != 0);
}

/* The bytes from at on that word n takes, or gives, if that is a register's. */
static SK_ALWAYS_INLINE size_t sk_rpc_put_part(sk_builder *b, unsigned n, const uint8_t *bytes,
                                               size_t at, size_t size)
{
    size_t left = size - at;

    if (b->length > n || left == 0) {
        return at;
    }
    if (left >= sizeof(seL4_Word)) {
        __builtin_memcpy(&b->word[n], bytes + at, sizeof(seL4_Word));
        return at + sizeof(seL4_Word);
    }
    seL4_Word word;
    sk_rpc_copy_out(&word, bytes + at, left);
    b->word[n] = word;
    return size;
}

static SK_ALWAYS_INLINE size_t sk_rpc_take_part(const sk_reader *r, unsigned n,
                                                uint8_t *ret_bytes, size_t at, size_t size)
{
    size_t left = size - at;

    if (r->next > n || left == 0) {
        return at;
    }
    seL4_Word word = r->word[n];
    if (left >= sizeof(seL4_Word)) {
        __builtin_memcpy(ret_bytes + at, &word, sizeof(seL4_Word));
        return at + sizeof(seL4_Word);
    }
    sk_rpc_copy_in(ret_bytes + at, &word, left);
    return size;
}

/*
 * A size, and so many bytes: at most max, and no more than the message has. Registers one by
 * one: a message whose words are found by a number that is not known would be in memory, and
 * compilers copy it by vector registers, which cost the kernel more than all of this.
 */
static SK_ALWAYS_INLINE bool sk_rpc_take_bytes(sk_reader *r, size_t max, uint8_t *ret_bytes,
                                               size_t *ret_size)
{
    seL4_Word size = 0;
    size_t at = 0;

    if (!sk_rpc_take_word(r, max, &size) || sk_reader_left(r) < sk_rpc_words_of(size)) {
        return false;
    }
    at = sk_rpc_take_part(r, 1, ret_bytes, at, size);
    at = sk_rpc_take_part(r, 2, ret_bytes, at, size);
    at = sk_rpc_take_part(r, 3, ret_bytes, at, size);
    if (at < size) {
        sk_rpc_copy_in(ret_bytes + at, sk_message_place(r->next + at / sizeof(seL4_Word)),
                       size - at);
    }
    r->next += sk_rpc_words_of(size);
    *ret_size = size;
    return true;
}

bool sk_rpc_take_string(sk_reader *r, size_t max, char *ret_text);

/* The same from a page, which the other side may write to meanwhile: each word is read once. */
bool sk_rpc_take_page_bytes(sk_reader *r, const uint8_t *page, size_t max, uint8_t *ret_bytes,
                            size_t *ret_size);
bool sk_rpc_take_page_string(sk_reader *r, const uint8_t *page, size_t max, char *ret_text);

/* Append a size and so many bytes; traps if they are more than max. */
static SK_ALWAYS_INLINE void sk_rpc_put_bytes(sk_builder *b, size_t max, const void *bytes,
                                              size_t size)
{
    size_t at = 0;

    sk_require(size <= max);
    sk_builder_word(b, size);
    sk_require(sk_rpc_words_of(size) <= seL4_MsgMaxLength - b->length);
    at = sk_rpc_put_part(b, 1, bytes, at, size);
    at = sk_rpc_put_part(b, 2, bytes, at, size);
    at = sk_rpc_put_part(b, 3, bytes, at, size);
    if (at < size) {
        sk_rpc_copy_out(sk_message_place(b->length + at / sizeof(seL4_Word)),
                        (const uint8_t *)bytes + at, size - at);
    }
    b->length += sk_rpc_words_of(size);
}

void sk_rpc_put_string(sk_builder *b, size_t max, const char *text);

/* The same, the bytes to a page. */
void sk_rpc_put_page_bytes(sk_builder *b, uint8_t *page, size_t max, const void *bytes,
                           size_t size);
void sk_rpc_put_page_string(sk_builder *b, uint8_t *page, size_t max, const char *text);

/* How long text is, or max + 1 if it is longer than max. */
size_t sk_rpc_count(const char *text, size_t max);

SK_COMPILE_ERROR("this is longer than the protocol allows")
void sk_rpc_too_long(void);

/*
 * May so many bytes be sent? What the compiler knows to be too long does not compile.
 *
 * SK_ERR_RANGE: they are more than max.
 */
static SK_ALWAYS_INLINE sk_err sk_rpc_check_size(size_t size, size_t max)
{
    bool is_too_long = size > max;

    if (__builtin_constant_p(is_too_long) && is_too_long) {
        sk_rpc_too_long();
    }
    return is_too_long ? SK_ERR_RANGE : SK_OK;
}

/* The same of a text. */
static SK_ALWAYS_INLINE sk_err sk_rpc_check_string(const char *text, size_t max)
{
    if (__builtin_constant_p(__builtin_strlen(text))) {
        return sk_rpc_check_size(__builtin_strlen(text), max);
    }
    return sk_rpc_count(text, max) > max ? SK_ERR_RANGE : SK_OK;
}
