/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <selkie/rt/exit.h>
#include <selkie/rt/sink.h>

enum { STATUS = 125 };

void report_text(const char *text)
{
    size_t size = 0;

    while (text[size] != '\0') {
        size++;
    }
    sk_sink_write(text, size);
}

void report_number(const char *before, uint32_t number)
{
    char digits[11];
    char *digit = &digits[sizeof(digits) - 1];

    report_text(before);
    *digit = '\0';
    do {
        *--digit = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    report_text(digit);
}

static void begin(enum sk_spec_table table, uint32_t record)
{
    report_text("initialiser: error: ");
    report_text(sk_spec_table_name(table));
    report_number(", record ", record);
}

SK_NORETURN static void end(void)
{
    report_text("\n");
    sk_exit(STATUS);
}

SK_NORETURN void report_problem(const struct sk_spec_problem *problem)
{
    begin(problem->table, problem->record);
    if (problem->field != SK_SPEC_NONE) {
        report_number(", byte ", problem->field);
    }
    report_text(": ");
    report_wrong(problem->what);
    end();
}

SK_NORETURN void report_failure(const struct sk_init *in, sk_err err)
{
    begin(in->table, in->record);
    report_text(": ");
    report_call(in->call);
    report_number(": error ", err);
    report_text(report_error(err));
    end();
}
