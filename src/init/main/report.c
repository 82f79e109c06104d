/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <selkie/cap/error.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/print.h>

#include "../../cap/text.h"

enum { STATUS = 125 };

/* "initialiser: maps: record 3: " */
static struct text begin(char *line, size_t size, enum sk_spec_table table, uint32_t record)
{
    struct text t = {.buffer = line, .size = size};

    sk_text_put(&t, "initialiser: error: ");
    sk_text_put(&t, sk_spec_table_name(table));
    sk_text_put(&t, ", record ");
    sk_text_number(&t, record);
    sk_text_put(&t, ": ");
    return t;
}

SK_NORETURN static void end(struct text *t)
{
    sk_text_end(t);
    sk_puts(t->buffer);
    sk_exit(STATUS);
}

SK_NORETURN void report_problem(const struct sk_spec_problem *problem)
{
    char line[160];
    struct text t = begin(line, sizeof(line), problem->table, problem->record);

    sk_text_put(&t, problem->what);
    end(&t);
}

SK_NORETURN void report_failure(const struct sk_init *in, sk_err err)
{
    /* First, since it asks for the message that the kernel answered with. */
    struct sk_error error =
        in->call != SK_INIT_CALL_COUNT ? sk_error_last(err) : (struct sk_error){.code = err};
    char line[160 + SK_ERROR_LINE], why[SK_ERROR_LINE];
    struct text t = begin(line, sizeof(line), in->table, in->record);

    sk_error_print(&error, why, sizeof(why));
    sk_text_put(&t, sk_init_call_name(in->call));
    sk_text_put(&t, ": ");
    sk_text_put(&t, why);
    end(&t);
}
