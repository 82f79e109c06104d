/*
 * Messages: a builder writes one, a reader reads one, and both know where it ends.
 *
 * Both hold the thread's IPC buffer, from their making until they are sent, answered or
 * dropped. A thread has one buffer: opening a second while one is held traps on kernels with
 * DEBUG_BUILD. (Invocations use the buffer too and cannot see who holds it: finish reading and
 * writing before you invoke anything.) The first four words of a message are kept in registers,
 * and code that puts or gets a known number of them does not touch memory.
 *
 *     sk_builder out = sk_builder_open(LABEL_ADD);
 *
 *     sk_builder_word(&out, 1);
 *     sk_builder_word(&out, 2);
 *
 *     SK_AUTO(sk_reader) in = sk_builder_call(&out, server);
 *     SK_TRY((sk_err)sk_reader_label(&in));
 *     SK_TRY(sk_reader_word(&in, ret_sum));
 *
 * What is sent is consumed: using the builder again is caught as <selkie/base/own.h> says. A
 * message that the builder cannot hold is our mistake, and traps; one that a reader finds too
 * short is the sender's, and an error.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/arch/cap/ipc.h>
#include <selkie/base/assert.h>
#include <selkie/base/err.h>
#include <selkie/base/own.h>
#include <selkie/cap/caller.h>
#include <selkie/cap/kinds.h>
#include <selkie/config.h>

#define SK_MESSAGE_REGISTERS 4

typedef struct sk_builder {
    seL4_Word is_open; /* first, and a word: see <selkie/base/own.h> */
    seL4_Word label;
    seL4_Word length;
    seL4_Word cap_count;
    seL4_Word word[SK_MESSAGE_REGISTERS];
} sk_builder;

typedef struct sk_reader {
    seL4_Word is_open;
    seL4_MessageInfo_t info;
    seL4_Word badge; /* of the capability that was sent through; 0 for an answer */
    seL4_Word next;
    seL4_Word word[SK_MESSAGE_REGISTERS];
} sk_reader;

/*
 * In a debug build the buffer's tag, which the kernel does not use, has in its upper half
 * whether somebody holds the buffer, and in its lower half which caller received last.
 */
#define SK_MESSAGE_HELD     0x646c6568ul
#define SK_MESSAGE_RECEIVER 0xfffffffful

static SK_ALWAYS_INLINE void sk_message_hold(void)
{
    if (SK_CFG_DEBUG_BUILD) {
        seL4_Word *tag = &seL4_GetIPCBuffer()->tag.words[0];

        sk_require(*tag >> 32 != SK_MESSAGE_HELD);
        *tag = SK_MESSAGE_HELD << 32 | (*tag & SK_MESSAGE_RECEIVER);
    }
}

static SK_ALWAYS_INLINE void sk_message_release(void)
{
    if (SK_CFG_DEBUG_BUILD) {
        seL4_GetIPCBuffer()->tag.words[0] &= SK_MESSAGE_RECEIVER;
    }
}

/*
 * A word of the IPC buffer. Volatile: compilers would copy several at once by vector registers,
 * and then the kernel has those to save and load as well.
 */
static SK_ALWAYS_INLINE volatile seL4_Word *sk_message_place(seL4_Word n)
{
    return (volatile seL4_Word *)&seL4_GetIPCBuffer()->msg[n];
}

/* --- writing */

/* The widest label: the kernel has 52 bits for it. */
#define SK_MESSAGE_LABEL_MAX (~(seL4_Word)0 >> 12)

/* Begin an empty message; traps if label is more than SK_MESSAGE_LABEL_MAX. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_builder sk_builder_open(seL4_Word label)
{
    sk_require(label <= SK_MESSAGE_LABEL_MAX);
    sk_message_hold();
    return (sk_builder){.is_open = 1, .label = label};
}

/* Forget the message. */
static SK_ALWAYS_INLINE void sk_builder_drop(sk_builder *b)
{
    if (b->is_open != 0) {
        b->is_open = 0;
        sk_message_release();
    }
}
SK_OWNED(sk_builder, sk_builder_drop)

/* Append a word; traps if there are seL4_MsgMaxLength. */
static SK_ALWAYS_INLINE void sk_builder_word(sk_builder *b, seL4_Word word)
{
    sk_own_check(b);
    sk_require(b->length < seL4_MsgMaxLength);
    if (b->length < SK_MESSAGE_REGISTERS) {
        b->word[b->length] = word;
    } else {
        *sk_message_place(b->length) = word;
    }
    b->length++;
}

/* Append count words. */
static SK_ALWAYS_INLINE void sk_builder_words(sk_builder *b, const seL4_Word words[],
                                              seL4_Word count)
{
    for (seL4_Word n = 0; n < count; n++) {
        sk_builder_word(b, words[n]);
    }
}

/* Append a value of any type that has no pointers, in so many words as it takes. */
#define sk_builder_value(b, value)                                                             \
    do {                                                                                       \
        union {                                                                                \
            __typeof__(value) value__;                                                         \
            seL4_Word words__[(sizeof(value) + sizeof(seL4_Word) - 1) / sizeof(seL4_Word)];    \
        } packed__ = {.words__ = {0}};                                                         \
                                                                                               \
        packed__.value__ = (value);                                                            \
        sk_builder_words((b), packed__.words__, sizeof(packed__.words__) / sizeof(seL4_Word)); \
    } while (0)

/* Send a copy of a capability along; traps if there are seL4_MsgMaxExtraCaps. */
static SK_ALWAYS_INLINE void sk_builder_cptr(sk_builder *b, seL4_CPtr cptr)
{
    sk_own_check(b);
    sk_require(b->cap_count < seL4_MsgMaxExtraCaps);
    seL4_SetCap((int)b->cap_count, cptr);
    b->cap_count++;
}

/* The same of any kind of capability, and of nothing else that has a cptr. */
#define sk_builder_cap(b, capability)                           \
    do {                                                        \
        _Static_assert(sizeof(capability) == sizeof(seL4_CPtr), \
                       "this is not a kind of capability");     \
        sk_builder_cptr((b), (capability).cptr);                \
    } while (0)

/* The message as system calls take it, and a reader of the one that they bring. */
static SK_ALWAYS_INLINE struct sk_arch_message sk_builder_message(const sk_builder *b)
{
    sk_own_check(b);
    return (struct sk_arch_message){
        .info = seL4_MessageInfo_new(b->label, 0, b->cap_count, b->length).words[0],
        .word = {b->word[0], b->word[1], b->word[2], b->word[3]},
    };
}

static SK_ALWAYS_INLINE sk_reader sk_reader_of(struct sk_arch_message m)
{
    return (sk_reader){
        .is_open = 1,
        .info = {.words = {m.info}},
        .badge = m.badge,
        .word = {m.word[0], m.word[1], m.word[2], m.word[3]},
    };
}

/* In a debug build: c receives, and whoever received before does no longer answer. */
static SK_ALWAYS_INLINE void sk_caller_note(const sk_caller *c)
{
    if (SK_CFG_DEBUG_BUILD) {
        seL4_Word *tag = &seL4_GetIPCBuffer()->tag.words[0];

        *tag =
            (*tag & ~SK_MESSAGE_RECEIVER) | ((c->cptr ^ c->cptr >> 32) & SK_MESSAGE_RECEIVER);
    }
}

/* In a debug build: traps unless c keeps its right, or was the last to receive. */
static SK_ALWAYS_INLINE void sk_caller_check(const sk_caller *c)
{
    if (SK_CFG_DEBUG_BUILD && !c->is_kept) {
        sk_require(((seL4_GetIPCBuffer()->tag.words[0] ^ c->cptr ^ c->cptr >> 32) &
                    SK_MESSAGE_RECEIVER) == 0);
    }
}

/* --- sending; the builder is consumed */

/* Send, and wait until somebody receives. Without the right to write nothing happens. */
static SK_ALWAYS_INLINE void sk_builder_send(sk_builder *b, sk_endpoint to)
{
    sk_arch_ipc_send((seL4_Word)seL4_SysSend, to.cptr, sk_builder_message(b));
    sk_builder_drop(b);
}

/* Send if somebody waits for it. */
static SK_ALWAYS_INLINE void sk_builder_send_now(sk_builder *b, sk_endpoint to)
{
    sk_arch_ipc_send((seL4_Word)seL4_SysNBSend, to.cptr, sk_builder_message(b));
    sk_builder_drop(b);
}

/* Send, and wait for the answer, which the reader has. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader sk_builder_call(sk_builder *b, sk_endpoint to)
{
    struct sk_arch_message m = sk_arch_ipc_exchange((seL4_Word)seL4_SysCall, to.cptr,
                                                    sk_builder_message(b), seL4_CapNull);

    b->is_open = 0; /* the reader holds the buffer now */
    return sk_reader_of(m);
}

/* Answer c's caller. */
static SK_ALWAYS_INLINE void sk_builder_answer(sk_builder *b, sk_caller *c)
{
    sk_own_check(c);
    sk_caller_check(c);
    sk_caller_send(c, sk_builder_message(b));
    sk_builder_drop(b);
}

/* --- receiving */

/* Wait for a message at from; the right to answer it goes to c, which must not keep one. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader sk_reader_receive(sk_endpoint from,
                                                                const sk_caller *c)
{
    sk_own_check(c);
    sk_require(!c->is_kept);
    sk_message_hold();
    sk_caller_note(c);
    return sk_reader_of(sk_arch_ipc_receive(from.cptr, c->cptr));
}

/*
 * Take a message if one is there. False if there is none; ret_reader is then as it was. A right
 * to answer that c does not keep has ended in both cases. That there is one the kernel says by
 * its badge alone: a message that came through a capability without badge is as none, and lost.
 */
SK_MUST_USE static SK_ALWAYS_INLINE bool
sk_reader_receive_now(sk_endpoint from, const sk_caller *c, sk_reader *ret_reader)
{
    sk_own_check(c);
    sk_require(!c->is_kept);
    sk_message_hold();
    sk_caller_note(c);

    struct sk_arch_message m =
        sk_arch_ipc_receive_by((seL4_Word)seL4_SysNBRecv, from.cptr, c->cptr);
    if (m.badge == 0) {
        sk_message_release();
        return false;
    }
    *ret_reader = sk_reader_of(m);
    return true;
}

/*
 * Send to a server if it waits, and wait for a message at from: one system call where the
 * kernel is MCS, and two where it is not.
 */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader sk_builder_send_receive(sk_builder *b,
                                                                      sk_endpoint to,
                                                                      sk_endpoint from,
                                                                      const sk_caller *c)
{
    struct sk_arch_message m = sk_builder_message(b);

    sk_own_check(c);
    sk_require(!c->is_kept);
    sk_caller_note(c);
    b->is_open = 0; /* the reader holds the buffer now */
    if (!SK_CFG_KERNEL_MCS) {
        sk_arch_ipc_send((seL4_Word)seL4_SysNBSend, to.cptr, m);
        return sk_reader_of(sk_arch_ipc_receive(from.cptr, c->cptr));
    }
    return sk_reader_of(sk_arch_ipc_send_receive(to.cptr, from.cptr, m, c->cptr));
}

/* Answer c's caller, and wait for the next message at from: one system call. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_reader sk_builder_answer_receive(sk_builder *b,
                                                                        sk_endpoint from,
                                                                        sk_caller *c)
{
    struct sk_arch_message m = sk_builder_message(b);

    sk_own_check(c);
    if (!SK_CFG_KERNEL_MCS && c->is_kept) {
        sk_builder_answer(b, c);
        return sk_reader_receive(from, c);
    }
    sk_caller_check(c);
    sk_caller_note(c);
    c->is_kept = false;
    b->is_open = 0; /* the reader holds the buffer now */
    return sk_reader_of(
        sk_arch_ipc_exchange((seL4_Word)seL4_SysReplyRecv, from.cptr, m, c->cptr));
}

/* Where a capability goes that comes with a message; one slot, which is empty. */
static SK_ALWAYS_INLINE void sk_reader_put_caps_in(sk_slot s)
{
    seL4_SetCapReceivePath(s.root.cptr, s.index, s.depth);
}

/* --- reading */

/* Let go of the message, and of the buffer. */
static SK_ALWAYS_INLINE void sk_reader_drop(sk_reader *r)
{
    if (r->is_open != 0) {
        r->is_open = 0;
        sk_message_release();
    }
}
SK_OWNED(sk_reader, sk_reader_drop)

static SK_ALWAYS_INLINE seL4_Word sk_reader_label(const sk_reader *r)
{
    sk_own_check(r);
    return seL4_MessageInfo_get_label(r->info);
}

/* The words not read yet. */
static SK_ALWAYS_INLINE seL4_Word sk_reader_left(const sk_reader *r)
{
    sk_own_check(r);
    return seL4_MessageInfo_get_length(r->info) - r->next;
}

/*
 * The next word.
 *
 * SK_ERR_TRUNCATED_MESSAGE: there is none.
 */
static SK_ALWAYS_INLINE sk_err sk_reader_word(sk_reader *r, seL4_Word *ret_word)
{
    if (sk_reader_left(r) == 0) {
        return SK_ERR_TRUNCATED_MESSAGE;
    }
    *ret_word = r->next < SK_MESSAGE_REGISTERS ? r->word[r->next] : *sk_message_place(r->next);
    r->next++;
    return SK_OK;
}

/*
 * The next count words.
 *
 * SK_ERR_TRUNCATED_MESSAGE: there are fewer; none is read.
 */
static SK_ALWAYS_INLINE sk_err sk_reader_words(sk_reader *r, seL4_Word ret_words[],
                                               seL4_Word count)
{
    if (sk_reader_left(r) < count) {
        return SK_ERR_TRUNCATED_MESSAGE;
    }
    for (seL4_Word n = 0; n < count; n++, r->next++) {
        ret_words[n] =
            r->next < SK_MESSAGE_REGISTERS ? r->word[r->next] : *sk_message_place(r->next);
    }
    return SK_OK;
}

/* What sk_builder_value() appended, into a variable of the same type. As sk_reader_words(). */
#define sk_reader_value(r, ret_value)                                                        \
    ({                                                                                       \
        union {                                                                              \
            __typeof__(*(ret_value)) value__;                                                \
            seL4_Word                                                                        \
                words__[(sizeof(*(ret_value)) + sizeof(seL4_Word) - 1) / sizeof(seL4_Word)]; \
        } packed__;                                                                          \
        sk_err read__ = sk_reader_words((r), packed__.words__,                               \
                                        sizeof(packed__.words__) / sizeof(seL4_Word));       \
                                                                                             \
        if (read__ == SK_OK) {                                                               \
            *(ret_value) = packed__.value__;                                                 \
        }                                                                                    \
        read__;                                                                              \
    })

/* How many capabilities came along, those unwrapped included. */
static SK_ALWAYS_INLINE seL4_Word sk_reader_cap_count(const sk_reader *r)
{
    sk_own_check(r);
    return seL4_MessageInfo_get_extraCaps(r->info);
}

/* Was capability n one to the endpoint that it came through? Then only its badge arrived. */
static SK_ALWAYS_INLINE bool sk_reader_cap_is_unwrapped(const sk_reader *r, unsigned n)
{
    sk_require(n < sk_reader_cap_count(r));
    return (seL4_MessageInfo_get_capsUnwrapped(r->info) >> n & 1) != 0;
}

/* The badge of a capability that was unwrapped; traps for one that was not. */
static SK_ALWAYS_INLINE seL4_Word sk_reader_cap_badge(const sk_reader *r, unsigned n)
{
    sk_require(sk_reader_cap_is_unwrapped(r, n));
    return seL4_GetBadge((int)n);
}

/* Let go of what was received, and begin the answer, as sk_builder_open() does. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_builder sk_reader_answer(sk_reader *r, seL4_Word label)
{
    sk_own_check(r);
    sk_require(label <= SK_MESSAGE_LABEL_MAX);
    r->is_open = 0; /* the builder holds the buffer now */
    return (sk_builder){.is_open = 1, .label = label};
}
