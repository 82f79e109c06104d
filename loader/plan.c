/*
 * The plan as it is linked: empty. The packer overwrites it in the file, so this is a file
 * of its own: nothing may be compiled that knows its contents.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/attr.h>
#include <selkie/loader/plan.h>

extern const struct sk_boot_plan sk_loader_plan;

SK_USED __attribute__((section(".plan"))) const struct sk_boot_plan sk_loader_plan = {0};
