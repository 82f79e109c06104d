/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_end, f)

static const struct attr_rule rules[] = {
    {"pd", ATTR_TEXT, true, FIELD(pd), .example = "client"},
    {"id", ATTR_DECIMAL, true, FIELD(id), .max = SK_SYSTEM_EXTENDED_CHANNELS_MAX - 1,
     .example = "0"},
    {"pp", ATTR_FLAG, false, FIELD(pp), .example = "true"},
    {"notify", ATTR_FLAG, false, FIELD(notify), .otherwise = 1, .example = "false"},
    {"setvar_id", ATTR_TEXT, false, FIELD(setvar_id), .example = "server_id"},
};

static void read_end(struct reader *r, const struct xml_node *n, struct sk_system_end *end)
{
    end->at = n->at;
    read_attrs(r, n, RULES(rules), end);
    check_children(r, n, "");
    end->domain = resolve_domain(r, n->name, "pd", &end->pd);
    if (end->domain != NULL && end->setvar_id.value != NULL) {
        add_setvar(r, end->domain, SK_SYSTEM_SETVAR_ID, n->name, "setvar_id", &end->setvar_id)
            ->value = end->id.value;
    }
}

static void read_channel(struct reader *r, const struct xml_node *n,
                         struct sk_system_channel *channel)
{
    size_t count = 0;

    channel->at = n->at;
    read_attrs(r, n, NULL, 0, NULL);
    check_children(r, n, "end");
    FOR_CHILDREN(child, n, "end")
    {
        if (count < 2) {
            read_end(r, child, &channel->end[count]);
        } else if (count == 2) {
            bad_element(r, child->name, child->at, "make another channel for it",
                        "a channel has two ends only");
        }
        count++;
    }
    if (count < 2) {
        bad_element(r, n->name, n->at, "<end pd=\"server\" id=\"0\" />",
                    "it has %s, and a channel has two", count == 0 ? "no 'end'" : "one 'end'");
    }
}

void read_channels(struct reader *r, const struct xml_node *root)
{
    struct sk_system *s = r->system;

    s->channels = TAKE(r, struct sk_system_channel, count_children(root, "channel"));
    FOR_CHILDREN(child, root, "channel")
    {
        read_channel(r, child, &s->channels[s->channel_count++]);
    }
}
