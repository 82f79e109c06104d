/* SPDX-License-Identifier: BSD-2-Clause */
#include "symbols.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/report.h"

struct sk_symbols {
    Dwfl *dwfl;
};

/* Where an address is, before any inlining is looked at. */
struct place {
    Dwfl_Module *module;  /* NULL if it is not in the program */
    Dwarf_Die *unit;      /* the compilation it is in; NULL if that is not known */
    Dwarf_Addr in_file;   /* the address as the file's debug information has it */
    const char *function; /* NULL if it is not known */
    const char *file;     /* NULL if it is not known */
    int line;
    const char *folder; /* in which it was compiled */
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .section_address = dwfl_offline_section_address,
};

bool sk_symbols_open(const char *path, struct sk_symbols **ret_symbols)
{
    struct sk_symbols *symbols = calloc(1, sizeof(*symbols));

    if (symbols != NULL) {
        symbols->dwfl = dwfl_begin(&callbacks);
    }
    if (symbols == NULL || symbols->dwfl == NULL ||
        dwfl_report_offline(symbols->dwfl, "program", path, -1) == NULL) {
        sk_report_error("%s: cannot read its symbols: %s", path, dwfl_errmsg(-1));
        sk_symbols_close(symbols);
        return sk_report_help("give the ELF file of the program that printed the log");
    }
    dwfl_report_end(symbols->dwfl, NULL, NULL);
    *ret_symbols = symbols;
    return true;
}

void sk_symbols_close(struct sk_symbols *symbols)
{
    if (symbols != NULL) {
        dwfl_end(symbols->dwfl);
        free(symbols);
    }
}

/* A path as the compiler was given it. */
static const char *shorten(const char *file, const char *folder)
{
    size_t length = folder != NULL ? strlen(folder) : 0;

    return length != 0 && strncmp(file, folder, length) == 0 && file[length] == '/'
               ? file + length + 1
               : file;
}

/*
 * clang leaves out the table that leads from addresses to compilations; then libdw finds none,
 * or the one before in a program that has tables of others. So look at each.
 */
static void find_unit(struct place *place, Dwarf_Addr address)
{
    Dwarf_Addr bias = 0;

    place->unit = dwfl_module_addrdie(place->module, address, &bias);
    if (place->unit == NULL || dwarf_haspc(place->unit, address - bias) != 1) {
        place->unit = NULL;
        do {
            place->unit = dwfl_module_nextcu(place->module, place->unit, &bias);
        } while (place->unit != NULL && dwarf_haspc(place->unit, address - bias) != 1);
    }
    place->in_file = address - bias;
}

static struct place find(struct sk_symbols *symbols, Dwarf_Addr address)
{
    struct place place = {.module = dwfl_addrmodule(symbols->dwfl, address)};
    Dwarf_Attribute folder;

    if (place.module == NULL) {
        return place;
    }
    place.function = dwfl_module_addrname(place.module, address);
    find_unit(&place, address);
    Dwarf_Line *line = place.unit != NULL ? dwarf_getsrc_die(place.unit, place.in_file) : NULL;
    if (line != NULL) {
        place.file = dwarf_linesrc(line, NULL, NULL);
        (void)dwarf_lineno(line, &place.line);
        place.folder = dwarf_formstring(dwarf_attr(place.unit, DW_AT_comp_dir, &folder));
    }
    return place;
}

static void print_place(FILE *out, const char *function, const struct place *place)
{
    fprintf(out, "%s", function != NULL ? function : "?");
    if (place->file != NULL) {
        fprintf(out, " (%s:%d)", shorten(place->file, place->folder), place->line);
    }
    fputc('\n', out);
}

static const char *name_of(Dwarf_Die *die)
{
    Dwarf_Attribute attribute;

    return dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attribute));
}

static Dwarf_Word number_of(Dwarf_Die *die, unsigned name)
{
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;

    (void)dwarf_formudata(dwarf_attr(die, name, &attribute), &value);
    return value;
}

/* From an inlined function to the place that it is inlined into. */
static void leave_inlined(Dwarf_Die *inlined, struct place *place)
{
    Dwarf_Files *files;
    size_t count = 0;
    Dwarf_Word file = number_of(inlined, DW_AT_call_file);

    place->line = (int)number_of(inlined, DW_AT_call_line);
    place->file = dwarf_getsrcfiles(place->unit, &files, &count) == 0 && file < count
                      ? dwarf_filesrc(files, file, NULL, NULL)
                      : NULL;
}

/* Print the functions inlined at a place, the innermost first, and the one around them. */
static void print_functions(FILE *out, struct place *place)
{
    Dwarf_Die *around = NULL;
    Dwarf_Die *scopes = NULL;
    int count = 0;

    if (place->unit != NULL && dwarf_getscopes(place->unit, place->in_file, &around) > 0) {
        count = dwarf_getscopes_die(&around[0], &scopes);
    }
    for (int i = 0; i < count; i++) {
        int tag = dwarf_tag(&scopes[i]);

        if (tag == DW_TAG_inlined_subroutine) {
            print_place(out, name_of(&scopes[i]), place);
            leave_inlined(&scopes[i], place);
            fprintf(out, "                inlined in ");
        } else if (tag == DW_TAG_subprogram) {
            place->function = name_of(&scopes[i]);
        }
    }
    print_place(out, place->function, place);
    free(scopes);
    free(around);
}

static void print_address(struct sk_symbols *symbols, Dwarf_Addr address, FILE *out)
{
    struct place place = find(symbols, address);

    fprintf(out, "    0x%-9lx ", (unsigned long)address);
    if (place.module == NULL) {
        fputs("not in the program\n", out);
    } else {
        print_functions(out, &place);
    }
}

/* Are both addresses in one function? */
static bool is_same_function(struct sk_symbols *symbols, Dwarf_Addr a, Dwarf_Addr b)
{
    const char *first = find(symbols, a).function;
    const char *second = find(symbols, b).function;

    return first != NULL && second != NULL && strcmp(first, second) == 0;
}

/*
 * The addresses of a backtrace. One in brackets is what the link register held: the call that
 * led here, unless it is of the same function, which then has called something before.
 */
static void explain_backtrace(struct sk_symbols *symbols, const char *text, FILE *out)
{
    unsigned long before = 0;

    for (;;) {
        unsigned long address;
        bool is_link;
        char *end;

        text += strspn(text, " ");
        is_link = *text == '(';
        address = strtoul(text + is_link, &end, 16);
        if (end == text + is_link || strncmp(text + is_link, "0x", 2) != 0) {
            return;
        }
        if (!is_link || (address != 0 && !is_same_function(symbols, before, address))) {
            print_address(symbols, address, out);
        }
        before = address;
        text = end + (is_link && *end == ')');
    }
}

void sk_symbols_explain(struct sk_symbols *symbols, const char *line, FILE *out)
{
    static const char backtrace[] = "backtrace:";
    static const char thread[] = "in thread 0x";
    static const char place[] = " at address 0x";
    const char *at = strstr(line, backtrace);

    if (at != NULL) {
        explain_backtrace(symbols, at + strlen(backtrace), out);
    } else if (strncmp(line, thread, strlen(thread)) == 0 &&
               (at = strstr(line, place)) != NULL) {
        print_address(symbols, strtoul(at + strlen(place), NULL, 16), out);
    }
}

static void end_line(struct sk_log *log, FILE *out)
{
    log->line[log->length] = '\0';
    log->length = 0;
    sk_symbols_explain(log->symbols, log->line, out);
}

void sk_log_feed(struct sk_log *log, const char *data, size_t size, FILE *out)
{
    for (size_t i = 0; i < size; i++) {
        fputc(data[i], out);
        if (data[i] == '\n') {
            end_line(log, out);
        } else if (data[i] != '\r' && log->length < sizeof(log->line) - 1) {
            log->line[log->length++] = data[i];
        }
    }
}

void sk_log_end(struct sk_log *log, FILE *out)
{
    if (log->length != 0) {
        fputc('\n', out);
        end_line(log, out);
    }
}
