/* SPDX-License-Identifier: BSD-2-Clause */
#include "terminal.h"

#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_foreground_terminal(void)
{
    return isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
}

bool sk_terminal_has_input(void)
{
    struct stat info;

    if (fstat(STDIN_FILENO, &info) != 0) {
        return false;
    }
    return S_ISFIFO(info.st_mode) || S_ISREG(info.st_mode) || S_ISSOCK(info.st_mode) ||
           is_foreground_terminal();
}

void sk_terminal_open(struct sk_terminal *t)
{
    *t = (struct sk_terminal){0};
    if (!is_foreground_terminal() || tcgetattr(STDIN_FILENO, &t->saved) != 0) {
        return;
    }
    struct termios raw = t->saved;
    raw.c_iflag &= ~(tcflag_t)(ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    raw.c_cc[VSUSP] = _POSIX_VDISABLE;
    t->is_changed = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

void sk_terminal_close(struct sk_terminal *t)
{
    if (t->is_changed) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, &t->saved);
        t->is_changed = false;
    }
}
