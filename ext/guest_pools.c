/* What is made for the guest lies in pools of its own: the program's objects don't fill the holes between the guest's, each in another
   place, which makes them slow to make, to free and to read. */
#include "compat.h"
#include "guest.h"
#include <string.h>
#include <sys/mman.h>

#ifdef WITH_PYMALLOC
typedef struct pool_header Pool;

#if PY_VERSION_HEX < 0x030C0000
enum { POOL = 1 << 14, PAGE = 1 << 12, TRIES = 16 };

/* The head of the list of pools that have room for blocks of the class, found by one that was just made: its pool is the first one.  NULL:
   it isn't what it should be. */
static Pool *head_by_block(void *block, unsigned int class) {
    Pool *pool = (Pool *)((uintptr_t)block & ~(uintptr_t)(POOL - 1));
    unsigned char there;
    if (block == NULL || mincore(pool, PAGE, &there) < 0 || pool->szidx != class || pool->freeblock == NULL) return NULL;
    Pool *head = pool->prevpool;
    return ((uintptr_t)head & (POOL - 1)) != 0 && head->nextpool == pool ? head : NULL;
}

/* A pool that became full by the block is in no list: then another one has room for the next. */
static Pool *head_of(unsigned int class) {
    void *blocks[TRIES];
    Pool *head = NULL;
    int count = 0;
    while (head == NULL && count < TRIES) {
        blocks[count] = PyObject_Malloc(16 * (class + 1));
        head = head_by_block(blocks[count++], class);
    }
    while (count) PyObject_Free(blocks[--count]);
    return head;
}

/* The heads of all classes lie side by side: where they don't, nothing is known. */
Pool **fj_found_pools(void) {
    static Pool **found;
    static int looked;
    if (looked) return found;
    const char *name = _PyMem_GetCurrentAllocatorName();
    if (name == NULL || strcmp(name, "pymalloc") != 0) return NULL;
    looked = 1;
    Pool **first = NULL;
    for (unsigned int class = 0; class < NB_SMALL_SIZE_CLASSES; class++) {
        Pool *head = head_of(class), **links = head ? &head->nextpool - 2 * class : NULL;
        if (links == NULL || (first && first != links)) return NULL;
        first = links;
    }
    return found = first;
}
#endif

static void move(Pool *from, Pool *to) {
    to->nextpool = from->nextpool == from ? to : from->nextpool;
    to->prevpool = from->prevpool == from ? to : from->prevpool;
    to->nextpool->prevpool = to->prevpool->nextpool = to;
    from->nextpool = from->prevpool = from;
}

void fj_exchange_pools(PyThreadState *ts) {
    static Pool own[NB_SMALL_SIZE_CLASSES];
    if (ts->interp != PyInterpreterState_Main()) return;
    Pool **links = (Pool **)FJ_POOLS(ts->interp);
    for (int i = 0; links && i < NB_SMALL_SIZE_CLASSES; i++) {
        Pool *ours = &own[i], *theirs = (Pool *)((char *)&links[2 * i] - offsetof(Pool, nextpool)), between;
        if (ours->nextpool == NULL) ours->nextpool = ours->prevpool = ours;
        move(theirs, &between);
        move(ours, theirs);
        move(&between, ours);
    }
}
#else
void fj_exchange_pools(PyThreadState *ts) { (void)ts; }
#endif
