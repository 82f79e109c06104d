/*
 * The layouts of sDDF's queues against facts recorded from its headers (commit f077dff5a9e8),
 * and against queues driven by hand as its components do.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/proto/sddf.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"

#define NOBODY ((sk_notification){0})

static void layouts_are_as_recorded(void **state)
{
    const struct sk_ring_layout net = sk_sddf_net_layout(512);
    const struct sk_ring_layout serial = sk_sddf_serial_layout(4096);
    const struct sk_ring_layout request = sk_sddf_block_request_layout(SK_SDDF_BLOCK_COUNT);
    const struct sk_ring_layout response = sk_sddf_block_response_layout(SK_SDDF_BLOCK_COUNT);

    (void)state;
    assert_int_equal(net.tail, 0);
    assert_int_equal(net.head, 2);
    assert_int_equal(net.consumer_signalled, 4);
    assert_int_equal(net.entries, 8);
    assert_int_equal(net.size, 16);
    assert_int_equal(offsetof(sk_sddf_net_buffer, io_or_offset), 0);
    assert_int_equal(offsetof(sk_sddf_net_buffer, length), 8);

    assert_int_equal(serial.tail, 0);
    assert_int_equal(serial.head, 4);
    assert_int_equal(serial.consumer_signalled, 8);
    assert_int_equal(serial.producer_signalled, 12);
    assert_int_equal(serial.size, 1);
    assert_int_equal(sk_ring_queue_size(&serial, false), 16);

    assert_int_equal(request.head, 0);
    assert_int_equal(request.tail, 4);
    assert_int_equal(request.entries, 16);
    assert_int_equal(request.size, 32);
    assert_int_equal(offsetof(sk_sddf_block_request, code), 0);
    assert_int_equal(offsetof(sk_sddf_block_request, address), 8);
    assert_int_equal(offsetof(sk_sddf_block_request, block_number), 16);
    assert_int_equal(offsetof(sk_sddf_block_request, count), 20);
    assert_int_equal(offsetof(sk_sddf_block_request, id), 24);
    assert_int_equal(sk_ring_queue_size(&request, true), 32784);

    assert_int_equal(response.head, 0);
    assert_int_equal(response.tail, 4);
    assert_int_equal(response.entries, 8);
    assert_int_equal(response.size, 12);
    assert_int_equal(offsetof(sk_sddf_block_response, status), 0);
    assert_int_equal(offsetof(sk_sddf_block_response, success_count), 4);
    assert_int_equal(offsetof(sk_sddf_block_response, id), 8);
    assert_int_equal(sk_ring_queue_size(&response, true), 12296);
}

/* Zeroed memory, as sDDF's components get it. */
static struct sk_ring_memory memory_for(const struct sk_ring_layout *layout, bool has_entries)
{
    struct sk_ring_memory m = {.queue_size = sk_ring_queue_size(layout, has_entries)};

    m.queue = calloc(1, m.queue_size);
    if (!has_entries) {
        m.entries_size = (size_t)layout->count * layout->size;
        m.entries = calloc(1, m.entries_size);
    }
    return m;
}

static void a_network_queue_is_one_at_both_ends(void **state)
{
    const struct sk_ring_layout layout = sk_sddf_net_layout(8);
    struct sk_ring_memory m = memory_for(&layout, true);
    uint16_t *indices = m.queue; /* tail, head */
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    sk_sddf_net_buffer b;

    (void)state;
    assert_int_equal(sk_ring_producer_init(&p, &layout, &m, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&c, &layout, &m, NOBODY, NOBODY), SK_OK);
    for (uint32_t n = 0; n < 200000; n++) { /* three times round the index */
        b = (sk_sddf_net_buffer){.io_or_offset = n * 2048ull, .length = (uint16_t)n};
        assert_int_equal(sk_ring_push(&p, &b), SK_OK);
        assert_int_equal(indices[0], (uint16_t)(n + 1));
        if (n < 6) {
            continue;
        }
        if (n == 6) { /* one entry stays empty */
            assert_int_equal(sk_ring_push(&p, &b), SK_ERR_NOT_READY);
        }
        assert_int_equal(sk_ring_pop(&c, &b), SK_OK);
        assert_int_equal(indices[1], (uint16_t)(n - 5));
        assert_int_equal(b.io_or_offset, (n - 6) * 2048ull);
        assert_int_equal(b.length, (uint16_t)(n - 6));
    }
    free(m.queue);
}

static void a_serial_queue_fills_to_the_last_byte(void **state)
{
    const struct sk_ring_layout layout = sk_sddf_serial_layout(16);
    struct sk_ring_memory m = memory_for(&layout, false);
    uint32_t *words = m.queue; /* tail, head, flags */
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    char text[20] = {0};
    uint32_t count;

    (void)state;
    const struct sk_ring_memory only_queue = {.queue = m.queue, .queue_size = 4096};

    assert_int_equal(sk_ring_producer_init(&p, &layout, &only_queue, NOBODY, NOBODY),
                     SK_ERR_INVALID_ARGUMENT); /* its bytes are elsewhere */
    assert_int_equal(sk_ring_producer_init(&p, &layout, &m, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&c, &layout, &m, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_push_some(&p, "hello, sDDF: too long", 21, &count), SK_OK);
    assert_int_equal(count, 16);
    assert_memory_equal(m.entries, "hello, sDDF: too", 16);
    assert_int_equal(words[0], 16);
    assert_int_equal(sk_ring_pop_some(&c, text, 5, &count), SK_OK);
    assert_int_equal(words[1], 5);
    assert_int_equal(sk_ring_push_some(&p, " long", 5, &count), SK_OK);
    assert_memory_equal(m.entries, " long", 5);
    assert_int_equal(sk_ring_pop_some(&c, text, 20, &count), SK_OK);
    assert_int_equal(count, 16);
    assert_string_equal(text, ", sDDF: too long");

    /* Zeroed flags mean that both want to be signalled. */
    assert_true(sk_ring_producer_must_ring(&p));
    assert_int_equal(words[2], 1);
    assert_true(sk_ring_consumer_must_ring(&c));
    assert_int_equal(words[3], 1);
    free(m.entries);
    free(m.queue);
}

static void block_queues_always_ring(void **state)
{
    const struct sk_ring_layout layout = sk_sddf_block_request_layout(SK_SDDF_BLOCK_COUNT);
    const struct sk_ring_layout answers = sk_sddf_block_response_layout(4);
    struct sk_ring_memory m = memory_for(&layout, true);
    struct sk_ring_memory a = memory_for(&answers, true);
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    sk_sddf_block_request request = {.code = SK_SDDF_BLOCK_WRITE,
                                     .address = 0x1234567890abull,
                                     .block_number = 7,
                                     .count = 3,
                                     .id = 42};
    sk_sddf_block_response response = {.status = 0, .success_count = 3, .id = 42};
    uint32_t *words = a.queue;

    (void)state;
    assert_int_equal(sk_ring_producer_init(&p, &layout, &m, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_push(&p, &request), SK_OK);
    assert_true(sk_ring_producer_must_ring(&p));
    assert_memory_equal((char *)m.queue + 16, &request, 32);
    assert_int_equal(((uint32_t *)m.queue)[0], 0);
    assert_int_equal(((uint32_t *)m.queue)[1], 1);

    assert_int_equal(sk_ring_consumer_init(&c, &answers, &a, NOBODY, NOBODY), SK_OK);
    memcpy(words + 2, &response, sizeof(response)); /* as its driver does */
    words[1] = 1;
    memset(&response, 0, sizeof(response));
    assert_int_equal(sk_ring_pop(&c, &response), SK_OK);
    assert_int_equal(response.id, 42);
    assert_int_equal(words[0], 1);
    free(a.queue);
    free(m.queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts_are_as_recorded),
        cmocka_unit_test(a_network_queue_is_one_at_both_ends),
        cmocka_unit_test(a_serial_queue_fills_to_the_last_byte),
        cmocka_unit_test(block_queues_always_ring),
    };

    return cmocka_run_group_tests_name("proto/sddf", tests, NULL, NULL);
}
