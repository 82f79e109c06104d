/*
 * Who waits for whom.
 *
 * A caller waits for whom it calls, and a child that faults waits for its parent. Where a walk
 * along these comes back to its beginning, each domain on it waits for the next, for ever.
 * Calls alone cannot do that, since they go to higher priorities.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "reader.h"

struct edge {
    const struct sk_system_domain *to;
    struct place at;
    bool is_call;
};

struct graph {
    struct edge *edges; /* those from domain i are first[i] to first[i + 1] */
    size_t *first;
    unsigned char *state; /* per domain: unseen, on the walk, done */
    const struct sk_system_domain **walk;
    size_t walk_length;
};

enum { UNSEEN, ON_WALK, DONE };

static void for_calls(const struct sk_system *s, struct graph *g, size_t *count)
{
    for (size_t i = 0; i < s->channel_count; i++) {
        for (size_t k = 0; k < 2; k++) {
            const struct sk_system_end *end = &s->channels[i].end[k];
            if (end->pp.value) {
                size_t *n = &count[end->domain->index];
                if (g->edges != NULL) {
                    g->edges[*n] =
                        (struct edge){s->channels[i].end[1 - k].domain, end->pp.at, true};
                }
                (*n)++;
            }
        }
    }
    for (size_t i = 0; i < s->domain_count; i++) {
        const struct sk_system_domain *d = &s->domains[i];
        if (d->parent != NULL) {
            if (g->edges != NULL) {
                g->edges[count[i]] = (struct edge){d->parent, d->at, false};
            }
            count[i]++;
        }
    }
}

static void build(struct reader *r, struct graph *g)
{
    const struct sk_system *s = r->system;
    size_t *count = TAKE(r, size_t, s->domain_count);

    *g = (struct graph){.first = TAKE(r, size_t, s->domain_count + 1),
                        .state = TAKE(r, unsigned char, s->domain_count),
                        .walk = TAKE(r, const struct sk_system_domain *, s->domain_count)};
    for_calls(s, g, count);
    for (size_t i = 0; i < s->domain_count; i++) {
        g->first[i + 1] = g->first[i] + count[i];
        count[i] = g->first[i];
    }
    g->edges = TAKE(r, struct edge, g->first[s->domain_count]);
    for_calls(s, g, count);
}

/* The walk came back to one of its domains: say by which way. */
static void tell(struct reader *r, struct graph *g, const struct edge *back)
{
    struct text way = {0};
    size_t i = g->walk_length;
    struct place at = back->at;

    while (g->walk[i - 1] != back->to) {
        i--;
    }
    for (i--; i < g->walk_length; i++) {
        const struct sk_system_domain *d = g->walk[i];
        text_addf(&way, "'%s' %s ", d->name.value,
                  i + 1 < g->walk_length && d->parent == g->walk[i + 1] ? "faults to"
                  : i + 1 == g->walk_length && !back->is_call           ? "faults to"
                                                                        : "calls");
    }
    odd_element(r, back->is_call ? "end" : "protection_domain", at,
                "let the parent notify its child instead of calling it",
                "domains could wait for each other for ever: %s'%s'", way.data,
                back->to->name.value);
    text_fini(&way);
}

static void visit(struct reader *r, struct graph *g, const struct sk_system_domain *d)
{
    g->state[d->index] = ON_WALK;
    g->walk[g->walk_length++] = d;
    for (size_t e = g->first[d->index]; e < g->first[d->index + 1]; e++) {
        const struct edge *edge = &g->edges[e];
        if (g->state[edge->to->index] == UNSEEN) {
            visit(r, g, edge->to);
        } else if (g->state[edge->to->index] == ON_WALK) {
            tell(r, g, edge);
        }
    }
    g->walk_length--;
    g->state[d->index] = DONE;
}

void warn_calls(struct reader *r)
{
    struct graph g;

    build(r, &g);
    for (size_t i = 0; i < r->system->domain_count; i++) {
        if (g.state[i] == UNSEEN) {
            visit(r, &g, &r->system->domains[i]);
        }
    }
}
