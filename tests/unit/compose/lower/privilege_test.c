/*
 * Who can reach what: every capability of a model is held against the description, by rules
 * that are written down here a second time. One that no rule allows fails, and so does one that
 * has more rights, or another badge, than its rule says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scene.h"

#define R  SK_MODEL_READ
#define W  SK_MODEL_WRITE
#define GP SK_MODEL_GRANT_REPLY

/* What a slot may hold; object NONE: nothing. */
struct allowed {
    uint32_t object;
    uint8_t rights;
    uint64_t badge;
};

static const struct allowed nothing = {.object = SK_MODEL_NONE};

/* The ends of all channels: of each domain, by id. */
enum { DOMAINS = 256, IDS = 1024 };
static const struct sk_system_end *end_at[DOMAINS][IDS];
static const struct sk_system_end *other_at[DOMAINS][IDS];

static void index_ends(const struct sk_system *s)
{
    memset(end_at, 0, sizeof(end_at));
    for (size_t i = 0; i < 2 * s->channel_count; i++) {
        const struct sk_system_end *end = &s->channels[i / 2].end[i % 2];
        end_at[end->domain->index][end->id.value] = end;
        other_at[end->domain->index][end->id.value] = &s->channels[i / 2].end[1 - i % 2];
    }
}

enum use { NOTIFY, WAKE, CALL };

static struct allowed by_channel(const struct scene *s, const struct sk_system_domain *d,
                                 uint64_t id, enum use use)
{
    const struct sk_system_end *end = id < IDS ? end_at[d->index][id] : NULL;

    if (end == NULL) {
        return nothing;
    }
    const struct sk_system_end *other = other_at[d->index][id];
    const struct sk_lowered_domain *to = &s->lower.domain[other->domain->index];
    uint64_t their = other->id.value;
    if (use == CALL) {
        return end->pp.value ? (struct allowed){to->endpoint, W | GP, 1ull << 63 | their}
                             : nothing;
    }
    if (!end->notify.value || (use == WAKE && their < 62)) {
        return nothing;
    }
    if (use == WAKE) {
        return (struct allowed){to->notification, W, 3ull << 62};
    }
    return (struct allowed){their < 62 ? to->notification : to->group[their / 64], W,
                            1ull << their % 64};
}

static struct allowed by_irq(const struct scene *s, const struct sk_system_domain *d,
                             uint64_t id)
{
    for (size_t i = 0; i < d->irq_count; i++) {
        if (d->irqs[i].id.value == id) {
            return (struct allowed){s->lower.domain[d->index].irq[i], SK_MODEL_ALL_RIGHTS, 0};
        }
    }
    return nothing;
}

static struct allowed by_child(const struct scene *s, const struct sk_system_domain *d,
                               uint64_t id)
{
    for (size_t i = 0; i < d->child_count; i++) {
        if (d->children[i]->id.value == id) {
            return (struct allowed){s->lower.domain[d->children[i]->index].tcb,
                                    SK_MODEL_ALL_RIGHTS, 0};
        }
    }
    return nothing;
}

static bool lends_time(const struct sk_system_domain *d)
{
    for (uint64_t id = 0; id < IDS; id++) {
        const struct sk_system_end *end = end_at[d->index][id];
        if (end != NULL && end->pp.value && other_at[d->index][id]->domain->passive.value) {
            return true;
        }
    }
    return false;
}

/* What a parent needs to stop a child that lends its time: "CHILD_VSPACE" ... of abi.h. */
enum space { CHILD_VSPACE, CHILD_CSPACE, CHILD_FAULT };

static struct allowed by_lender(const struct scene *s, const struct sk_system_domain *d,
                                uint64_t id, enum space space)
{
    for (size_t i = 0; i < d->child_count; i++) {
        const struct sk_system_domain *child = d->children[i];
        const struct sk_lowered_domain *to = &s->lower.domain[child->index];
        if (child->id.value != id || !lends_time(child) || child->passive.value) {
            continue;
        }
        if (space == CHILD_FAULT) {
            return (struct allowed){s->lower.domain[d->index].endpoint, W | GP,
                                    1ull << 62 | id};
        }
        return (struct allowed){space == CHILD_VSPACE ? to->vspace : to->root,
                                SK_MODEL_ALL_RIGHTS, 0};
    }
    return nothing;
}

/* The object of that name, of a domain. */
static uint32_t object_of(const struct scene *s, const struct sk_system_domain *d,
                          const char *what)
{
    char name[128];

    snprintf(name, sizeof(name), "%s.%s", d->name.value, what);
    for (uint32_t i = 0; i < s->model.object_count; i++) {
        if (strcmp(s->model.object[i].name, name) == 0) {
            return i;
        }
    }
    return SK_MODEL_NONE;
}

/* Of a child that lends its time to servers, or is passive, and not of one that is both. */
static struct allowed by_child_time(const struct scene *s, const struct sk_system_domain *d,
                                    uint64_t id)
{
    for (size_t i = 0; i < d->child_count; i++) {
        const struct sk_system_domain *child = d->children[i];
        if (child->id.value == id && lends_time(child) != child->passive.value) {
            return (struct allowed){s->lower.domain[child->index].sched_context,
                                    SK_MODEL_ALL_RIGHTS, 0};
        }
    }
    return nothing;
}

/* A notification of its own, for channels beyond 61 that somebody signals. */
static struct allowed by_group(const struct scene *s, const struct sk_system_domain *d,
                               uint64_t group)
{
    for (uint64_t id = group * 64; id < group * 64 + 64; id++) {
        if (id >= 62 && end_at[d->index][id] != NULL && other_at[d->index][id]->notify.value) {
            return (struct allowed){s->lower.domain[d->index].group[group], R, 0};
        }
    }
    return nothing;
}

/* What may lie in a slot of the CNode that Microkit's slots are in. */
static struct allowed plain(const struct scene *s, const struct sk_system_domain *d,
                            uint32_t slot)
{
    const struct sk_lowered_domain *own = &s->lower.domain[d->index];
    bool is_server = d->is_called || d->child_count > 0 || own->is_endpoint_wanted;

    if (slot == 1) {
        return (struct allowed){is_server ? own->endpoint : own->notification, R, 0};
    }
    if (slot == 4) {
        return is_server ? (struct allowed){own->reply, SK_MODEL_ALL_RIGHTS, 0} : nothing;
    }
    if (slot >= 10 && slot < 72) {
        return by_channel(s, d, slot - 10, NOTIFY);
    }
    if (slot >= 74 && slot < 136) {
        return by_irq(s, d, slot - 74).object != SK_MODEL_NONE
                   ? by_lender(s, d, slot - 74, CHILD_FAULT)
                   : by_channel(s, d, slot - 74, CALL);
    }
    if (slot >= 138 && slot < 200) {
        struct allowed irq = by_irq(s, d, slot - 138);
        return irq.object != SK_MODEL_NONE ? irq : by_lender(s, d, slot - 138, CHILD_FAULT);
    }
    if (slot >= 202 && slot < 264) {
        return by_child(s, d, slot - 202);
    }
    if (slot == 264) {
        return (struct allowed){object_of(s, d, "stopped_vspace"), SK_MODEL_ALL_RIGHTS, 0};
    }
    if (slot == 265) {
        return (struct allowed){object_of(s, d, "stopped_endpoint"), W | GP, 0};
    }
    if (slot >= 266 && slot < 328) {
        return by_lender(s, d, slot - 266, CHILD_VSPACE);
    }
    if (slot >= 330 && slot < 392) {
        return by_child_time(s, d, slot - 330);
    }
    if (slot >= 394 && slot < 456) {
        return by_lender(s, d, slot - 394, CHILD_CSPACE);
    }
    if (slot >= 458 && slot < 520) {
        return by_channel(s, d, slot - 458, WAKE);
    }
    if (slot >= 520 && slot < 536) {
        return by_group(s, d, slot - 520);
    }
    if (slot >= 536) {
        static const enum use use[] = {NOTIFY, WAKE, CALL};
        return by_channel(s, d, 62 + (slot - 536) / 3, use[(slot - 536) % 3]);
    }
    return nothing;
}

/* Whose CNode it is; or NULL: the monitor's, or a root CNode. */
static const struct sk_system_domain *holder_of(const struct scene *s, uint32_t cnode)
{
    for (size_t i = 0; i < s->lower.system->domain_count; i++) {
        if (s->lower.domain[i].cnode == cnode) {
            return &s->lower.system->domains[i];
        }
    }
    return NULL;
}

/* The monitor receives, answers, and has the TCBs of those that it is told of. */
static struct allowed monitors(const struct scene *s, uint32_t slot)
{
    const struct sk_system *system = s->lower.system;

    if (slot == 1) {
        return (struct allowed){s->lower.watch.endpoint, R, 0};
    }
    if (slot == 4) {
        return (struct allowed){s->lower.watch.reply, SK_MODEL_ALL_RIGHTS, 0};
    }
    if (slot >= 10 && slot < 10 + system->domain_count &&
        system->domains[slot - 10].parent == NULL) {
        return (struct allowed){s->lower.domain[slot - 10].tcb, SK_MODEL_ALL_RIGHTS, 0};
    }
    return nothing;
}

/* The capabilities that no rule allows, and those that a rule gives and that are missing. */
static unsigned count_wrong(const struct scene *s)
{
    unsigned wrong = 0;
    unsigned given = 0;

    for (uint32_t i = 0; i < s->model.cap_count; i++) {
        const struct sk_model_cap *c = &s->model.cap[i];
        const struct sk_system_domain *d = holder_of(s, c->cnode);
        struct allowed a = d != NULL                          ? plain(s, d, c->slot)
                           : c->cnode == s->lower.watch.cnode ? monitors(s, c->slot)
                                                              : nothing;
        wrong += a.object != c->object || a.rights != c->rights || a.badge != c->badge;
        given++;
    }
    for (size_t i = 0; i < s->lower.system->domain_count; i++) {
        const struct sk_system_domain *d = &s->lower.system->domains[i];
        uint32_t bits = s->model.object[s->lower.domain[i].cnode].size_bits;
        for (uint32_t k = 0; k < 1u << bits; k++) {
            given -= plain(s, d, k).object != SK_MODEL_NONE;
        }
    }
    for (uint32_t k = 0; k < 1024 && s->lower.monitor != NULL; k++) {
        given -= monitors(s, k).object != SK_MODEL_NONE;
    }
    return wrong + given;
}

/* Memory: what a domain has mapped is its own, or a region that its description maps. */
static unsigned count_wrong_maps(const struct scene *s)
{
    unsigned wrong = 0;

    for (uint32_t i = 0; i < s->model.mapping_count; i++) {
        const struct sk_model_mapping *m = &s->model.mapping[i];
        const struct sk_model_object *o = &s->model.object[m->object];
        uint32_t domain = s->model.object[m->vspace].domain;
        bool is_monitor = domain == s->lower.system->domain_count;
        bool is_stack_for_monitor =
            is_monitor && m->rights == R && strstr(o->name, ".stack") != NULL;
        if (m->level != 0 || o->domain == domain || is_stack_for_monitor) {
            continue;
        }
        const struct sk_system_domain *d = &s->lower.system->domains[domain];
        bool is_described = false;
        for (size_t k = 0; !is_monitor && k < d->map_count; k++) {
            unsigned perms = d->maps[k].perms;
            is_described |= s->lower.region[d->maps[k].region->index] == m->object &&
                            d->maps[k].vaddr.value == m->vaddr &&
                            ((perms & SK_SYSTEM_WRITE) != 0) == ((m->rights & W) != 0) &&
                            ((perms & SK_SYSTEM_EXECUTE) != 0) == m->is_executable;
        }
        wrong += !is_described;
    }
    return wrong;
}

static struct scene open_scene(void)
{
    struct scene s;

    scene_open(&s);
    s.kit.monitor = scene_elf_file(&s, "monitor.elf", scene_elf_monitor());
    scene_program(&s, "a.elf", scene_elf());
    return s;
}

static void expect_least(struct scene *s, const char *system)
{
    assert_true(scene_lower(s, system));
    index_ends(s->lower.system);
    assert_int_equal(count_wrong(s), 0);
    assert_int_equal(count_wrong_maps(s), 0);
}

#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"

static const char small[] = "<system><memory_region name=\"ring\" size=\"0x1000\" />" DOMAIN(
    "name=\"server\" priority=\"200\"", "<map mr=\"ring\" vaddr=\"0x4000000\" />")
    DOMAIN(
        "name=\"client\" priority=\"100\"",
        "<map mr=\"ring\" vaddr=\"0x4000000\" perms=\"r\" /><irq irq=\"33\" id=\"5\" />" DOMAIN(
            "name=\"kid\" priority=\"50\" id=\"3\"",
            "")) "<channel><end pd=\"client\" id=\"1\" pp=\"true\" />"
                 "<end pd=\"server\" id=\"2\" notify=\"false\" /></channel>"
                 "<channel><end pd=\"client\" id=\"0\" /><end pd=\"kid\" id=\"61\" "
                 "/></channel></system>";

static void a_small_system_has_what_is_described_and_no_more(void **state)
{
    struct scene s = open_scene();

    (void)state;
    expect_least(&s, small);
    scene_close(&s);
}

#define CALL(from, to, to_id)                               \
    "<channel><end pd=\"" from "\" id=\"1\" pp=\"true\" />" \
    "<end pd=\"" to "\" id=\"" to_id "\" /></channel>"

/* One child that calls a passive server, one that calls another; two that are passive, of which
 * one calls. */
static const char lending[] =
    "<system>" DOMAIN("name=\"server\" priority=\"200\" passive=\"true\"", "")
        DOMAIN("name=\"active\" priority=\"200\"", "")
            DOMAIN("name=\"parent\" priority=\"220\"",
                   DOMAIN("name=\"lender\" priority=\"50\" id=\"61\"", "")
                       DOMAIN("name=\"other\" priority=\"50\" id=\"3\"", "")
                           DOMAIN("name=\"idle\" passive=\"true\" id=\"4\"", "")
                               DOMAIN("name=\"waits\" passive=\"true\" id=\"5\"", ""))
                CALL("lender", "server", "1") CALL("other", "active", "1")
                    CALL("idle", "server", "2") "</system>";

static void parents_have_the_time_of_children_that_lend_it(void **state)
{
    struct scene s = open_scene();
    const uint64_t lender = 61;

    (void)state;
    expect_least(&s, lending);
    const struct sk_lowered_domain *parent = &s.lower.domain[2];
    assert_int_equal(parent->extension.lenders, 1ull << lender);
    assert_int_equal(parent->extension.idlers, 1 << 5);
    assert_int_equal(plain(&s, &s.lower.system->domains[2], 330 + lender).object,
                     s.lower.domain[3].sched_context);
    scene_close(&s);
}

/* The parent's right to be their fault handler is where their id leaves room. */
static const char alike[] =
    "<system>" DOMAIN("name=\"server\" priority=\"200\" passive=\"true\"", "")
        DOMAIN("name=\"parent\" priority=\"210\"",
               "<irq irq=\"33\" id=\"61\" />" DOMAIN("name=\"a\" priority=\"50\" id=\"1\"", "")
                   DOMAIN("name=\"b\" priority=\"50\" id=\"61\"", ""))
            DOMAIN("name=\"top\" priority=\"220\"", "") CALL("a", "server", "1")
                CALL("b", "server", "2") CALL("parent", "top", "1") "</system>";

static void children_and_channels_of_one_id_do_not_meet(void **state)
{
    struct scene s = open_scene();

    (void)state;
    expect_least(&s, alike);
    const struct sk_system_domain *parent = &s.lower.system->domains[1];
    assert_int_equal(s.lower.domain[1].extension.lenders, 1ull << 61 | 2);
    assert_int_equal(plain(&s, parent, 138 + 1).badge, 1ull << 62 | 1);
    assert_int_equal(plain(&s, parent, 138 + 61).object, s.lower.domain[1].irq[0]);
    assert_int_equal(plain(&s, parent, 74 + 61).badge, 1ull << 62 | 61);
    scene_close(&s);
}

/* What is linked with Microkit's library cannot use it. */
static void other_parents_have_no_time_of_children(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    s.kit.monitor = scene_elf_file(&s, "monitor.elf", scene_elf_monitor());
    scene_program(&s, "a.elf", scene_elf_other());
    assert_true(scene_lower(&s, lending));
    for (uint32_t i = 0; i < s.model.cap_count; i++) {
        assert_int_not_equal(s.model.cap[i].object, s.lower.domain[3].sched_context);
        assert_int_not_equal(s.model.cap[i].object, s.lower.domain[3].vspace);
        assert_int_not_equal(s.model.cap[i].object, s.lower.domain[3].root);
    }
    scene_close(&s);
}

/* The test would be of no use if it did not see a right that is too much. */
static void any_extra_right_is_seen(void **state)
{
    struct scene s = open_scene();

    (void)state;
    expect_least(&s, small);
    for (uint32_t i = 0; i < s.model.cap_count; i++) {
        for (unsigned right = 1; right <= SK_MODEL_GRANT_REPLY; right *= 2) {
            uint8_t kept = s.model.cap[i].rights;
            s.model.cap[i].rights |= (uint8_t)right;
            assert_int_equal(count_wrong(&s), kept != s.model.cap[i].rights);
            s.model.cap[i].rights = kept;
        }
    }
    struct sk_model_cap extra = s.model.cap[0];
    extra.slot = 9;
    sk_model_add_cap(&s.model, &extra);
    assert_true(count_wrong(&s) > 0);
    s.model.mapping[0].rights ^= W;
    struct sk_model_mapping more = s.model.mapping[0];
    more.vspace = s.lower.domain[1].vspace;
    sk_model_add_mapping(&s.model, &more);
    assert_int_equal(count_wrong_maps(&s), 1);
    scene_close(&s);
}

static void release_monitors_see_less(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_lower(&s, small));
    uint32_t debug = s.model.cap_count;
    scene_close(&s);

    s = open_scene();
    s.is_release = true;
    assert_true(scene_lower(&s, small));
    assert_int_equal(debug - s.model.cap_count, 2); /* the TCBs of server and client */
    for (uint32_t i = 0; i < s.model.mapping_count; i++) {
        const struct sk_model_object *o = &s.model.object[s.model.mapping[i].object];
        assert_true(s.model.mapping[i].vspace != s.lower.watch.vspace ||
                    o->domain == s.lower.system->domain_count);
    }
    scene_close(&s);
}

/* domains domains, each joined to as many others as it has ids for; text for free(). */
static char *mesh(unsigned domains, unsigned channels, const char *attributes)
{
    struct text t = {0};
    unsigned *next = calloc(domains, sizeof(*next));

    text_addf(&t, "<system xmlns:sk=\"https://selkie.systems/sdf/1\">");
    for (unsigned i = 0; i < domains; i++) {
        text_addf(&t,
                  "<protection_domain name=\"d%u\" priority=\"%u\" %s>"
                  "<program_image path=\"a.elf\" /></protection_domain>",
                  i, 1 + i % 254, attributes);
    }
    for (unsigned i = 0; i < domains; i++) {
        for (unsigned k = i + 1; k < domains && next[i] < channels && next[k] < channels; k++) {
            text_addf(&t,
                      "<channel><end pd=\"d%u\" id=\"%u\" pp=\"%s\" />"
                      "<end pd=\"d%u\" id=\"%u\" /></channel>",
                      i, next[i]++, i % 254 < k % 254 ? "true" : "false", k, next[k]++);
        }
    }
    text_addf(&t, "</system>");
    free(next);
    return t.data;
}

static void meshes_have_what_is_described_and_no_more(void **state)
{
    static const struct {
        unsigned domains, channels;
        const char *attributes;
    } of[] = {{63, 62, ""}, {201, 200, "sk:channels=\"200\""}, {20, 19, "passive=\"true\""}};

    (void)state;
    for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        struct scene s = open_scene();
        char *text = mesh(of[i].domains, of[i].channels, of[i].attributes);
        expect_least(&s, text);
        assert_true(s.model.cap_count > of[i].domains * of[i].channels);
        scene_close(&s);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_system_has_what_is_described_and_no_more),
        cmocka_unit_test(parents_have_the_time_of_children_that_lend_it),
        cmocka_unit_test(children_and_channels_of_one_id_do_not_meet),
        cmocka_unit_test(other_parents_have_no_time_of_children),
        cmocka_unit_test(any_extra_right_is_seen),
        cmocka_unit_test(release_monitors_see_less),
        cmocka_unit_test(meshes_have_what_is_described_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
