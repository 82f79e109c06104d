/* SPDX-License-Identifier: BSD-2-Clause */
#include "execute.h"

sk_err sk_init_call_now(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    in->calls++;
    in->call = what;
    if (in->perform != NULL) {
        SK_TRY(in->perform(in, what, args));
    }
    in->call = SK_INIT_CALL_COUNT;
    return SK_OK;
}

sk_err sk_init_take_slot(struct sk_init *in, uint32_t *ret_slot)
{
    if (in->next_slot >= in->end_slot) {
        return SK_ERR_NO_SLOT;
    }
    *ret_slot = in->next_slot++;
    return SK_OK;
}

/* The order of docs/spec/system-spec.md. */
static const struct {
    enum sk_spec_table table;
    sk_init_step *carry_out;
} steps[] = {
    {SK_SPEC_GROUPS, sk_init_group},      {SK_SPEC_ASIDS, sk_init_assign},
    {SK_SPEC_TABLES, sk_init_map_tables}, {SK_SPEC_UNTYPEDS, sk_init_hand_over},
    {SK_SPEC_IMAGE, sk_init_tell_image},  {SK_SPEC_FILLS, sk_init_fill},
    {SK_SPEC_MAPS, sk_init_map},          {SK_SPEC_IRQS, sk_init_irq},
    {SK_SPEC_CAPS, sk_init_cap},          {SK_SPEC_IMAGE, sk_init_hand_image},
    {SK_SPEC_THREADS, sk_init_thread},    {SK_SPEC_THREADS, sk_init_start},
    {SK_SPEC_SCHEDULE, sk_init_domain},
};

static sk_err carry_out(struct sk_init *in)
{
    for (unsigned s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
        const char *record = sk_spec_at(in->spec, steps[s].table);
        uint32_t count = init_count(in, steps[s].table);
        uint32_t size = sk_spec_record_size(steps[s].table);

        in->table = steps[s].table;
        for (in->record = 0; in->record < count; in->record++, record += size) {
            SK_TRY(steps[s].carry_out(in, record));
        }
    }
    return SK_OK;
}

sk_err sk_init_execute(struct sk_init *in)
{
    uint64_t end =
        (uint64_t)in->first_slot + in->spec->object_count + init_count(in, SK_SPEC_IRQS) + 1;

    in->table = SK_SPEC_TABLE_COUNT;
    in->record = 0;
    in->call = SK_INIT_CALL_COUNT;
    in->calls = 0;
    in->retypes = 0;
    in->depth_of = SK_SPEC_NONE;
    if (end > in->end_slot) {
        return SK_ERR_NO_SLOT;
    }
    in->next_slot = (uint32_t)end;
    SK_TRY(call(in, SK_INIT_UNMAP, in->guard));
    return carry_out(in);
}
