/* SPDX-License-Identifier: BSD-2-Clause */
#include "standard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

void sk_standard_open(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open(fd == STDOUT_FILENO ? "/dev/full" : "/dev/null", O_RDWR);
        }
    }
}

bool sk_standard_close(void)
{
    /* A report has flushed it, perhaps, and the reason is gone. */
    bool is_lost = ferror(stdout) != 0;

    errno = 0;
    if (fflush(stdout) == 0 && close(STDOUT_FILENO) == 0 && !is_lost) {
        return true;
    }
    sk_report_error("output was lost: cannot write standard output%s%s", errno != 0 ? ": " : "",
                    errno != 0 ? strerror(errno) : "");
    return sk_report_help("send it elsewhere: > output.txt");
}
