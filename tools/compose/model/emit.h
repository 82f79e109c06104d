/*
 * A model as text: for people, and for tools of others.
 *
 * All write the same for the same model. They return false if the stream has an error, which
 * the caller reports, since it knows the file's name.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "model.h"

/*
 * capDL, in the grammar of capDL-tool: objects, capabilities, mappings, interrupts and the
 * domain schedule, whose times are ticks of the kernel's timer, of which timer_hz are a second.
 * Not what frames hold: capDL says it with parts of files, and these are patched programs.
 */
bool sk_model_write_cdl(const struct sk_model *model, uint64_t timer_hz, FILE *out);

/*
 * JSON: the tables of model.h, with names in place of numbers. Addresses and badges are texts
 * in hexadecimal, since JSON's numbers have 53 bits.
 */
bool sk_model_write_json(const struct sk_model *model, FILE *out);
json_t *sk_model_json(const struct sk_model *model);

/* Graphviz: objects, and an arrow for each capability and mapping. */
bool sk_model_write_dot(const struct sk_model *model, FILE *out);

/*
 * What one domain, by its index, has in its slots, in the language of the Viper verifiers: a
 * function of the slot for the kind, the object, the badge and each right.
 */
bool sk_model_write_viper(const struct sk_model *model, uint32_t domain, FILE *out);
