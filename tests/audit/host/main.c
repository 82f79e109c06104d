/*
 * audit image KIT INITIALISER SYSTEM FOLDER IMAGE MODEL ours|real [DAMAGE]
 *     compose SYSTEM, whose programs are in FOLDER, for the kernel, platform, device tree,
 *     loader and monitor in KIT; our kernel is asked for a snapshot. With DAMAGE, change the
 *     specification, but not the model.
 * audit compare MODEL LOG snapshot|probes
 *     status 0: what the system printed in LOG is MODEL, exactly.
 *
 * KIT is a folder with links to kernel.elf, kernel.dtb, loader.elf, monitor.elf,
 * gen_config.json and platform_gen.json. Nothing is freed: the program ends soon.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <string.h>

#include "audit.h"

/* Everything that is made here lives until the end. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

int main(int argc, char **argv)
{
    if (argc >= 9 && strcmp(argv[1], "image") == 0) {
        return make_image(argv + 2);
    }
    if (argc == 5 && strcmp(argv[1], "compare") == 0) {
        return compare(argv[2], argv[3], argv[4]);
    }
    die("usage: audit image KIT INITIALISER SYSTEM FOLDER IMAGE MODEL ours|real [DAMAGE], or\n"
        "       audit compare MODEL LOG snapshot|probes");
}
