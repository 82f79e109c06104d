/*
 * What a running system printed of itself: capDL text, of DebugSnapshot or of the probes
 * (../probe), which leave out what they cannot know.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>

struct found {
    json_t *objects;  /* name -> what it is: "cnode (9 bits)" */
    json_t *contents; /* name -> {slot -> capability: "0x4" -> "ep_5 (W, badge: 3)"} */
    json_t *irqs;     /* number -> handler's name */
    bool is_probed;
};

/* The section of a log; the program ends if it has none. */
struct found found_read(const char *log, const char *section);

/* What lies at an object's slot, or NULL. */
const char *found_at(const struct found *f, const char *object, const char *slot);
