/*
 * Functions whose machine code cap_code.sh looks at: typed_x and raw_x do the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/probe_client.h>
#include <selkie/cap/message.h>
#include <selkie/cap/mutex.h>
#include <selkie/cap/notification.h>

sk_err typed_call(sk_endpoint server, seL4_Word a, seL4_Word b, seL4_Word *ret_sum);
sk_err raw_call(sk_endpoint server, seL4_Word a, seL4_Word b, seL4_Word *ret_sum);
sk_err typed_mix(const struct probe_client *c, seL4_Word word, seL4_Word *ret_word);
sk_err raw_mix(const struct probe_client *c, seL4_Word word, seL4_Word *ret_word);
void typed_send(sk_endpoint to, seL4_Word a, seL4_Word b, seL4_Word c, seL4_Word d);
void raw_send(sk_endpoint to, seL4_Word a, seL4_Word b, seL4_Word c, seL4_Word d);
void memory_send(sk_endpoint to, seL4_Word a);
void typed_sgi(sk_sgi_signal s);
void raw_sgi(sk_sgi_signal s);
bool typed_receive_now(sk_endpoint from, const sk_caller *c, seL4_Word *ret_word);
bool raw_receive_now(sk_endpoint from, const sk_caller *c, seL4_Word *ret_word);
seL4_Word typed_send_receive(sk_endpoint to, sk_endpoint from, sk_caller *c, seL4_Word a);
seL4_Word raw_send_receive(sk_endpoint to, sk_endpoint from, sk_caller *c, seL4_Word a);
void registers_serve(sk_endpoint from, sk_caller *c);
void alone_lock(struct sk_mutex *m);
void alone_unlock(struct sk_mutex *m);
bool alone_try(struct sk_mutex *m);
void memory_wait(seL4_CPtr notification);
seL4_Word constant_size(void);
unsigned constant_frame(void);
seL4_CPtr constant_slot(void);

sk_err typed_call(sk_endpoint server, seL4_Word a, seL4_Word b, seL4_Word *ret_sum)
{
    sk_builder out = sk_builder_open(3);

    sk_builder_word(&out, a);
    sk_builder_word(&out, b);

    SK_AUTO(sk_reader) in = sk_builder_call(&out, server);
    SK_TRY((sk_err)sk_reader_label(&in));
    return sk_reader_word(&in, ret_sum);
}

sk_err raw_call(sk_endpoint server, seL4_Word a, seL4_Word b, seL4_Word *ret_sum)
{
    seL4_MessageInfo_t info = seL4_CallWithMRs(server.cptr, seL4_MessageInfo_new(3, 0, 0, 2),
                                               &a, &b, seL4_Null, seL4_Null);

    SK_TRY((sk_err)seL4_MessageInfo_get_label(info));
    if (seL4_MessageInfo_get_length(info) == 0) {
        return SK_ERR_TRUNCATED_MESSAGE;
    }
    *ret_sum = a;
    return SK_OK;
}

/* A method with four words there and back. */
sk_err typed_mix(const struct probe_client *c, seL4_Word word, seL4_Word *ret_word)
{
    uint8_t small;
    bool flag;
    enum probe_colour colour;

    return probe_mix(c, 1, true, PROBE_COLOUR_BLUE, word, &small, &flag, &colour, ret_word);
}

/* The same by hand, with the same checks of what comes. */
sk_err raw_mix(const struct probe_client *c, seL4_Word word, seL4_Word *ret_word)
{
    seL4_Word small = 1;
    seL4_Word flag = 1;
    seL4_Word colour = PROBE_COLOUR_BLUE;
    seL4_MessageInfo_t info =
        seL4_CallWithMRs(c->rpc.server.cptr, seL4_MessageInfo_new(PROBE_METHOD_MIX, 0, 0, 4),
                         &small, &flag, &colour, &word);

    if (seL4_MessageInfo_get_label(info) != SK_OK || seL4_MessageInfo_get_length(info) != 4 ||
        small > UINT8_MAX || flag > 1 || colour > PROBE_COLOUR_BLUE) {
        return sk_rpc_refusal(info.words[0], PROBE_ERRORS);
    }
    *ret_word = word;
    return SK_OK;
}

void typed_send(sk_endpoint to, seL4_Word a, seL4_Word b, seL4_Word c, seL4_Word d)
{
    sk_builder out = sk_builder_open(4);

    sk_builder_word(&out, a);
    sk_builder_word(&out, b);
    sk_builder_word(&out, c);
    sk_builder_word(&out, d);
    sk_builder_send(&out, to);
}

void raw_send(sk_endpoint to, seL4_Word a, seL4_Word b, seL4_Word c, seL4_Word d)
{
    seL4_SendWithMRs(to.cptr, seL4_MessageInfo_new(4, 0, 0, 4), &a, &b, &c, &d);
}

void typed_sgi(sk_sgi_signal s)
{
    sk_sgi_signal_raise(s);
}

void raw_sgi(sk_sgi_signal s)
{
    seL4_Signal(s.cptr);
}

bool typed_receive_now(sk_endpoint from, const sk_caller *c, seL4_Word *ret_word)
{
    SK_AUTO(sk_reader) in = {0};

    return sk_reader_receive_now(from, c, &in) && sk_reader_word(&in, ret_word) == SK_OK;
}

bool raw_receive_now(sk_endpoint from, const sk_caller *c, seL4_Word *ret_word)
{
    seL4_MessageInfo_t info;
    seL4_Word badge;
    seL4_Word word[4];

    /* What every receive requires of c; a raw program would have to know it. */
    sk_own_check(c);
    sk_require(!c->is_kept);
    arm_sys_recv(seL4_SysNBRecv, from.cptr, &badge, &info.words[0], &word[0], &word[1],
                 &word[2], &word[3], c->cptr);
    if (badge == 0 || seL4_MessageInfo_get_length(info) == 0) {
        return false;
    }
    *ret_word = word[0];
    return true;
}

seL4_Word typed_send_receive(sk_endpoint to, sk_endpoint from, sk_caller *c, seL4_Word a)
{
    sk_builder out = sk_builder_open(3);

    sk_builder_word(&out, a);

    SK_AUTO(sk_reader) in = sk_builder_send_receive(&out, to, from, c);
    return sk_reader_label(&in);
}

seL4_Word raw_send_receive(sk_endpoint to, sk_endpoint from, sk_caller *c, seL4_Word a)
{
    seL4_Word badge;

    sk_own_check(c);
    sk_require(!c->is_kept);
    return seL4_MessageInfo_get_label(
        seL4_NBSendRecvWithMRs(to.cptr, seL4_MessageInfo_new(3, 0, 0, 1), from.cptr, &badge, &a,
                               seL4_Null, seL4_Null, seL4_Null, c->cptr));
}

/* A fifth word does not fit into the registers. */
void memory_send(sk_endpoint to, seL4_Word a)
{
    sk_builder out = sk_builder_open(4);

    for (int n = 0; n < 5; n++) {
        sk_builder_word(&out, a);
    }
    sk_builder_send(&out, to);
}

void registers_serve(sk_endpoint from, sk_caller *c)
{
    sk_reader in = sk_reader_receive(from, c);

    for (;;) {
        seL4_Word a = 0;
        seL4_Word b = 0;
        sk_err e = sk_reader_word(&in, &a);

        if (e == SK_OK) {
            e = sk_reader_word(&in, &b);
        }
        sk_builder out = sk_reader_answer(&in, e);

        sk_builder_word(&out, a + b);
        in = sk_builder_answer_receive(&out, from, c);
    }
}

void alone_lock(struct sk_mutex *m)
{
    sk_mutex_lock(m);
}

void alone_unlock(struct sk_mutex *m)
{
    sk_mutex_unlock(m);
}

bool alone_try(struct sk_mutex *m)
{
    return sk_mutex_try(m);
}

seL4_Word constant_size(void)
{
    return sk_blueprint_size(SK_BLUEPRINT(TCB)) + sk_blueprint_size(sk_blueprint_cnode(8));
}

unsigned constant_frame(void)
{
    return sk_blueprint_bits(sk_blueprint_frame(seL4_LargePageBits));
}

seL4_CPtr constant_slot(void)
{
    return sk_slot_cptr(sk_slot_plus(sk_slot_at((sk_cnode){2}, 76), 1));
}

/* What a system call looks like, for comparison. */
void memory_wait(seL4_CPtr notification)
{
    seL4_Wait(notification, seL4_Null);
}
