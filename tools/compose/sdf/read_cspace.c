/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "attr.h"

#define CAP(f) offsetof(struct sk_system_cap, f)

enum { BITS_MIN = 12, BITS_MAX = 47, GROWN_SLOT = 512, LAST_SLOT = 65535 };

#define SLOT_RULE(field)                                                             \
    {                                                                                \
        "slot", ATTR_NUMBER, true, field, .min = 1, .max = SK_SYSTEM_USER_SLOTS - 1, \
                                          .example = "1"                             \
    }

static const struct attr_rule microkit_rules[] = {
    SLOT_RULE(CAP(slot)),
    {"pd", ATTR_TEXT, true, CAP(of), .example = "worker"},
};

static void read_kind(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      void *out)
{
    /* In the order of enum sk_system_cap_kind. */
    static const char *const words[] = {"tcb",      "sc",    "vspace", "cnode", "notification",
                                        "endpoint", "reply", "irq",    "frame", NULL};
    struct sk_system_cap *cap = out;
    int word = read_word(r, n, attr, words);

    cap->has_kind = word >= 0;
    cap->kind = word >= 0 ? (enum sk_system_cap_kind)word : SK_SYSTEM_CAP_TCB;
}

static void read_rights(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                        void *out)
{
    struct sk_system_cap *cap = out;

    cap->has_rights = true;
    cap->rights_at = attr->value_at;
    cap->rights = read_letters(r, n, attr, "rwgp");
    if (attr->value[0] == '\0') {
        bad_attr(r, n->name, attr->name, attr->value_at, "rights=\"w\"",
                 "a capability without rights is of no use");
    }
}

static const struct attr_rule extended_rules[] = {
    SLOT_RULE(CAP(slot)),
    {"kind", ATTR_SPECIAL, true, .read = read_kind, .example = "notification"},
    {"of", ATTR_TEXT, true, CAP(of), .example = "worker"},
    {"rights", ATTR_SPECIAL, .read = read_rights, .example = "w"},
    {"badge", ATTR_NUMBER, false, CAP(badge), .max = UINT64_MAX, .example = "1"},
};

static const struct {
    const char *element;
    enum sk_system_cap_kind kind;
} microkit_caps[] = {
    {"cap_tcb", SK_SYSTEM_CAP_TCB},
    {"cap_sc", SK_SYSTEM_CAP_SC},
    {"cap_vspace", SK_SYSTEM_CAP_VSPACE},
};

enum { MICROKIT_CAPS = sizeof(microkit_caps) / sizeof(microkit_caps[0]) };

static bool read_cap(struct reader *r, const struct xml_node *n, struct sk_system_cap *cap)
{
    *cap = (struct sk_system_cap){.at = n->at, .element = n->name, .rights_at = n->at};
    for (size_t i = 0; i < MICROKIT_CAPS; i++) {
        if (str_equal(microkit_caps[i].element, n->name)) {
            cap->kind = microkit_caps[i].kind;
            cap->has_kind = true;
            read_attrs(r, n, RULES(microkit_rules), cap);
            return true;
        }
    }
    if (str_equal(n->name, "sk:cap") && r->system->has_extensions) {
        read_attrs(r, n, RULES(extended_rules), cap);
        return true;
    }
    return false;
}

void read_cspace(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    const struct xml_node *cspace = find_from(xml_first(n), "cspace");
    size_t count = 0;

    if (cspace == NULL) {
        return;
    }
    d->has_cspace = true;
    d->cspace_at = cspace->at;
    read_attrs(r, cspace, NULL, 0, NULL);
    check_children(r, cspace, "cap_tcb cap_sc cap_vspace sk:cap");
    for (const struct xml_node *c = xml_first(cspace); c != NULL; c = xml_next(c)) {
        count++;
    }
    d->caps = TAKE(r, struct sk_system_cap, count);
    for (const struct xml_node *c = xml_first(cspace); c != NULL; c = xml_next(c)) {
        if (read_cap(r, c, &d->caps[d->cap_count])) {
            check_children(r, c, "");
            d->cap_count++;
        }
    }
    cspace = find_from(xml_next(cspace), "cspace");
    if (cspace != NULL) {
        bad_element(r, cspace->name, cspace->at, "put both into one",
                    "a protection domain has one 'cspace' only");
    }
}

static void read_size(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      void *out)
{
    struct sk_system_untyped *u = out;

    u->size.at = attr->value_at;
    u->is_rest = str_equal(attr->value, "rest");
    if (u->is_rest) {
        return;
    }
    if (number_parse(attr->value, true, &u->size.value) != NUMBER_GOOD || u->size.value == 0 ||
        u->size.value % SK_SYSTEM_PAGE != 0) {
        u->size.is_bad = true;
        bad_attr(r, n->name, attr->name, attr->value_at, "size=\"rest\" or size=\"0x100000\"",
                 "'%s' is neither rest nor a multiple of 0x1000", attr->value);
    } else {
        u->size.is_given = true;
    }
}

#undef SLOT_RULE
#define HANDED_SLOT_RULES(type)                                                      \
    {"slot",           ATTR_NUMBER,     true, offsetof(struct type, slot), .min = 1, \
     .max = LAST_SLOT, .example = "512"},                                            \
    {                                                                                \
        "slots", ATTR_NUMBER, false, offsetof(struct type, slot_count),              \
            .min = 1, .max = LAST_SLOT, .example = "32"                              \
    }

/* Slots that are handed over lie among the 63 of a user, or where the CNode is made to grow. */
static void check_handed(struct reader *r, const char *element, struct sk_system_number *slot,
                         struct sk_system_number *count)
{
    if (!slot->is_given) {
        return;
    }
    uint64_t end =
        slot->value < SK_SYSTEM_USER_SLOTS ? SK_SYSTEM_USER_SLOTS : (uint64_t)LAST_SLOT + 1;

    if (slot->value >= SK_SYSTEM_USER_SLOTS && slot->value < GROWN_SLOT) {
        bad_attr(r, element, "slot", slot->at, "slot=\"512\"",
                 "slot %u is not for use: 1 to 63 and 512 to 65535 are", (unsigned)slot->value);
    } else if (count->is_given && count->value > end - slot->value) {
        bad_attr(r, element, "slots", count->at,
                 say(r, "slots=\"%u\"", (unsigned)(end - slot->value)),
                 "%u slots from %u on would end behind slot %u", (unsigned)count->value,
                 (unsigned)slot->value, (unsigned)end - 1);
    } else if (!count->is_given && !count->is_bad) {
        count->value = end - slot->value;
    }
}

static void read_untyped(struct reader *r, const struct xml_node *n,
                         struct sk_system_untyped *u)
{
    static const struct attr_rule rules[] = {
        HANDED_SLOT_RULES(sk_system_untyped),
        {"bits_min", ATTR_NUMBER, false, offsetof(struct sk_system_untyped, bits_min),
         .otherwise = BITS_MIN, .min = 4, .max = BITS_MAX, .example = "12"},
        {"size", ATTR_SPECIAL, .read = read_size, .example = "rest"},
        {"device", ATTR_FLAG, false, offsetof(struct sk_system_untyped, device),
         .example = "true"},
        {"info_vaddr", ATTR_NUMBER, true, offsetof(struct sk_system_untyped, info_vaddr),
         .max = UINT64_MAX, .multiple = SK_SYSTEM_PAGE, .example = "0x3000000"},
    };

    u->at = u->size.at = n->at;
    u->is_rest = true;
    read_attrs(r, n, RULES(rules), u);
    check_children(r, n, "");
    check_handed(r, n->name, &u->slot, &u->slot_count);
    if (u->device.value && !u->is_rest) {
        bad_attr(r, n->name, "size", u->size.at, "size=\"rest\"",
                 "device memory is handed over whole");
    }
}

void read_grants(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    static const struct attr_rule rules[] = {
        HANDED_SLOT_RULES(sk_system_image_frames),
    };
    const struct xml_node *frames = find_from(xml_first(n), "sk:image_frames");

    if (!r->system->has_extensions) {
        return;
    }
    d->untypeds = TAKE(r, struct sk_system_untyped, count_children(n, "sk:untyped"));
    FOR_CHILDREN(child, n, "sk:untyped")
    {
        read_untyped(r, child, &d->untypeds[d->untyped_count++]);
    }
    if (frames == NULL) {
        return;
    }
    d->image_frames.is_given = true;
    d->image_frames.at = frames->at;
    read_attrs(r, frames, RULES(rules), &d->image_frames);
    check_children(r, frames, "");
    check_handed(r, frames->name, &d->image_frames.slot, &d->image_frames.slot_count);
    frames = find_from(xml_next(frames), "sk:image_frames");
    if (frames != NULL) {
        bad_element(r, frames->name, frames->at, "delete all but one",
                    "the frames are handed over once");
    }
}
