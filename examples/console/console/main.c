/*
 * One line for several programs: what is typed goes to the one whose turn it is, and each line
 * that any of them prints is shown with its name.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/string.h>

#include <console/console.h>

#include "../pipe.h"

enum { KEY_TURN = 'T' - '@', KEY_BACKSPACE = '\b', KEY_DELETE = 0x7f };
enum { CLIENT_COUNT = 2 };

static struct pipe_reader typed;
static struct pipe_writer shown;

static struct client {
    const char *name;
    struct pipe_writer to;
    struct pipe_reader of;
    struct pipe_line said;
} clients[CLIENT_COUNT] = {{.name = "clock"}, {.name = "crier"}};

static struct client *current = clients;
static char line[60]; /* as typed so far, and its end */
static size_t length;

static void show_prompt(void)
{
    pipe_printf(&shown, "\r\033[K%s> %.*s", current->name, (int)length, line);
}

static void pass_line(void)
{
    line[length] = '\n';
    pipe_printf(&shown, "\r\n");
    if (pipe_write(&current->to, line, length + 1) != length + 1) {
        pipe_printf(&shown, "%s does not listen\r\n", current->name);
    }
    length = 0;
    show_prompt();
}

static void type(char key)
{
    if (key == KEY_TURN) {
        current = current == clients ? clients + 1 : clients;
        show_prompt();
    } else if (key == '\r' || key == '\n') {
        pass_line();
    } else if (key == KEY_BACKSPACE || key == KEY_DELETE) {
        length -= length != 0;
        show_prompt();
    } else if (key >= ' ' && key <= '~' && length < sizeof(line) - 1) {
        line[length++] = key;
        (void)pipe_write(&shown, &key, 1);
    }
}

/* What is being typed stays the last line. */
static void show_said(struct client *client)
{
    while (pipe_read_line(&client->of, &client->said)) {
        pipe_printf(&shown, "\r\033[K%s: %s\r\n", client->name, client->said.text);
        show_prompt();
    }
}

void init(void)
{
    pipe_reader_init(&typed, console_typed, console_channel_serial);
    pipe_writer_init(&shown, console_shown, console_channel_serial);
    pipe_writer_init(&clients[0].to, console_to_clock, console_channel_clock);
    pipe_reader_init(&clients[0].of, console_of_clock, console_channel_clock);
    pipe_writer_init(&clients[1].to, console_to_crier, console_channel_crier);
    pipe_reader_init(&clients[1].of, console_of_crier, console_channel_crier);
    pipe_printf(&shown, "Ctrl-T: whose turn it is to be typed to\r\n");
    show_prompt();
}

void notified(microkit_channel ch)
{
    char key;

    if (ch == console_channel_clock) {
        show_said(&clients[0]);
    } else if (ch == console_channel_crier) {
        show_said(&clients[1]);
    } else {
        while (pipe_read(&typed, &key, 1) != 0) {
            type(key);
        }
    }
}
