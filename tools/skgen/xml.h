/*
 * XML files, and what skgen asks of them.
 *
 * Bad input ends in refuse(). Text between elements is in the tree, so that a description
 * with markup inside can be turned into a comment or into Markdown.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../base/xml.h"
#include "base.h"

/* The root element. */
struct xml_node *xml_parse(struct arena *a, const struct source *source);

/* The value of an attribute that must be there. */
const char *xml_need(struct arena *a, const struct xml_node *n, const char *name);

/* Fail if n has an attribute that is not one of these, given with blanks between. */
void xml_allow(struct arena *a, const struct xml_node *n, const char *names);

/* "true" or "false"; absent is false, anything else fails. */
bool xml_flag(const struct xml_node *n, const char *name);

/* Refuse with a suggestion: n is not one of the elements allowed where it stands. */
[[gnu::noreturn]] void xml_unexpected(struct arena *a, const struct xml_node *n,
                                      const char *const *allowed, size_t allowed_count);

/*
 * The prose of n in one line: white space runs become a blank, markup elements are
 * replaced by what they stand for, references into the seL4 manual are dropped.
 * With is_markdown, code is put between backquotes and lists become "- " lines.
 */
void xml_prose(struct text *out, const struct xml_node *n, bool is_markdown);
