/* Machine code out of an object file as LLVM emits it (linker.c). */
#ifndef FRAMEJIT_LINKER_H
#define FRAMEJIT_LINKER_H
#include <stddef.h>

typedef struct {
    void *memory;                  /* NULL: nothing is loaded */
    size_t size;
    void *entry;                   /* of the function `region` */
} FjLoaded;

/* The names that an object file asks for, in order; a text: what it has that isn't known; NULL with an exception. */
PyObject *fj_object_imports(const char *data, size_t size);

/* Loads it, with the addresses of those names: NULL, or what stood in the way. */
const char *fj_object_load(const char *data, size_t size, void *const *addresses, size_t count, FjLoaded *loaded);
void fj_object_unload(FjLoaded *loaded);

#endif
