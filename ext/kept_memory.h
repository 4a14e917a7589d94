/* Memory of arrays that ended: kept_memory.c. */
#ifndef FRAMEJIT_KEPT_MEMORY_H
#define FRAMEJIT_KEPT_MEMORY_H
#include <stdint.h>

/* How many bytes are kept; 0: as the C library does. */
__attribute__((visibility("hidden"))) void fj_memory_wanted(int64_t bytes);
/* An array of so many bytes is about to be made. */
__attribute__((visibility("hidden"))) void fj_memory_keep(int64_t bytes);
#endif
