/* The compiler's own files: what was made by other ones isn't used.  They are looked at here and not by Python, whose functions
   tell audit hooks. */
#include <Python.h>
#include "kept.h"
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 8 };

typedef struct { uint64_t sum[FJ_DIGEST / 8]; long files; } Files;

static int counts(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && (!strcmp(dot, ".py") || !strcmp(dot, ".so"));
}

/* The order in which a folder names its files doesn't matter. */
static void add(Files *all, const char *place, const struct stat *found) {
    char text[1024];
    uint64_t digest[FJ_DIGEST / 8];
    int size = snprintf(text, sizeof text, "%s %lld %lld.%09ld", place, (long long)found->st_size, (long long)found->st_mtim.tv_sec, found->st_mtim.tv_nsec);
    fj_digest(text, size < (int)sizeof text ? (size_t)size : sizeof text - 1, (uint8_t *)digest);
    for (size_t i = 0; i < FJ_DIGEST / 8; i++) all->sum[i] += digest[i];
    all->files++;
}

/* Takes over the descriptor. */
static void walk(Files *all, int folder, const char *place, int depth) {
    struct dirent *one;
    struct stat found;
    char below[1024];
    DIR *names = fdopendir(folder);
    if (names == NULL) { close(folder); return; }
    while ((one = readdir(names))) {
        if (one->d_name[0] == '.' || !strcmp(one->d_name, "__pycache__") || fstatat(folder, one->d_name, &found, 0) < 0) continue;
        snprintf(below, sizeof below, "%s/%s", place, one->d_name);
        if (S_ISDIR(found.st_mode) && depth < DEEPEST) {
            int next = openat(folder, one->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (next >= 0) walk(all, next, below, depth + 1);
        } else if (counts(one->d_name)) add(all, below, &found);
    }
    closedir(names);
}

PyObject *fj_kept_sources(const char *path) {
    Files all = {{0}, 0};
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) walk(&all, folder, "", 0);
    char text[2 * FJ_DIGEST + 1] = "";
    for (size_t i = 0; i < FJ_DIGEST / 8 && all.files; i++) sprintf(text + 16 * i, "%016llx", (unsigned long long)all.sum[i]);
    return PyUnicode_FromString(text);
}
