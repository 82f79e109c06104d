/*
 * The register file is AArch64's, and so are the tables that go with it: no machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../aarch64/kernel/context.c"
