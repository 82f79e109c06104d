/*
 * A program as it is written for seL4's own C runtime: it includes only that runtime's header
 * and libsel4's, and has no macro of ours.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/sel4.h>
#include <sel4runtime.h>

int main(int argc, char **argv, char **envp);

static __thread int counter = 7;
static char room[16384];
static int step;

static void say(const char *text)
{
    for (; *text != '\0'; text++) {
        seL4_DebugPutChar(*text);
    }
    seL4_DebugPutChar('\n');
}

static int check(int is_so, const char *what)
{
    say(is_so ? what : "WRONG:");
    if (!is_so) {
        say(what);
    }
    return is_so;
}

static int change_status(int code)
{
    step = 1;
    return code + 1;
}

static void end(int code)
{
    check(step == 2 && code == 8, "exit callback after the destructors");
}

__attribute__((destructor)) static void destruct(void)
{
    step = step == 1 ? 2 : 100;
}

static int find_aux(int type)
{
    const auxv_t *aux = sel4runtime_auxv();

    while (aux->a_type != AT_NULL && aux->a_type != type) {
        aux++;
    }
    return aux->a_type == type && aux->a_un.a_val != 0;
}

/* Not inlined: the caller may know where its own thread's variable is. */
__attribute__((noinline)) static int look(void)
{
    return *(volatile int *)&counter;
}

int main(int argc, char **argv, char **envp)
{
    seL4_BootInfo *bi = sel4runtime_bootinfo();

    check(argc == sel4runtime_argc() && sel4runtime_argv()[0] == argv[0], "arguments");
    check(sel4runtime_envp()[0] == envp[0], "environment");
    check(sel4runtime_process_name()[0] == 'r', "name");
    check(bi != NULL && bi->ipcBuffer == seL4_GetIPCBuffer(), "boot info");
    check(find_aux(AT_SEL4_IPC_BUFFER_PTR) && !find_aux(AT_SYSINFO), "auxiliary vector");

    check(sel4runtime_initial_tls_enabled() && counter == 7, "initial TLS");
    counter = 8;
    sel4runtime_uintptr_t other = sel4runtime_write_tls_image(room);
    check(other != 0 && sel4runtime_write_tls_image(NULL) == 0, "TLS of another thread");
    check(sel4runtime_get_tls_size() < sizeof(room), "its size");
    sel4runtime_set_tls_variable(other, counter, 9);
    sel4runtime_set_tls_variable(other, __sel4_ipc_buffer, seL4_GetIPCBuffer());
    check(__sel4runtime_write_tls_variable(other, (unsigned char *)room, (unsigned char *)&step,
                                           4) == -1,
          "not a thread-local variable");

    sel4runtime_uintptr_t own = sel4runtime_get_tls_base();
    unsigned char *end_of_own = (unsigned char *)own + sel4runtime_get_tls_size();
    unsigned char byte = room[other - (sel4runtime_uintptr_t)room];
    check(__sel4runtime_write_tls_variable(other, (unsigned char *)own, &byte, 1) == 0 &&
              __sel4runtime_write_tls_variable(other, end_of_own, &byte, 0) == 0,
          "from its first byte to its last");
    check(__sel4runtime_write_tls_variable(other, end_of_own, &byte, 1) == -1 &&
              __sel4runtime_write_tls_variable(other, end_of_own + 1, &byte, 0) == -1 &&
              __sel4runtime_write_tls_variable(other, end_of_own - 1, &byte, 2) == -1 &&
              __sel4runtime_write_tls_variable(other, (unsigned char *)own - 1, &byte, 1) == -1,
          "and not past them");
    sel4runtime_set_tls_base(other);
    int seen = look();
    sel4runtime_set_tls_base(own);
    check(seen == 9 && counter == 8, "written into the other thread's");

    check(sel4runtime_set_pre_exit(change_status) == NULL, "callbacks");
    check(sel4runtime_set_exit(end) == NULL && sel4runtime_set_exit(end) == end, "are kept");
    return 7;
}
