/*
 * What people and programs are told of a system before it runs: a picture, and a header for
 * each domain. All return false if the stream has an error.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "../sdf/system.h"

/*
 * The system for Graphviz: domains with their priorities, in those of their parents; channels,
 * an arrow for each that may notify or call; memory regions, with an arrow for each map.
 */
bool sk_show_graph(const struct sk_system *system, FILE *out);

/*
 * What the headers of the domains are called, without .h: their names as C has names, and so
 * no paths, each once.
 */
const char **sk_show_header_names(struct arena *arena, const struct sk_system *system);

/*
 * A C header for one domain: constants for the ids of its channels, interrupts and children,
 * named after whom they lead to; for each map a pointer to an array of the region's size, which
 * is const if the domain may not write.
 */
bool sk_show_header(const struct sk_system *system, const struct sk_system_domain *domain,
                    const uint64_t *region_size, FILE *out);
