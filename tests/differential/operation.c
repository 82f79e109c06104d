/* SPDX-License-Identifier: BSD-2-Clause */
#include "operation.h"

#include "draft.h"
#include "recipe.h"
#include "scene.h"
#include "stub.h"

static seL4_Word number_of(long id)
{
    return (seL4_Word)id;
}

/* A flag of TCBCopyRegisters: program counter and the first registers. */
#define COPY_FRAME 4

static uint64_t left_out[4];

void operation_leave_out(const uint64_t *labels, unsigned count)
{
    for (unsigned i = 0; i < count && i < sizeof(left_out) / sizeof(left_out[0]); i++) {
        left_out[i] = labels[i];
    }
}

static bool is_left_out(const struct command *command)
{
    seL4_Word label = seL4_MessageInfo_get_label(command->info);

    for (unsigned i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++) {
        if (label != InvalidInvocation && label == left_out[i]) {
            return true;
        }
    }
    return false;
}

unsigned operation_actor(struct random *random)
{
    unsigned actor = (unsigned)random_below(random, ACTORS);

    /* Rather one that does not wait. */
    for (unsigned i = 0; i < ACTORS && actor_is_busy(actor) && random_chance(random, 90); i++) {
        actor = (actor + 1) % ACTORS;
    }
    return actor;
}

/* Where a received capability goes. */
static void choose_receive_slot(struct draft *draft, struct command *command)
{
    command->receive[0] = draft_cap(draft, 'C');
    command->receive[1] = draft_word(draft, 'i');
    command->receive[2] = draft_word(draft, 'd');
}

static bool is_untimed(seL4_Word label)
{
    return label == ARMPageGetAddress || label == SchedContextConsumed ||
           label == SchedContextYieldTo;
}

/* Where the capabilities that it is about usually are. */
static void choose_regions(struct draft *draft, const struct recipe *recipe)
{
    bool is_usual = random_chance(draft->random, 85);

    if (recipe->target == 'I' && is_usual) {
        draft->to = KIND_IRQ_HANDLER;
    } else if (recipe->target == 'M' && is_usual) {
        draft->to = KIND_ASID_POOL;
    }
    draft->is_removal = recipe->label == CNodeDelete || recipe->label == CNodeRevoke ||
                        recipe->label == CNodeCancelBadgedSends;
    if (recipe->label == CNodeCancelBadgedSends && is_usual) {
        draft->to = KIND_ENDPOINT;
    }
}

static seL4_CPtr choose_channel(struct draft *draft)
{
    return draft_cap(draft, (char)RANDOM_OF(draft->random, 'E', 'E', 'E', 'E', 'N', 'N', 'Y'));
}

/* An invocation by a system call that gets no answer to it. */
static void send_otherwise(struct draft *draft, struct command *command)
{
    static const long calls[] = {seL4_SysSend, seL4_SysNBSend, seL4_SysNBSendRecv,
                                 seL4_SysNBSendWait, seL4_SysReplyRecv};
    long call = calls[random_below(draft->random, sizeof(calls) / sizeof(calls[0]))];

    command->syscall = number_of(call);
    if (call == seL4_SysSend || call == seL4_SysNBSend) {
        return;
    }
    command->destination = command->x0;
    command->reply = call == seL4_SysNBSendRecv ? draft_cap(draft, 'Y') : command->x0;
    command->x0 = choose_channel(draft);
}

static struct command invocation(struct random *random, const struct recipe *recipe)
{
    struct draft draft = draft_begin(random);
    struct command command = {.code = STUB_CALL, .syscall = number_of(seL4_SysCall)};
    unsigned length = 0;
    unsigned caps = 0;

    choose_regions(&draft, recipe);
    command.x0 = draft_cap(&draft, recipe->target);
    for (const char *letter = recipe->words; *letter != '\0'; letter++) {
        command.words[length++] = draft_word(&draft, *letter);
    }
    for (const char *letter = recipe->caps; *letter != '\0'; letter++) {
        command.caps[caps++] = draft_cap(&draft, *letter);
    }
    if (recipe->label == TCBWriteRegisters) {
        length = 38;
    }
    if (random_chance(random, 3) && length > 0) {
        length--;
    } else if (random_chance(random, 3) && caps > 0) {
        caps--;
    }
    if (is_untimed(recipe->label)) {
        command.code = STUB_CALL_UNTIMED;
    } else if (random_chance(random, 8)) {
        send_otherwise(&draft, &command);
    }
    command.info = seL4_MessageInfo_new(recipe->label, 0, caps, length);
    return command;
}

static const struct recipe *choose_recipe(struct random *random)
{
    unsigned total = 0;

    for (unsigned i = 0; i < recipe_count; i++) {
        total += recipes[i].weight;
    }
    unsigned place = (unsigned)random_below(random, total);
    const struct recipe *recipe = recipes;
    while (place >= recipe->weight) {
        place -= recipe->weight;
        recipe++;
    }
    return recipe;
}

/* A message of no particular meaning. */
static void choose_message(struct draft *draft, struct command *command)
{
    struct random *random = draft->random;
    seL4_Word length = random_chance(random, 95) ? random_below(random, 9)
                                                 : RANDOM_OF(random, 12, 36, 120, 121, 127);
    seL4_Word caps = random_chance(random, 60) ? 0 : random_below(random, 4);

    for (unsigned i = 0; i < 12; i++) {
        command->words[i] = draft_word(draft, 'w');
    }
    for (unsigned i = 0; i < 3; i++) {
        command->caps[i] = draft_any(draft);
    }
    seL4_Word label = random_below(random, random_chance(random, 70) ? 4 : 0x400);
    seL4_Word unwrapped = random_chance(random, 95) ? 0 : 7;
    command->info = seL4_MessageInfo_new(label, unwrapped, caps, length);
}

/* An invocation of anything, with a message of anything. */
static struct command wild_invocation(struct random *random)
{
    struct draft draft = draft_begin(random);
    struct command command = {.code = STUB_CALL_UNTIMED, .syscall = number_of(seL4_SysCall)};

    choose_message(&draft, &command);
    seL4_Word label = random_below(random, ARMIRQIssueSGISignal + 3);
    /* A domain with a short duration would be at an end at some time. */
    if (label == DomainScheduleConfigure || label == DomainScheduleSetStart) {
        label = UntypedRetype;
    }
    /* Such words would be budgets of microseconds, or a program counter in the program. */
    if (label == SchedControlConfigureFlags || label == TCBWriteRegisters) {
        label = TCBSetTLSBase;
    }
    command.info = seL4_MessageInfo_set_label(command.info, label);
    command.x0 = draft_any(&draft);
    return command;
}

/* System calls that send or receive. */
static struct command message(struct random *random)
{
    static const long calls[] = {
        seL4_SysCall,   seL4_SysCall,   seL4_SysCall,   seL4_SysReplyRecv,  seL4_SysReplyRecv,
        seL4_SysSend,   seL4_SysSend,   seL4_SysSend,   seL4_SysNBSend,     seL4_SysNBSend,
        seL4_SysRecv,   seL4_SysRecv,   seL4_SysRecv,   seL4_SysRecv,       seL4_SysNBRecv,
        seL4_SysWait,   seL4_SysNBWait, seL4_SysYield,  seL4_SysNBSendRecv, seL4_SysNBSendRecv,
        seL4_SysNBWait, seL4_SysWait,   seL4_SysNBSend, seL4_SysNBSendWait,
    };
    struct draft draft = draft_begin(random);
    struct command command = {.code = STUB_CALL};

    choose_message(&draft, &command);
    command.syscall = number_of(calls[random_below(random, sizeof(calls) / sizeof(calls[0]))]);
    command.x0 = choose_channel(&draft);
    command.reply = draft_cap(&draft, 'Y');
    command.destination = choose_channel(&draft);
    if (command.syscall == number_of(seL4_SysNBSendWait)) {
        command.reply = choose_channel(&draft); /* there it is the destination */
    }
    /* A label could be one of the invocations that tell times. */
    if (command.syscall == number_of(seL4_SysCall)) {
        command.code = STUB_CALL_UNTIMED;
        command.info = seL4_MessageInfo_set_label(command.info, 1000 + random_below(random, 4));
    }
    choose_receive_slot(&draft, &command);
    return command;
}

/* Memory, and instructions that fault. */
static struct command access(struct random *random, const char **ret_name)
{
    struct draft draft = draft_begin(random);
    struct command command = {.x0 = draft_address(&draft) & ~(seL4_Word)7};

    switch (random_below(random, 8)) {
    case 0:
        *ret_name = "undefined";
        command.code = STUB_UNDEFINED;
        break;
    case 1:
        *ret_name = "unknown-syscall";
        command.code = STUB_CALL;
        command.syscall = RANDOM_OF(random, 0, 1, 100, number_of(-40), number_of(-1000));
        break;
    case 2:
        *ret_name = "jump";
        command.code = STUB_JUMP;
        break;
    case 3:
    case 4:
        *ret_name = "store";
        command.code = STUB_STORE;
        command.info.words[0] = random_below(random, 1000);
        break;
    default:
        *ret_name = "load";
        command.code = STUB_LOAD;
        break;
    }
    return command;
}

/* The first operations of a seed make something of each kind. */
static bool beginning(struct random *random, unsigned number, struct command *ret_command)
{
    static const seL4_Word bits[] = {[KIND_UNTYPED] = 14, [KIND_CNODE] = 3, [KIND_CONTEXT] = 8};
    unsigned type = number / 2;

    if (type >= KIND_IRQ_HANDLER) {
        return false;
    }
    bool is_second = number % 2 != 0;
    bool is_large = type == KIND_HUGE_PAGE || (type == KIND_LARGE_PAGE && !is_second);
    *ret_command = (struct command){
        .code = STUB_CALL,
        .syscall = number_of(seL4_SysCall),
        .x0 = AT_FIXED(is_large ? FIXED_DEVICE : FIXED_UNTYPED),
        .info = seL4_MessageInfo_new(UntypedRetype, 0, 1, 6),
        .words = {type, type < sizeof(bits) / sizeof(bits[0]) ? bits[type] : 0, 0, 0,
                  type * REGION_SLOTS + (is_second ? PAGE_UNTYPED : 0),
                  1 + random_below(random, 3)},
        .caps = {AT_FIXED(FIXED_SPACE)},
    };
    if (type == KIND_UNTYPED && is_second) {
        ret_command->words[1] = seL4_PageBits;
    }
    return true;
}

static struct command choose(struct random *random, unsigned number, const char **ret_name)
{
    struct command command;
    unsigned choice = (unsigned)random_below(random, 100);

    if (beginning(random, number, &command)) {
        *ret_name = "UntypedRetype";
        return command;
    }
    if (scene_operation(number, &command)) {
        *ret_name = recipe_name(seL4_MessageInfo_get_label(command.info));
        return command;
    }
    if (choice < 6) {
        return access(random, ret_name);
    }
    if (choice < 12) {
        *ret_name = "wild";
        return wild_invocation(random);
    }
    if (choice < 42) {
        *ret_name = "message";
        return message(random);
    }
    const struct recipe *recipe = choose_recipe(random);
    *ret_name = recipe_name(recipe->label);
    return invocation(random, recipe);
}

struct command operation_next(struct random *random, unsigned number, unsigned actor,
                              const char **ret_name)
{
    struct command command = choose(random, number, ret_name);
    seL4_Word label = seL4_MessageInfo_get_label(command.info);

    /* A thread that copies its own program counter to itself would do so for ever. */
    if (label == TCBCopyRegisters && (command.words[0] & COPY_FRAME) != 0) {
        command.caps[0] = AT_FIXED(FIXED_ACTOR + (actor + 1) % ACTORS);
    }

    if (is_left_out(&command)) {
        command.x0 = seL4_CapNull;
    }
    return command;
}
