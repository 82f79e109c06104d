/*
 * A domain of Microkit: one pointer to the IPC buffer, no thread-local variable and so no
 * TLS at all.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/rt/env.h>
#include <selkie/rt/hooks.h>
#include <selkie/rt/tls.h>

enum { SLOT_REPORT = 2, LABEL_STEP = 100, LABEL_STATUS = 101 };

int main(int argc, char **argv, char **envp);

static int constructed;

static void report(seL4_Word label, seL4_Word word)
{
    seL4_SetMR(0, word);
    seL4_Send(SLOT_REPORT, seL4_MessageInfo_new(label, 0, 0, 1));
}

__attribute__((constructor)) static void construct(void)
{
    constructed = 1;
}

SK_ON_EXIT(status)
{
    report(LABEL_STATUS, (seL4_Word)status);
}

int main(int argc, char **argv, char **envp)
{
    struct sk_env env;

    (void)envp;
    sk_env_get(&env);
    report(LABEL_STEP, 1);
    if (argc != 0 || argv[0] != NULL || constructed != 1 || sk_tls_size() != 0) {
        return 10;
    }
    return env.vspace.cptr == 3 && seL4_GetIPCBuffer()->msg[0] == 1 ? 42 : 11;
}
