/*
 * How many system calls a turn of the event loop makes, by kind of kernel: the linker leads
 * each call through __wrap_sk_host_svc().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "event.h"

#include "../../../proto/stand.h"
#include "check.h"
#include "host_scene.h"

#define CLIENT SK_EVENT_MESSAGE

void __real_sk_host_svc(seL4_Word x[9]);
void __wrap_sk_host_svc(seL4_Word x[9]);

static unsigned calls;
static _Thread_local bool is_counting; /* the loop's thread only */

void __wrap_sk_host_svc(seL4_Word x[9])
{
    calls += is_counting;
    __real_sk_host_svc(x);
}

/* What the callback of a turn defers; the next turn's calls are counted. */
struct row {
    const char *what;
    unsigned mcs, classic;
    unsigned signals; /* to different notifications */
    unsigned same;    /* to one of them */
    bool is_acked;
    bool is_answered;
    bool is_busy; /* a timer is over, so the turn does not wait */
};

static const struct row rows[] = {
    {.what = "nothing", .mcs = 1, .classic = 1},
    {.what = "a signal", .mcs = 1, .classic = 2, .signals = 1},
    {.what = "the same signal three times", .mcs = 1, .classic = 2, .signals = 1, .same = 2},
    {.what = "two signals", .mcs = 2, .classic = 3, .signals = 2},
    {.what = "an interrupt", .mcs = 1, .classic = 2, .is_acked = true},
    {.what = "an interrupt and a signal",
     .mcs = 2,
     .classic = 3,
     .signals = 1,
     .is_acked = true},
    {.what = "an answer", .mcs = 1, .classic = 1, .is_answered = true},
    {.what = "an answer and a signal",
     .mcs = 2,
     .classic = 2,
     .signals = 1,
     .is_answered = true},
    {.what = "a signal, and more to do", .mcs = 2, .classic = 2, .signals = 1, .is_busy = true},
};

static struct stand stand;
static struct row now;
static sk_notification others[2];
static sk_irq_handler handler;

static void defer_all(void)
{
    for (unsigned n = 0; n < now.signals; n++) {
        sk_event_loop_defer(&stand.loop, others[n]);
    }
    for (unsigned n = 0; n < now.same; n++) {
        sk_event_loop_defer(&stand.loop, others[0]);
    }
}

static void on_irq(struct sk_event_irq *self)
{
    (void)self;
    defer_all();
}

static void on_signal(struct sk_event_source *self, seL4_Word badges)
{
    (void)self;
    (void)badges;
    defer_all();
}

static void on_message(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    sk_builder out;

    (void)self;
    defer_all();
    out = sk_reader_answer(in, SK_OK);
    sk_event_loop_answer(l, &out);
}

static void call(seL4_Word door)
{
    sk_builder out = sk_builder_open(1);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, (sk_endpoint){door});

    scene_stop();
}

static void on_timer(struct sk_timer *self)
{
    sk_timer_set(&stand.loop, self, 0); /* over again */
}

/* The calls of the turn behind, and those made before because one is deferred at most. */
static unsigned count_row(const struct row *row, bool has_endpoint)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 0);
    struct sk_event_source source = {.fn = on_signal};
    struct sk_event_server server = {.badge = CLIENT, .mask = CLIENT, .on_message = on_message};
    struct sk_event_irq irq = {.fn = on_irq};
    struct sk_timer timer = {.fn = on_timer};

    now = *row;
    assert_true(stand_init(&stand, &s, has_endpoint));
    others[0].cptr = scene_make(&s, SK_BLUEPRINT(Notification));
    others[1].cptr = scene_make(&s, SK_BLUEPRINT(Notification));
    handler.cptr = s.next_slot++;
    assert_int_equal(
        seL4_IRQControl_Get(seL4_CapIRQControl, 40, s.cnode, handler.cptr, seL4_WordBits),
        seL4_NoError);
    irq.handler = handler;
    assert_int_equal(sk_event_loop_add(&stand.loop, &source, 1), SK_OK);
    assert_int_equal(sk_event_loop_add_irq(&stand.loop, &irq, 2), SK_OK);
    if (row->is_answered) {
        assert_int_equal(sk_event_loop_serve(&stand.loop, &server), SK_OK);
        assert_int_not_equal(scene_thread(&s, call, stand_door(&stand, CLIENT).cptr, 100, 0),
                             0);
    } else {
        seL4_Signal(stand_bell(&stand, row->is_acked ? 2 : 1).cptr);
    }
    seL4_CPtr bell = stand_bell(&stand, 4).cptr;

    calls = 0;
    is_counting = true;
    sk_event_loop_turn(&stand.loop); /* waits, and calls back */
    is_counting = false;
    seL4_Signal(bell); /* there is something to hear */
    if (row->is_busy) {
        sk_timer_set(&stand.loop, &timer, 0);
    }
    is_counting = true;
    sk_event_loop_turn(&stand.loop); /* does what was deferred, and hears the bell */
    is_counting = false;
    assert_int_equal(stand.loop.strays, 4);
    assert_true(stand.loop.deferred == seL4_CapNull && stand.loop.answer.is_open == 0);

    /* It was done. */
    for (unsigned n = 0; n < row->signals; n++) {
        seL4_Word badge;

        seL4_Wait(others[n].cptr, &badge); /* would be for ever */
    }
    return calls - 1; /* the first wait */
}

static bool is_mcs;

static void check(bool has_endpoint)
{
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        unsigned want = is_mcs ? rows[n].mcs : rows[n].classic;
        unsigned made;

        if (rows[n].is_answered && !has_endpoint) {
            continue;
        }
        made = count_row(&rows[n], has_endpoint);
        if (made != want) {
            fail_msg("%s: %u system calls, not %u", rows[n].what, made, want);
        }
    }
}

static void a_turn_makes_the_calls_it_must_and_no_others(void **state)
{
    (void)state;
    check(false);
}

static void so_does_one_with_an_endpoint(void **state)
{
    (void)state;
    check(true);
}

int calls_run(bool is_for_mcs)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_makes_the_calls_it_must_and_no_others),
        cmocka_unit_test(so_does_one_with_an_endpoint),
    };
    int status;

    is_mcs = is_for_mcs;
    status = cmocka_run_group_tests_name("proto/calls", tests, NULL, NULL);

    host_kernel_end();
    return status;
}
