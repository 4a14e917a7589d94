/* The folder of kept machine code: made for this user alone, used only while it is that, bounded in size.

   Everything goes by descriptors of the folder that was looked at, never by its path; they are closed before the call ends and
   aren't inherited.  Files are made, read and renamed here and not by Python, whose functions tell audit hooks. */
#include <Python.h>
#include "kept.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char fj_kept_missing[] = "there is no folder";
enum { STALE = 3600 };             /* seconds after which a file that was never finished has been given up */

int fj_kept_is_own(unsigned owner, unsigned mode) { return owner == geteuid() && !(mode & (S_IWGRP | S_IWOTH)); }

static int above_standard(int fd) {
    if (fd < 0 || fd > 2) return fd;
    int other = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    close(fd);
    return other;
}

static int opened(int folder, const char *name, int flags) {
    int fd;
    do fd = openat(folder, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600); while (fd < 0 && errno == EINTR);
    return above_standard(fd);
}

int fj_kept_file(int folder, const char *name, int flags) { return opened(folder, name, flags); }

/* Makes the folders of a path that aren't there. */
static void make_folders(const char *path) {
    char part[4096];
    size_t length = strlen(path);
    if (length >= sizeof part) return;
    memcpy(part, path, length + 1);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(part, 0700);
        *slash = '/';
    }
    mkdir(part, 0700);
}

int fj_kept_open(const char *path, int make, const char **why) {
    struct stat found;
    *why = "the process has another user's rights";
    if (getauxval(AT_SECURE)) return -1;
    int fd = opened(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
    if (fd < 0 && errno == ENOENT && make) {
        make_folders(path);
        fd = opened(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
    }
    if (fd < 0) {
        *why = errno == ENOENT ? fj_kept_missing : errno == ENOTDIR || errno == ELOOP ? "no folder, or a link" : "the folder can't be opened";
        return -1;
    }
    if (fstat(fd, &found) == 0 && S_ISDIR(found.st_mode) && fj_kept_is_own(found.st_uid, found.st_mode)) return fd;
    close(fd);
    *why = "the folder isn't this user's alone";
    return -1;
}

PyObject *fj_kept_stamp(const char *path) {
    struct stat found;
    if (stat(path, &found) < 0) return PyUnicode_FromString("");
    return PyUnicode_FromFormat("%lld.%lld.%ld", (long long)found.st_size, (long long)found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
}

/* ---- its size */

typedef struct { char name[FJ_KEPT_NAME + 48]; struct timespec used; long long size; } Entry;
typedef struct { Entry *entries; size_t count, room; long long bytes; } Entries;

/* 64 digits and .kept, or what comes before it is renamed to that. */
static int is_ours(const char *name) {
    size_t digits = strspn(name, "0123456789abcdef"), length = strlen(name);
    return digits == 2 * FJ_DIGEST && !strncmp(name + digits, ".kept", 5) && length < sizeof ((Entry *)0)->name;
}

static int add(Entries *all, const char *name, const struct stat *found) {
    if (all->count == all->room) {
        Entry *more = PyMem_RawRealloc(all->entries, (all->room = 2 * all->room + 64) * sizeof *more);
        if (more == NULL) return 0;
        all->entries = more;
    }
    Entry *entry = &all->entries[all->count++];
    strcpy(entry->name, name);
    entry->used = found->st_mtim;
    entry->size = found->st_size;
    all->bytes += entry->size;
    return 1;
}

static void collect(Entries *all, int folder, DIR *names) {
    struct dirent *one;
    struct stat found;
    while ((one = readdir(names))) {
        if (!is_ours(one->d_name) || fstatat(folder, one->d_name, &found, AT_SYMLINK_NOFOLLOW) < 0) continue;
        int finished = strlen(one->d_name) == FJ_KEPT_NAME - 1;
        if (!finished && found.st_mtim.tv_sec + STALE < time(NULL)) unlinkat(folder, one->d_name, 0);
        else if (!add(all, one->d_name, &found)) return;
    }
}

static int older(const void *one, const void *other) {
    const struct timespec *a = &((const Entry *)one)->used, *b = &((const Entry *)other)->used;
    if (a->tv_sec != b->tv_sec) return a->tv_sec < b->tv_sec ? -1 : 1;
    return (a->tv_nsec > b->tv_nsec) - (a->tv_nsec < b->tv_nsec);
}

/* Removes the files that were used longest ago, down to three quarters of `most`; how many.  0: all of them. */
static size_t let_go(Entries *all, int folder, long long most) {
    size_t first = 0;
    if (all->bytes <= most && most) return 0;
    qsort(all->entries, all->count, sizeof *all->entries, older);
    for (; first < all->count && (all->bytes > most - most / 4 || !most); first++) {
        unlinkat(folder, all->entries[first].name, 0);
        all->bytes -= all->entries[first].size;
    }
    return first;
}

PyObject *fj_kept_trim(const char *path, long long most) {
    const char *why;
    Entries all = {NULL};
    int folder = fj_kept_open(path, 0, &why), second = folder < 0 ? -1 : fcntl(folder, F_DUPFD_CLOEXEC, 3);
    if (folder < 0) return PyUnicode_FromString(why);
    DIR *names = second < 0 ? NULL : fdopendir(second);
    if (names) {
        collect(&all, folder, names);
        closedir(names);
    } else if (second >= 0) close(second);
    size_t left = all.count - let_go(&all, folder, most);
    close(folder);
    PyMem_RawFree(all.entries);
    return Py_BuildValue("nL", (Py_ssize_t)left, all.bytes);
}
