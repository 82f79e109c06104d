/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdk.h"

enum { DOCTOR_FOUND_SOMETHING = 1 };

struct tool {
    const char *program;
    const char *package;
    const char *purpose;
};

static const struct tool tools[] = {
    {"qemu-system-aarch64", "qemu-system-arm", "runs programs"},
    {"aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", "compiles programs"},
    {"make", "make", "builds programs"},
    {"dot", "graphviz", "draws systems (graph)"},
    {"gdb-multiarch", "gdb-multiarch", "debugs programs (run --gdb)"},
};

enum { TOOL_COUNT = sizeof(tools) / sizeof(tools[0]) };

static bool is_installed(const char *program)
{
    const char *path = getenv("PATH");

    while (path != NULL && *path != '\0') {
        char file[4096];
        size_t length = strcspn(path, ":");
        int n = snprintf(file, sizeof(file), "%.*s/%s", (int)length, path, program);
        if (n > 0 && (size_t)n < sizeof(file) && access(file, X_OK) == 0) {
            return true;
        }
        path += length + (path[length] == ':');
    }
    return false;
}

static bool check_tools(void)
{
    bool is_missing[TOOL_COUNT];
    bool is_complete = true;

    for (size_t i = 0; i < TOOL_COUNT; i++) {
        is_missing[i] = !is_installed(tools[i].program);
        is_complete = is_complete && !is_missing[i];
        printf("%-8s %-22s %s\n", is_missing[i] ? "MISSING" : "ok", tools[i].program,
               tools[i].purpose);
    }
    if (!is_complete) {
        printf("\nTo install what is missing:\n    sudo apt-get install");
        for (size_t i = 0; i < TOOL_COUNT; i++) {
            if (is_missing[i]) {
                printf(" %s", tools[i].package);
            }
        }
        printf("\n");
    }
    fflush(stdout);
    return is_complete;
}

/* The files that `run` would take: the development kernel's, or those of SEL4_PREFIX. */
static bool check_files(const struct sk_options *options)
{
    struct sk_sdk sdk = {0};

    if (!sk_sdk_find(options, NULL, NULL, &sdk)) {
        return false;
    }
    printf("%-8s %-22s %s\n", "ok", "kernel", sdk.kernel);
    printf("%-8s %-22s %s\n", "ok", "loader", sdk.loader);
    sk_sdk_drop(&sdk);
    return true;
}

int sk_cmd_doctor(const struct sk_options *options)
{
    bool has_tools = check_tools();
    bool has_files = check_files(options);

    return has_tools && has_files ? SK_STATUS_OK : DOCTOR_FOUND_SOMETHING;
}
