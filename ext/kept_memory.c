/* Memory of arrays that ended, which the process keeps for those that come.

   glibc gives memory back when more than a threshold of it lies unused at the end of the heap, and lends large blocks from the
   system one by one; the next array then gets its memory page by page again, which takes longer than most of what is computed in
   it.  Both thresholds grow as large blocks end, up to 64 and 32 MiB.  From native code's first array on they are what they would
   become, unless the environment says what the user wants (mallopt(3)).  Arrays that are too large for the heap are made
   after what lies unused there has gone back: the peak is that of a process which keeps nothing. */
#include "kept_memory.h"
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__

enum { LARGEST = 32 << 20 };        /* bytes of a block of the heap's: glibc's own bound, HEAP_MAX_SIZE / 2 */

static int64_t kept_bytes;          /* 0: nothing is changed */
static int set;

static int user_decides(void) {
    static const char *const names[] = {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_MMAP_MAX_"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) if (getenv(names[i])) return 1;
    const char *tunables = getenv("GLIBC_TUNABLES");
    return tunables && strstr(tunables, "glibc.malloc.") != NULL;
}

void fj_memory_wanted(int64_t bytes) { kept_bytes = bytes > 0 && !user_decides() ? bytes : 0; }

void fj_memory_keep(int64_t bytes) {
    if (kept_bytes == 0) return;
    if (!set) {
        set = 1;
        mallopt(M_MMAP_THRESHOLD, LARGEST);
        mallopt(M_TRIM_THRESHOLD, (int)(kept_bytes < INT32_MAX ? kept_bytes : INT32_MAX));
    }
    if (bytes >= LARGEST) malloc_trim(0);
}

#else

void fj_memory_wanted(int64_t bytes) {}
void fj_memory_keep(int64_t bytes) {}

#endif
