/*
 * A client: a process that writes notes and reads them again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/notes_client.h>
#include <selkie/rt/print.h>

#include "grants.h"

SK_GRANTS_WANTED(client, CLIENT_GRANTS)

int main(int argc, char **argv);

/* Read note number, and print it. */
static sk_err show(const struct notes_client *notes, const char *who, uint16_t number)
{
    enum notes_colour colour;
    char text[NOTES_READ_RET_TEXT_MAX + 1];

    SK_TRY(notes_read(notes, number, &colour, &text));
    sk_printf("%s: note %u is %s: %s\n", who, number,
              colour == NOTES_COLOUR_PINK ? "pink" : "yellow", text);
    return SK_OK;
}

static sk_err run(const char *who, int argc, char **argv)
{
    struct notes_client notes;
    struct notes_usage usage;
    uint16_t number = 0;

    SK_TRY(notes_connect(client_grants_get().notes, (struct sk_rpc_client_options){0}, &notes));
    for (int n = 1; n < argc; n++) {
        SK_TRY(notes_write(&notes, n == 1 ? NOTES_COLOUR_PINK : NOTES_COLOUR_YELLOW, argv[n],
                           &number));
        SK_TRY(show(&notes, who, number));
    }
    SK_TRY(notes_look(&notes, &usage));
    sk_printf("%s: %u of %u notes\n", who, usage.used, usage.room);

    /* Others' notes have other numbers, or none: the server knows its clients by badge. */
    if (show(&notes, who, 77) == NOTES_ERR_UNKNOWN) {
        sk_printf("%s: there is no note 77\n", who);
    }
    SK_TRY(notes_write(&notes, NOTES_COLOUR_YELLOW, "one too many", &number));
    return notes_clear(&notes);
}

int main(int argc, char **argv)
{
    sk_err e = run(argv[0], argc, argv);

    if (e == NOTES_ERR_FULL) {
        sk_printf("%s: no room for another\n", argv[0]);
        return 0;
    }
    return (int)e;
}
