/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/ledger.h>

#include <stdbool.h>
#include <stddef.h>

#include <selkie/cap/notification.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "../lock.h"

/* Slots that were given back rest here; each has a bit of the notification's word. */
#define RESTING 32
#define NAMED   8 /* leaks that are named one by one */

#define SITE ((uintptr_t)__builtin_return_address(0))

enum state { UNKNOWN = 0, TAKEN, KEPT, GIVEN };

struct entry {
    seL4_CPtr slot;
    uintptr_t site; /* who took it, or gave it back */
    enum state state;
};

static struct lock lock;
static struct sk_source *inner;
static struct entry entries[SK_LEDGER_SLOTS]; /* a hash table; entries stay */
static sk_slot resting[RESTING];              /* a ring: the oldest is at first */
static unsigned first;
static unsigned resting_count;
static sk_slot witness; /* the notification of all resting slots */

/* The entry of a slot, or a free one for it; NULL if there is none. */
static struct entry *find(seL4_CPtr slot)
{
    for (unsigned i = 0; i < SK_LEDGER_SLOTS; i++) {
        struct entry *e = &entries[(slot + i) % SK_LEDGER_SLOTS];

        if (e->state == UNKNOWN || e->slot == slot) {
            return e;
        }
    }
    return NULL;
}

static void note(seL4_CPtr slot, enum state state, uintptr_t site)
{
    struct entry *e = find(slot);

    if (e != NULL) {
        *e = (struct entry){slot, site, state};
    }
}

/* A slot that was given back already: when by whom. 0: it was not. */
static uintptr_t given_at(seL4_CPtr slot)
{
    const struct entry *e = find(slot);

    return e != NULL && e->state == GIVEN ? e->site : 0;
}

/* Under the lock: has somebody used a resting slot? The slot, or 0. */
static seL4_CPtr used_slot(void)
{
    seL4_Word bits = sk_notification_poll((sk_notification){sk_slot_cptr(witness)});

    for (unsigned i = 0; i < RESTING; i++) {
        if ((bits & (seL4_Word)1 << i) != 0) {
            return sk_slot_cptr(resting[i]);
        }
    }
    return 0;
}

/* Take the lock, and look at what happened since it was taken last. */
static void enter(void)
{
    lock_take(&lock);
    seL4_CPtr used = used_slot();
    uintptr_t site = used != 0 ? given_at(used) : 0;
    if (used == 0) {
        return;
    }
    lock_release(&lock);
    sk_panic("ledger: a capability was used after its slot 0x%lx was given back at pc 0x%lx",
             (unsigned long)used, (unsigned long)site);
}

static bool wake(sk_slot *ret_slot)
{
    if (resting_count == 0) {
        return false;
    }
    *ret_slot = resting[first];
    first = (first + 1) % RESTING;
    resting_count--;
    /* Deleting fails only where there is no slot. */
    (void)seL4_CNode_Delete(ret_slot->root.cptr, ret_slot->index, ret_slot->depth);
    return true;
}

/* Let an empty slot rest. False if there is no place, or it cannot have a capability. */
static bool rest(sk_slot slot)
{
    unsigned place = (first + resting_count) % RESTING;

    if (resting_count == RESTING ||
        seL4_CNode_Mint(slot.root.cptr, slot.index, slot.depth, witness.root.cptr,
                        witness.index, witness.depth, seL4_CanWrite,
                        (seL4_Word)1 << place) != seL4_NoError) {
        return false;
    }
    resting[place] = slot;
    resting_count++;
    return true;
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    sk_slots slots = {.count = count};
    sk_err err = SK_OK;

    (void)self;
    enter();
    if (count != 1 || resting_count < RESTING || !wake(&slots.first)) {
        err = inner->take_slots(inner, count, &slots);
        if (err != SK_OK && count == 1 && wake(&slots.first)) {
            err = SK_OK;
        }
    }
    if (err == SK_OK) {
        for (seL4_Word i = 0; i < count; i++) {
            note(sk_slot_cptr(sk_slot_plus(slots.first, i)), TAKEN, SITE);
        }
        *ret_slots = slots;
    }
    lock_release(&lock);
    return err;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    (void)self;
    enter();
    for (seL4_Word i = 0; i < slots.count; i++) {
        seL4_CPtr slot = sk_slot_cptr(sk_slot_plus(slots.first, i));
        uintptr_t before = given_at(slot);

        if (before != 0) {
            lock_release(&lock);
            sk_panic("ledger: slot 0x%lx is given back at pc 0x%lx, and was before at pc 0x%lx",
                     (unsigned long)slot, (unsigned long)SITE, (unsigned long)before);
        }
        note(slot, GIVEN, SITE);
    }
    if (slots.count != 1 || !rest(slots.first)) {
        inner->give_slots(inner, slots);
    }
    lock_release(&lock);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    (void)self;
    return inner->make_object(inner, what, into);
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)self;
    enter();
    uintptr_t before = given_at(sk_slot_cptr(at));
    lock_release(&lock);
    if (before != 0) {
        sk_panic(
            "ledger: an object is freed at pc 0x%lx in slot 0x%lx, which was given back at "
            "pc 0x%lx",
            (unsigned long)SITE, (unsigned long)sk_slot_cptr(at), (unsigned long)before);
    }
    inner->free_object(inner, what, at);
}

static sk_err map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights)
{
    (void)self;
    return inner->map(inner, frame, vaddr, rights);
}

static void unmap(struct sk_source *self, sk_frame frame)
{
    (void)self;
    inner->unmap(inner, frame);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    (void)self;
    return inner->take_pages(inner, count, ret_vaddr);
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    (void)self;
    return inner->page_frame(inner, vaddr);
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    (void)self;
    inner->give_pages(inner, vaddr, count);
}

static struct sk_source source = {
    .take_slots = take_slots,
    .give_slots = give_slots,
    .make_object = make_object,
    .free_object = free_object,
    .map = map,
    .unmap = unmap,
    .take_pages = take_pages,
    .page_frame = page_frame,
    .give_pages = give_pages,
};

/* A notification of inner's own. */
static sk_slot make_notification(void)
{
    sk_slots slot;

    if (inner->take_slots(inner, 1, &slot) != SK_OK ||
        inner->make_object(inner, SK_BLUEPRINT(Notification), slot.first) != SK_OK) {
        sk_panic("ledger: the source has no memory, or no slot");
    }
    return slot.first;
}

struct sk_source *sk_ledger_over(struct sk_source *over)
{
    inner = over;
    witness = make_notification();
    /* Its own lock cannot ask it for the notification to wait on. */
    lock.notification = sk_slot_cptr(make_notification());
    return &source;
}

void sk_ledger_keep(seL4_CPtr slot)
{
    lock_take(&lock);
    note(slot, KEPT, SITE);
    lock_release(&lock);
}

void sk_ledger_audit(void)
{
    unsigned count = 0;

    enter();
    for (unsigned i = 0; i < SK_LEDGER_SLOTS; i++) {
        const struct entry *e = &entries[i];

        if (e->state == TAKEN && count++ < NAMED) {
            sk_printf("ledger: slot 0x%lx, taken at pc 0x%lx, was not given back\n",
                      (unsigned long)e->slot, (unsigned long)e->site);
        }
    }
    lock_release(&lock);
    if (count != 0) {
        sk_panic("ledger: a leak of %u slots", count);
    }
}

__attribute__((constructor(101))) static void start(void)
{
    struct sk_env env;

    sk_env_get(&env);
    if (env.source != NULL) {
        sk_env_set_source(sk_ledger_over(env.source));
    }
}

/* Before the heap's audit, and after all that programs have. */
__attribute__((destructor(102))) static void audit_at_end(void)
{
    if (inner != NULL) {
        sk_ledger_audit();
    }
}
