/*
 * The page tables that mappings need.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../model/model.h"

/*
 * Add to the model what tables the mappings of vspace need that are numbered from
 * first_mapping on: at most one object and a few mappings for each level. domain and its name
 * are for the names of the tables.
 */
void sk_tables_add(struct sk_model *model, uint32_t vspace, uint32_t first_mapping,
                   uint32_t domain, const char *domain_name);

/* The bits of an address that a table of that level maps: 39, 30 and 21. */
unsigned sk_table_bits(unsigned level);

enum { SK_TABLE_LEVELS = 3 };
