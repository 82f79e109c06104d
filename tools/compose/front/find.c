/* SPDX-License-Identifier: BSD-2-Clause */
#include "find.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_file(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Is there something, or a reason other than that why it cannot be seen? */
static bool is_something(const char *path)
{
    return access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/*
 * The path of name in the first folder that has a file of that name, or else anything, or may
 * have it and cannot be entered, which the caller frees; or NULL.
 */
static char *path_of(const struct sk_search *search, const char *name)
{
    char *other = is_something(name) ? strdup(name) : NULL;

    if (is_file(name) || name[0] == '/') {
        free(other);
        return strdup(name);
    }
    for (size_t i = 0; i < search->folder_count; i++) {
        char *path = NULL;
        if (asprintf(&path, "%s/%s", search->folder[i], name) < 0) {
            abort();
        }
        if (is_file(path)) {
            free(other);
            return path;
        }
        if (other == NULL && is_something(path)) {
            other = path;
        } else {
            free(path);
        }
    }
    errno = ENOENT;
    return other;
}

/* One more file; its index, or SIZE_MAX with errno set. */
static size_t add(struct sk_found *found, const char *path)
{
    struct sk_file *more = realloc(found->file, (found->count + 1) * sizeof(*more));

    if (more == NULL) {
        abort();
    }
    found->file = more;
    return sk_file_load(path, &more[found->count]) ? found->count++ : SIZE_MAX;
}

static bool find(struct sk_compose_finder *self, const char *name, struct sk_image_file *ret)
{
    struct sk_search *search = (struct sk_search *)self;
    char *path = path_of(search, name);
    size_t i = 0;

    if (path == NULL) {
        return false;
    }
    while (i < search->found.count && strcmp(search->found.file[i].path, path) != 0) {
        i++;
    }
    if (i == search->found.count) {
        i = add(&search->found, path);
    }
    if (i == SIZE_MAX) {
        free(search->refused);
        search->refused = path;
        ret->name = path;
        return false;
    }
    free(path);
    const struct sk_file *file = &search->found.file[i];
    *ret = (struct sk_image_file){file->path, file->data, file->size};
    return true;
}

void sk_search_init(struct sk_search *search, const char *const *folder, size_t folder_count)
{
    *search = (struct sk_search){
        .finder.find = find,
        .folder = folder,
        .folder_count = folder_count,
    };
}

void sk_search_fini(struct sk_search *search)
{
    for (size_t i = 0; i < search->found.count; i++) {
        sk_file_drop(&search->found.file[i]);
    }
    free(search->found.file);
    free(search->refused);
    search->found = (struct sk_found){0};
    search->refused = NULL;
}
