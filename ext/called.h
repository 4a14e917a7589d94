/* What generated code calls (runtime.c, scalars.c, memory.c, objects.c). */
#ifndef FRAMEJIT_CALLED_H
#define FRAMEJIT_CALLED_H
int8_t fj_patient(FjContext *context);
int8_t fj_patient_consumer(FjContext *context);
int fj_is_look(int (*call)(void *));     /* whether a pending call is one of the sampler's */
void fj_patient_again(void);
int64_t fj_poll(FjContext *context, int32_t exit, int32_t at);
int64_t fj_callout(FjContext *context, int32_t exit, int32_t kind, int32_t arg, int32_t next_unit, int32_t at);
PyObject *fj_scalar(int32_t type_num, int64_t bits);
int fj_long_fits(PyObject *object, int64_t *out);
PyObject *fj_new_float(double value);               /* memory.c */
PyObject *fj_new_complex(double real, double imag);
PyObject *fj_new_complex128(double real, double imag);      /* NumPy's */
PyObject *fj_complex128(double real, double imag);         /* scalars.c */
PyObject *fj_new_int_object(int64_t value);
PyObject *fj_new_scalar(int32_t number, int64_t bits);
PyObject *fj_new_tuple(int64_t count);
PyObject *fj_new_list(int64_t count);
PyObject *fj_new_call(PyObject *callable, PyObject *args);
PyObject *fj_new_iterator(PyObject *sequence);
void fj_memory_start(void);
int fj_memory_available(Py_ssize_t size);
PyObject *fj_values_around(int frames);
void fj_suspend_generator(PyObject *generator, PyObject *holder, int unit);
PyObject *fj_box_int(int64_t value);
PyObject *fj_box_float(double value);
void fj_home_set(PyObject **home, int32_t slot, PyObject *object);
int8_t fj_dies_quietly(PyObject *object);
int8_t fj_may_go(PyObject *a, int64_t na, PyObject *b, int64_t nb, PyObject *c, int64_t nc, PyObject *d, int64_t nd, PyObject *e, int64_t ne);
FJ_INNER int fj_lives_on(PyObject *object);
int fj_function_quiet(PyObject *function, int depth, int (*dies_quietly)(PyObject *, int));
int fj_is_number(PyObject *object);
int fj_packed_code(PyObject *object);
FJ_INNER int fj_packed_quiet(PyObject *object);
void fj_incref(PyObject *object);
void fj_decref(PyObject *object);
void fj_handle_pending_start(PyObject *function);
void fj_hear_of_classes(void);
int fj_handle_pending(PyThreadState *ts);
extern __thread struct _PyInterpreterFrame *fj_polled;      /* the frame that native code polls for just now */
int32_t fj_home_take(PyObject **home, int32_t slot, PyObject *object);
#endif
