/* SPDX-License-Identifier: BSD-2-Clause */
#include "found.h"

#include <string.h>

#include "audit.h"

struct reader {
    char *next;
};

/* The next line that is not the kernel's own, without what surrounds it; NULL: none. */
static char *next_line(struct reader *r)
{
    while (r->next != NULL && *r->next != '\0') {
        char *line = r->next;
        size_t length = strcspn(line, "\r\n");

        r->next = line + length + strspn(line + length, "\r\n");
        line[length] = '\0';
        line += strspn(line, " \t");
        if (strstr(line, "<<") == NULL) {
            return line;
        }
    }
    return NULL;
}

/* Cuts line at text, and returns what is behind it; NULL: it is not there. */
static char *cut(char *line, const char *text)
{
    char *at = strstr(line, text);

    if (at == NULL) {
        return NULL;
    }
    *at = '\0';
    return at + strlen(text);
}

static void read_pairs(struct reader *r, const char *separator, json_t *to)
{
    for (char *line = next_line(r); line != NULL && strcmp(line, "}") != 0;
         line = next_line(r)) {
        char *value = cut(line, separator);

        if (value == NULL) {
            die("this line is not understood: %s", line);
        }
        if (json_object_get(to, line) != NULL) {
            die("this is said twice: %s", line);
        }
        json_object_set_new(to, line, json_string(value));
    }
}

static void read_contents(struct reader *r, json_t *to)
{
    for (char *line = next_line(r); line != NULL && strcmp(line, "}") != 0;
         line = next_line(r)) {
        json_t *slots = json_object();

        if (cut(line, " {") == NULL) {
            die("this line is not understood: %s", line);
        }
        read_pairs(r, ": ", slots);
        json_object_set_new(to, line, slots);
    }
}

struct found found_read(const char *log, const char *section)
{
    struct found f = {json_object(), json_object(), json_object(),
                      strcmp(section, "probes") == 0};
    struct sk_image_file file = file_must(log);
    struct reader r = {strstr((char *)file.data, f.is_probed
                                                     ? "-- audit: probes"
                                                     : "-- Selkie development kernel: Debug")};
    bool is_done = false;

    if (r.next == NULL) {
        die("%s has no %s", log, section);
    }
    for (char *line = next_line(&r); line != NULL && !is_done; line = next_line(&r)) {
        if (strcmp(line, "objects {") == 0) {
            read_pairs(&r, " = ", f.objects);
        } else if (strcmp(line, "caps {") == 0) {
            read_contents(&r, f.contents);
        } else if (strcmp(line, "irq maps {") == 0) {
            read_pairs(&r, ": ", f.irqs);
            is_done = true;
        }
    }
    if (!is_done) {
        die("%s ends in the middle of the %s", log, section);
    }
    return f;
}

const char *found_at(const struct found *f, const char *object, const char *slot)
{
    return json_string_value(json_object_get(json_object_get(f->contents, object), slot));
}
