/*
 * What a process took of its parent's source, counted by the source. compare.sh looks whether
 * `selkie size --needs` says the same of the file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/process.h>

#include "../../unit/task/process/failing.h"
#include "../process/images.h"

SK_ROOT_TASK(bi)
{
    static struct failing counter;
    static struct sk_parent parent;
    struct sk_process p;

    failing_init(&counter, sk_boot_source());
    sk_assert(sk_parent_init(&parent, &counter.source) == SK_OK);
    struct failing before = counter;
    sk_assert(sk_process_spawn(&parent, &p, child_image, CHILD_SIZE,
                               &(struct sk_process_options){0}) == SK_OK);
    sk_printf("taken objects %lu\n", counter.objects_out - before.objects_out);
    sk_printf("taken slots %lu\n", counter.slots_out - before.slots_out);
    sk_printf("taken bytes %lu\n", counter.bytes_out - before.bytes_out);
    sk_assert(counter.objects_out - before.objects_out == p.needs.objects);
    sk_assert(counter.slots_out - before.slots_out == p.needs.slots);
    sk_assert(counter.bytes_out - before.bytes_out == p.needs.bytes);
    sk_parent_fini(&parent);
    sk_assert(counter.objects_out == 0 && counter.slots_out == 0 && counter.bytes_out == 0);
    return 0;
}
