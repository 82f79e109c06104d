/*
 * What the tests of the host platform include before cmocka.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
