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

static sk_err each(struct sk_init *in, enum sk_spec_table table, unsigned size,
                   sk_init_step *carry_out)
{
    const char *record = sk_spec_at(in->spec, table);

    in->table = table;
    for (in->record = 0; in->record < init_count(in, table); in->record++, record += size) {
        SK_TRY(carry_out(in, record));
    }
    return SK_OK;
}

static sk_err set_start(struct sk_init *in)
{
    return in->spec->domain_start == SK_SPEC_NONE
               ? SK_OK
               : call(in, SK_INIT_SET_START, in->spec->domain_start);
}

static sk_err count_slots(struct sk_init *in)
{
    uint64_t end = (uint64_t)init_moment(in) + 1;

    in->table = SK_SPEC_TABLE_COUNT;
    in->record = 0;
    in->call = SK_INIT_CALL_COUNT;
    in->calls = 0;
    in->retypes = 0;
    if (in->first_slot > in->end_slot || in->spec->object_count > in->end_slot ||
        end > in->end_slot) {
        return SK_ERR_NO_SLOT;
    }
    in->next_slot = (uint32_t)end;
    return SK_OK;
}

sk_err sk_init_execute(struct sk_init *in)
{
    SK_TRY(count_slots(in));
    SK_TRY(each(in, SK_SPEC_GROUPS, sizeof(struct sk_spec_group), sk_init_group));
    SK_TRY(each(in, SK_SPEC_ASIDS, sizeof(struct sk_spec_asids), sk_init_assign));
    SK_TRY(each(in, SK_SPEC_TABLES, sizeof(struct sk_spec_tables), sk_init_map_tables));
    SK_TRY(each(in, SK_SPEC_UNTYPEDS, sizeof(struct sk_spec_untyped), sk_init_hand_over));
    SK_TRY(sk_init_image_info(in));
    SK_TRY(each(in, SK_SPEC_FILLS, sizeof(struct sk_spec_fill), sk_init_fill));
    SK_TRY(each(in, SK_SPEC_MAPS, sizeof(struct sk_spec_map), sk_init_map));
    SK_TRY(each(in, SK_SPEC_IRQS, sizeof(struct sk_spec_irq), sk_init_irq));
    SK_TRY(each(in, SK_SPEC_CAPS, sizeof(struct sk_spec_cap), sk_init_cap));
    SK_TRY(each(in, SK_SPEC_IMAGE, sizeof(struct sk_spec_image), sk_init_hand_image));
    SK_TRY(each(in, SK_SPEC_SCHEDULE, sizeof(struct sk_spec_domain), sk_init_domain));
    SK_TRY(set_start(in));
    SK_TRY(each(in, SK_SPEC_THREADS, sizeof(struct sk_spec_thread), sk_init_thread));
    return each(in, SK_SPEC_THREADS, sizeof(struct sk_spec_thread), sk_init_start);
}
