/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../../tools/cli/output.h"
#include "../../../../tools/cli/report.h"

/* Nobody's number; tests that take access away are nobody's if the user is root. */
enum { NOBODY = 65534, NOT_POSSIBLE = 77 };

const char sk_report_name[] = "output_test";

/* A folder of the test's own, which is the working directory. */
static int enter(void **state)
{
    char *folder = strdup(P_tmpdir "/output-test-XXXXXX");

    assert_non_null(mkdtemp(folder));
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(chdir(folder), 0);
    umask(022);
    *state = folder;
    return 0;
}

static int leave(void **state)
{
    char *command = NULL;

    assert_true(asprintf(&command, "rm -rf '%s'", (char *)*state) > 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(system(command), 0);
    free(command);
    free(*state);
    return 0;
}

static struct sk_output output(const char *path, const char *text)
{
    return (struct sk_output){path, (const uint8_t *)text, strlen(text)};
}

static bool write_one(const char *path, const char *text)
{
    struct sk_output one = output(path, text);

    return sk_outputs_write(&one, 1);
}

static void make(const char *path, const char *text, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void assert_has(const char *path, const char *text)
{
    char data[64] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    (void)!fread(data, 1, sizeof(data) - 1, file);
    fclose(file);
    assert_string_equal(data, text);
}

static struct stat look(const char *path)
{
    struct stat info;

    assert_int_equal(lstat(path, &info), 0);
    return info;
}

static unsigned count_files(const char *folder)
{
    DIR *open_folder = opendir(folder);
    unsigned count = 0;

    assert_non_null(open_folder);
    while (readdir(open_folder) != NULL) {
        count++;
    }
    closedir(open_folder);
    return count - 2;
}

static bool is_root(void)
{
    return geteuid() == 0;
}

/* Do it as somebody whom access is checked of. Its result; it ends with the test. */
static bool as_nobody(bool (*act)(void))
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        bool is_nobody =
            !is_root() || (setresgid(NOBODY, NOBODY, NOBODY) == 0 && setgroups(0, NULL) == 0 &&
                           setresuid(NOBODY, NOBODY, NOBODY) == 0);
        _exit(is_nobody && act() ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void a_new_file_gets_the_access_of_open(void **state)
{
    (void)state;
    assert_true(write_one("new", "text"));
    assert_int_equal(look("new").st_mode, S_IFREG | 0644);
    assert_int_equal(count_files("."), 1);
}

static void a_file_keeps_its_access(void **state)
{
    (void)state;
    static const mode_t modes[] = {0600, 0666, 0755, 0640};

    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        make("file", "a longer text", modes[i]);
        assert_true(write_one("file", "text"));
        assert_int_equal(look("file").st_mode, S_IFREG | modes[i]);
        assert_has("file", "text");
        unlink("file");
    }
}

static void a_file_keeps_its_owner(void **state)
{
    (void)state;
    if (!is_root()) {
        skip();
    }
    make("file", "before", 0640);
    assert_int_equal(chown("file", NOBODY, NOBODY), 0);
    assert_true(write_one("file", "text"));
    assert_int_equal(look("file").st_uid, NOBODY);
    assert_int_equal(look("file").st_gid, NOBODY);
    assert_int_equal(look("file").st_mode, S_IFREG | 0640);
}

static bool write_file(void)
{
    return write_one("folder/file", "text");
}

static void a_file_of_another_is_written_in_its_place(void **state)
{
    (void)state;
    if (!is_root()) {
        skip();
    }
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_int_equal(chmod("folder", 0777), 0);
    make("folder/file", "a longer text", 0666);
    struct stat before = look("folder/file");
    assert_true(as_nobody(write_file));
    assert_int_equal(look("folder/file").st_ino, before.st_ino);
    assert_int_equal(look("folder/file").st_uid, before.st_uid);
    assert_has("folder/file", "text");
    assert_int_equal(count_files("folder"), 1);
}

static void a_writable_file_needs_no_writable_folder(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    make("folder/file", "a longer text", 0666);
    assert_int_equal(chmod("folder", 0555), 0);
    assert_true(as_nobody(write_file));
    assert_has("folder/file", "text");
    assert_int_equal(chmod("folder", 0755), 0);
}

static void a_file_that_is_not_writable_is_left(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_int_equal(chmod("folder", 0777), 0);
    make("folder/file", "before", 0444);
    assert_false(as_nobody(write_file));
    assert_has("folder/file", "before");
    assert_int_equal(count_files("folder"), 1);
}

static bool write_two(void)
{
    const struct sk_output two[] = {output("folder/file", "text"), output("shut/file", "text")};

    return sk_outputs_write(two, 2);
}

static void one_that_cannot_be_made_leaves_all_as_they_are(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_int_equal(chmod("folder", 0777), 0);
    assert_int_equal(mkdir("shut", 0555), 0);
    make("folder/file", "before", 0666);
    assert_false(as_nobody(write_two));
    assert_has("folder/file", "before");
    assert_int_equal(count_files("folder"), 1);
    assert_int_equal(count_files("shut"), 0);
}

static void all_names_of_a_file_have_what_was_written(void **state)
{
    (void)state;
    make("file", "a longer text", 0644);
    assert_int_equal(link("file", "other"), 0);
    assert_true(write_one("file", "text"));
    assert_has("other", "text");
}

static void a_link_is_followed(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    make("folder/there", "before", 0644);
    assert_int_equal(symlink("there", "folder/link"), 0);
    assert_int_equal(symlink("nowhere", "folder/dangling"), 0);
    assert_int_equal(symlink("folder/dangling", "twice"), 0);
    assert_true(write_one("folder/link", "text"));
    assert_true(write_one("twice", "text"));
    assert_has("folder/there", "text");
    assert_has("folder/nowhere", "text");
    assert_true(S_ISLNK(look("folder/link").st_mode));
    assert_true(S_ISLNK(look("folder/dangling").st_mode));
    assert_true(S_ISLNK(look("twice").st_mode));
}

static void a_link_to_itself_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_false(write_one("loop", "text"));
    assert_true(S_ISLNK(look("loop").st_mode));
    assert_int_equal(count_files("."), 1);
}

/* A file that cannot be moved onto: it is a mount, of the child alone. */
static int write_mount(void)
{
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("file", "file", NULL, MS_BIND, NULL) != 0) {
        return NOT_POSSIBLE;
    }
    return write_one("file", "text") ? 0 : 1;
}

static void a_mount_is_written_in_its_place(void **state)
{
    (void)state;
    int status = 0;

    make("file", "a longer text", 0644);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(write_mount());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_has("file", "text");
    assert_int_equal(count_files("."), 1);
}

/* Wait until a file appears in the folder. */
static void await_file(int watch)
{
    char event[4096];

    assert_true(read(watch, event, sizeof(event)) > 0);
}

/* Large enough for a signal to come before it is written. */
static bool write_much(void)
{
    size_t size = (size_t)96 << 20;
    const struct sk_output much = {"folder/file", calloc(1, size), size};

    return sk_outputs_write(&much, 1);
}

static void a_signal_leaves_no_file_half_way(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    assert_int_equal(mkdir("folder", 0777), 0);
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        int status = 0, watch = inotify_init1(IN_CLOEXEC);
        assert_true(inotify_add_watch(watch, "folder", IN_CREATE) >= 0);
        pid_t pid = fork();
        if (pid == 0) {
            signal(signals[i], SIG_DFL);
            write_much();
            _exit(0);
        }
        assert_true(pid > 0);
        await_file(watch);
        kill(pid, signals[i]);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_int_equal(count_files("folder"), 1);
        assert_int_equal(look("folder/file").st_size, 96 << 20);
        unlink("folder/file");
        close(watch);
    }
}

/* With one of the outputs a pipe that nobody reads, nothing is half-way. */
static void a_signal_ends_who_waits_for_a_pipe(void **state)
{
    (void)state;
    const struct sk_output two[] = {output("file", "text"), output("pipe", "text")};
    int status = 0;

    assert_int_equal(mkfifo("pipe", 0600), 0);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        alarm(10);
        sk_outputs_write(two, 2);
        _exit(0);
    }
    assert_true(pid > 0);
    usleep(200000);
    kill(pid, SIGTERM);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    assert_int_equal(count_files("."), 1);
}

/* The signal of a file that is too large: it is one, too. */
static void a_file_that_grows_too_large_leaves_none(void **state)
{
    (void)state;
    int status = 0;

    assert_int_equal(mkdir("folder", 0777), 0);
    pid_t pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){1 << 20, 1 << 20});
        write_much();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGXFSZ);
    assert_int_equal(count_files("folder"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_gets_the_access_of_open),
        TEST(a_file_keeps_its_access),
        TEST(a_file_keeps_its_owner),
        TEST(a_file_of_another_is_written_in_its_place),
        TEST(a_writable_file_needs_no_writable_folder),
        TEST(a_file_that_is_not_writable_is_left),
        TEST(one_that_cannot_be_made_leaves_all_as_they_are),
        TEST(all_names_of_a_file_have_what_was_written),
        TEST(a_link_is_followed),
        TEST(a_link_to_itself_is_refused),
        TEST(a_mount_is_written_in_its_place),
        TEST(a_signal_leaves_no_file_half_way),
        TEST(a_signal_ends_who_waits_for_a_pipe),
        TEST(a_file_that_grows_too_large_leaves_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
