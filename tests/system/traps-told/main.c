/* SPDX-License-Identifier: BSD-2-Clause */
#include "../traps/main.c"
