/*
 * A program of the cap layer and nothing above it: its start file, its output and its end are
 * its own. cap_alone.sh links it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/semihosting.h>
#include <selkie/cap/budget.h>
#include <selkie/cap/cspace.h>
#include <selkie/cap/error.h>
#include <selkie/cap/fault.h>
#include <selkie/cap/message.h>
#include <selkie/cap/mutex.h>
#include <selkie/cap/owned.h>

SK_NORETURN void begin(const seL4_BootInfo *bi);

static void print(const char *line)
{
    sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_WRITE0, line);
    sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_WRITE0, "\n");
}

static SK_NORETURN void end(uintptr_t status)
{
    const uintptr_t words[] = {SK_ARCH_SEMIHOSTING_EXIT_REASON, status};

    for (;;) {
        sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_EXIT_EXTENDED, words);
    }
}

/* A piece of RAM that has room for a page. */
static sk_untyped find_memory(const seL4_BootInfo *bi)
{
    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        if (!bi->untypedList[n].isDevice && bi->untypedList[n].sizeBits >= seL4_PageBits) {
            return (sk_untyped){bi->untyped.start + n};
        }
    }
    end(1);
}

/* A notification for a mutex, once by a slot that is full. */
static sk_err make(const seL4_BootInfo *bi, sk_slots two, struct sk_mutex *ret_mutex)
{
    sk_node node = sk_node_whole((unsigned)bi->initThreadCNodeSizeBits);
    sk_untyped memory = find_memory(bi);
    sk_slots first;

    SK_TRY(sk_slots_take(&two, 1, &first));
    SK_TRY(sk_blueprint_make(SK_BLUEPRINT(Notification), memory, first, node));
    sk_mutex_init(ret_mutex, (sk_notification){sk_slot_cptr(first.first)});
    return sk_blueprint_make(SK_BLUEPRINT(Notification), memory, first, node);
}

void begin(const seL4_BootInfo *bi)
{
    sk_slots two = {sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, bi->empty.start), 2};
    struct sk_mutex mutex;
    struct sk_error error;
    char line[SK_ERROR_LINE];

    seL4_SetIPCBuffer(bi->ipcBuffer);
    error = sk_error_last(make(bi, two, &mutex));
    sk_error_print(&error, line, sizeof(line));
    print(line);
    {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&mutex);

        if (sk_mutex_try(&mutex) || guard.mutex != &mutex) {
            end(1);
        }
    }
    end(error.code == SK_ERR_DELETE_FIRST ? 0 : 1);
}
