/* Files of machine code that other processes left (kept.c, kept_folder.c, digest.c). */
#ifndef FRAMEJIT_KEPT_H
#define FRAMEJIT_KEPT_H
#include <stddef.h>
#include <stdint.h>

enum { FJ_DIGEST = 32 };           /* bytes of a digest */
enum { FJ_KEPT_NAME = 2 * FJ_DIGEST + sizeof ".kept" };

void fj_digest(const void *bytes, size_t count, uint8_t *digest);

/* A file descriptor of the folder, or -1 and why not: it isn't there, isn't ours alone, is a link.  make: it is made where it isn't there. */
extern const char fj_kept_missing[];
int fj_kept_open(const char *path, int make, const char **why);
/* A descriptor that isn't one of the three that programs take for granted; -1: none is to be had. */
int fj_kept_file(int folder, const char *name, int flags);
/* Whether nobody but this user can have written it. */
int fj_kept_is_own(unsigned owner, unsigned mode);

/* (object, microseconds that making it took); None: there is none; a text: why what is there isn't used.  It is thrown away then. */
PyObject *fj_kept_read(const char *folder, const char *key, size_t size);
/* None, or a text: why it isn't kept. */
PyObject *fj_kept_write(const char *folder, const char *key, size_t key_size, const char *object, size_t size, uint64_t microseconds);
/* (files, bytes) once the folder has no more than so many bytes: what was used last stays.  A text: why it can't be used. */
PyObject *fj_kept_trim(const char *folder, long long most);

PyObject *fj_cpu(void);
/* Size and time of a file: a text, empty where there is none. */
PyObject *fj_kept_stamp(const char *path);
/* reads.c */
PyObject *fj_file_stamp(const char *path);
PyObject *fj_file_bytes(const char *path);
/* Sizes and times of all Python and library files of a package: a text, empty where there are none. */
PyObject *fj_kept_sources(const char *folder);

#endif
