/*
 * What the tests of skgen share: an arena, sources out of strings, and a way to see that
 * bad input ends the process with the right diagnostic.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base.h>
#include <config.h>
#include <xml.h>

/* A source named "test", with this text. */
struct source *fixture_source(struct arena *a, const char *text);

/* The root element of this text. */
struct xml_node *fixture_xml(struct arena *a, const char *text);

/* A configuration with KERNEL_MCS on, PRINTING off, NUM_PRIORITIES 256; VTX is known. */
struct config fixture_config(void);

/* Run act(arg) in a process of its own: it must exit with 125 and say this. */
void fixture_expect_fail(void (*act)(const char *arg), const char *arg, const char *words);
