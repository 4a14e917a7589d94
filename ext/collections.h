/* What collections.c says of garbage. */
#ifndef FJ_COLLECTIONS_H
#define FJ_COLLECTIONS_H
#include <Python.h>
#include <stdint.h>
int fj_must_collect(PyThreadState *ts);
int fj_collection_is_far(void);
int8_t fj_can_make(void);
int8_t fj_can_make_tuple(int64_t size);
int8_t fj_can_make_list(void);
int8_t fj_can_make_so_many(int64_t count);
int8_t fj_can_make_several(int64_t count);
int8_t fj_can_make_few(void);
struct _gc_runtime_state;
int fj_there_is_room(const struct _gc_runtime_state *gc, int64_t count);
int8_t fj_can_make_slice(int64_t arguments);
int8_t fj_can_make_instance(int64_t arguments);
int8_t fj_can_make_dict(void);
#endif
