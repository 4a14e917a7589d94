/* One file of kept machine code:  head, key, object.

   The head has a checksum of everything behind it, and the key is the whole one, not only its digest, which is the file's name.
   A file is written under a name of its own and then renamed, by one thread that has the GIL: no forked child is in the middle
   of it.  What is cut short, changed, another's, or open to others is never used, and thrown away where it is ours. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "kept.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 1 << 28, FRESH = 3600 };       /* bytes of a file; seconds for which one use counts */
static const char MAGIC[16] = "framejit kept 1";

typedef struct {
    char magic[16];
    uint8_t sum[FJ_DIGEST];        /* of all that follows */
    uint64_t key, object, microseconds;
} Head;

static const size_t SUMMED = offsetof(Head, sum) + FJ_DIGEST;

static void name_of(const char *key, size_t size, char *name) {
    uint8_t digest[FJ_DIGEST];
    fj_digest(key, size, digest);
    for (int i = 0; i < FJ_DIGEST; i++) sprintf(name + 2 * i, "%02x", digest[i]);
    strcpy(name + 2 * FJ_DIGEST, ".kept");
}

/* ---- reading */

/* All of a file that is a regular one and this user's alone: bytes for PyMem_RawFree, or NULL and why. */
static char *read_whole(int fd, size_t *size, const char **why) {
    struct stat found;
    *why = "the file isn't this user's alone";
    if (fstat(fd, &found) < 0 || !S_ISREG(found.st_mode) || !fj_kept_is_own(found.st_uid, found.st_mode)) return NULL;
    *why = "the file is cut short";
    if (found.st_size < (off_t)sizeof(Head) || found.st_size > LARGEST) return NULL;
    *size = (size_t)found.st_size;
    char *content = PyMem_RawMalloc(*size);
    size_t done = 0;
    while (content && done < *size) {
        ssize_t got = read(fd, content + done, *size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) { PyMem_RawFree(content); return NULL; }
        done += (size_t)got;
    }
    if (content && found.st_mtim.tv_sec + FRESH < time(NULL)) futimens(fd, NULL);
    return content;
}

/* NULL, or what is wrong with the file of this key. */
static const char *wrong(const char *content, size_t size, const char *key, size_t key_size) {
    const Head *head = (const Head *)content;
    uint8_t sum[FJ_DIGEST];
    if (memcmp(head->magic, MAGIC, sizeof MAGIC)) return "the file is of another kind";
    if (head->key > size - sizeof *head || head->object != size - sizeof *head - head->key) return "the file is cut short";
    fj_digest(content + SUMMED, size - SUMMED, sum);
    if (memcmp(sum, head->sum, sizeof sum)) return "the file is damaged";
    return head->key == key_size && !memcmp(content + sizeof *head, key, key_size) ? NULL : "the file has another key";
}

static PyObject *content_of(const char *content) {
    const Head *head = (const Head *)content;
    return Py_BuildValue("y#K", content + sizeof *head + head->key, (Py_ssize_t)head->object, (unsigned long long)head->microseconds);
}

static void throw_away(int folder, const char *name) {
    struct stat found;
    if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && found.st_uid == geteuid()) unlinkat(folder, name, 0);
}

PyObject *fj_kept_read(const char *path, const char *key, size_t key_size) {
    const char *why;
    char name[FJ_KEPT_NAME], *content = NULL;
    size_t size;
    PyObject *answer = NULL;
    int folder = fj_kept_open(path, 0, &why);
    if (folder < 0) return why == fj_kept_missing ? Py_NewRef(Py_None) : PyUnicode_FromString(why);
    name_of(key, key_size, name);
    int fd = fj_kept_file(folder, name, O_RDONLY);
    if (fd < 0 && errno != ELOOP) answer = Py_NewRef(Py_None);
    else if (fd < 0) why = "the file is a link";
    else {
        content = read_whole(fd, &size, &why);
        close(fd);
        if (content && (why = wrong(content, size, key, key_size)) == NULL) answer = content_of(content);
    }
    if (answer == NULL && why) {
        throw_away(folder, name);
        answer = PyUnicode_FromString(why);
    }
    PyMem_RawFree(content);
    close(folder);
    return answer;
}

/* ---- writing */

/* Whether all of it is in the file, and the file this user's alone whatever the umask is. */
static int write_whole(int fd, const char *content, size_t size) {
    size_t done = 0;
    if (fchmod(fd, 0600) < 0) return 0;
    while (done < size) {
        ssize_t put = write(fd, content + done, size - done);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return 0;
        done += (size_t)put;
    }
    return 1;
}

/* Whether a file may be so large: a process that tries to write more gets a signal. */
static int may_write(size_t size) {
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > size);
}

static char *whole(const char *key, size_t key_size, const char *object, size_t size, uint64_t microseconds) {
    size_t all = sizeof(Head) + key_size + size;
    char *content = PyMem_RawCalloc(1, all);
    if (content == NULL) return NULL;
    Head *head = (Head *)content;
    memcpy(head->magic, MAGIC, sizeof MAGIC);
    head->key = key_size; head->object = size; head->microseconds = microseconds;
    memcpy(content + sizeof *head, key, key_size);
    memcpy(content + sizeof *head + key_size, object, size);
    fj_digest(content + SUMMED, all - SUMMED, head->sum);
    return content;
}

PyObject *fj_kept_write(const char *path, const char *key, size_t key_size, const char *object, size_t size, uint64_t microseconds) {
    static unsigned count;
    const char *why = "the file can't be written";
    char name[FJ_KEPT_NAME], first[FJ_KEPT_NAME + 48];
    size_t all = sizeof(Head) + key_size + size;
    if (all > LARGEST || !may_write(all)) return PyUnicode_FromString("the file would be too large");
    int folder = fj_kept_open(path, 1, &why), fd, done = 0;
    if (folder < 0) return PyUnicode_FromString(why);
    name_of(key, key_size, name);
    snprintf(first, sizeof first, "%s.%ld.%u.%llx", name, (long)getpid(), count++, (unsigned long long)clock());
    char *content = whole(key, key_size, object, size, microseconds);
    if (content && (fd = fj_kept_file(folder, first, O_WRONLY | O_CREAT | O_EXCL)) >= 0) {
        done = write_whole(fd, content, all);
        close(fd);
        done = done && renameat(folder, first, folder, name) == 0;
        if (!done) unlinkat(folder, first, 0);
    }
    PyMem_RawFree(content);
    close(folder);
    return done ? Py_NewRef(Py_None) : PyUnicode_FromString("the file can't be written");
}
