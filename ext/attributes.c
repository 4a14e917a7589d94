/* Attributes of the program's instances: where an object keeps one, and whether its class still says so.

   The interpreter's own specialised instructions rely on the same: a class that isn't changed (its version tag), instances
   whose values lie in the order of the class's shared keys, slots at fixed offsets.  Nothing here runs the program's code. */
#include "compat.h"
#include "machine.h"
#include <structmember.h>
#include <string.h>

static PyDictKeysObject *shared_keys(PyTypeObject *type) { return ((PyHeapTypeObject *)type)->ht_cached_keys; }

/* The place of a name among the keys that instances share, or -1. */
static Py_ssize_t place_of(PyTypeObject *type, PyObject *name) {
    PyDictKeysObject *keys = shared_keys(type);
    if (!fj_has_values(type) || keys == NULL || !DK_IS_UNICODE(keys)) return -1;
    for (Py_ssize_t i = 0; i < keys->dk_nentries; i++) {
        PyObject *key = DK_UNICODE_ENTRIES(keys)[i].me_key;
        if (key == name || (key && PyUnicode_Compare(key, name) == 0)) return i;
    }
    return -1;
}

/* The heads of staticmethod, classmethod and property: what they call; a property also where it is stored. */
typedef struct { PyObject_HEAD PyObject *callable, *setter; } Wrapper;

/* The base that has the attribute in its dictionary. */
static PyObject *base_of(PyTypeObject *type, PyObject *name) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(type->tp_mro, i);
        if (!(base->tp_flags & Py_TPFLAGS_HEAPTYPE) || !fj_text_keys(base->tp_dict)) return NULL;
        if (PyDict_GetItemWithError(base->tp_dict, name)) return (PyObject *)base;
    }
    return NULL;
}

/* What classes have for all their instances: functions that are called with the class or with nothing, and values; one that is held is of a class
   that may yet make descriptors of its instances: its reader asks for FJ_OF_HELD of the value's class. */
static int shared_attribute(PyTypeObject *type, PyObject *name, PyObject *found, intptr_t *word) {
    PyTypeObject *kind = Py_TYPE(found);
    if (kind == &PyStaticMethod_Type || kind == &PyClassMethod_Type) {
        PyObject *function = ((Wrapper *)found)->callable;
        if (function == NULL || !PyFunction_Check(function)) return FJ_ATTRIBUTE_UNKNOWN;
        *word = (intptr_t)function;
        return kind == &PyStaticMethod_Type ? FJ_ATTRIBUTE_STATIC : FJ_ATTRIBUTE_CLASS_METHOD;
    }
    if (kind->tp_descr_get || kind->tp_descr_set) return FJ_ATTRIBUTE_UNKNOWN;
    int may_become_one = kind->tp_flags & Py_TPFLAGS_HEAPTYPE && !(kind->tp_flags & Py_TPFLAGS_IMMUTABLETYPE);
    *word = (intptr_t)base_of(type, name);
    return !*word ? FJ_ATTRIBUTE_UNKNOWN : may_become_one ? FJ_ATTRIBUTE_HELD : FJ_ATTRIBUTE_CLASS;
}

static int is_initialiser(PyObject *name) { return PyUnicode_CompareWithASCIIString(name, "__init__") == 0; }

/* Whether classes of this metaclass look for what they have as those of `type` do, and nothing of its own comes before. */
static int lets_look(PyTypeObject *metaclass, PyObject *name) {
    int own = _PyType_Lookup(metaclass, &_Py_ID(__getattribute__)) != _PyType_Lookup(&PyType_Type, &_Py_ID(__getattribute__));
    return PyType_IsSubtype(metaclass, &PyType_Type) && !own && _PyType_Lookup(metaclass, name) == NULL ? FJ_ATTRIBUTE_NOTHING : FJ_ATTRIBUTE_UNKNOWN;
}

/* The attribute of a class itself, whose own class is `type`, or one that lets look. */
static int own_attribute(PyTypeObject *type, PyObject *name, intptr_t *word) {
    *word = 0;
    PyObject *meta = _PyType_Lookup(&PyType_Type, name), *found = _PyType_Lookup(type, name);
    if (!Py_IS_TYPE(type, &PyType_Type) && lets_look(Py_TYPE(type), name) == FJ_ATTRIBUTE_UNKNOWN) return FJ_ATTRIBUTE_UNKNOWN;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || found == NULL) return FJ_ATTRIBUTE_UNKNOWN;
    if (meta && Py_TYPE(meta)->tp_descr_set) return FJ_ATTRIBUTE_UNKNOWN;
    if (meta && found == _PyType_Lookup(&PyBaseObject_Type, name)) return is_initialiser(name) ? FJ_ATTRIBUTE_OBJECTS : FJ_ATTRIBUTE_UNKNOWN;
    if (!PyFunction_Check(found)) return shared_attribute(type, name, found, word);
    *word = (intptr_t)found;
    return FJ_ATTRIBUTE_STATIC;
}

/* What super(after, instance) finds: a function.  Whoever changes a base changes the type's version. */
static int attribute_after(PyTypeObject *type, PyObject *name, PyObject *after, intptr_t *word) {
    int behind = 0;
    *word = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(type->tp_mro, i);
        if (behind && base == &PyBaseObject_Type && is_initialiser(name)) return FJ_ATTRIBUTE_OBJECTS;
        if (behind) {
            if (!(base->tp_flags & Py_TPFLAGS_HEAPTYPE) || !fj_text_keys(base->tp_dict)) return FJ_ATTRIBUTE_UNKNOWN;
            PyObject *found = PyDict_GetItemWithError(base->tp_dict, name);
            if (found && !PyFunction_Check(found)) return FJ_ATTRIBUTE_UNKNOWN;
            *word = (intptr_t)found;
            if (found) return FJ_ATTRIBUTE_METHOD;
        }
        behind |= (PyObject *)base == after;
    }
    return FJ_ATTRIBUTE_UNKNOWN;
}

/* A named tuple's field (_collectionsmodule.c). */
typedef struct { PyObject_HEAD Py_ssize_t index; PyObject *doc; } Field;

static int is_field(PyObject *found) {
    PyTypeObject *type = Py_TYPE(found);
    int lasting = !(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE;
    const char *name = type->tp_name + (type->tp_name[0] == '_');        /* "_collections." on 3.11 */
    return lasting && strcmp(name, "collections._tuplegetter") == 0 && ((Field *)found)->index >= 0;
}

/* What a class that inherits from a type of Python's own has: what that has itself, or a method, or what classes have for all.  A tuple's fields
   are its items by name. */
static int inherited_attribute(PyTypeObject *type, PyObject *name, PyTypeObject *base, int own, intptr_t *word) {
    PyObject *found = _PyType_Lookup(type, name);
    if (!PyType_IsSubtype(type, base)) return FJ_ATTRIBUTE_UNKNOWN;
    if (found == NULL) return type->tp_dictoffset ? FJ_ATTRIBUTE_KEYED : FJ_ATTRIBUTE_UNKNOWN;
    if (found == _PyType_Lookup(base, name)) return own;
    int field = base == &PyTuple_Type && is_field(found);
    *word = field ? ((Field *)found)->index : Py_IS_TYPE(found, &PyProperty_Type) ? (intptr_t)((Wrapper *)found)->callable : (intptr_t)found;
    if (field) return FJ_ATTRIBUTE_ITEM;
    if (PyFunction_Check(found)) return FJ_ATTRIBUTE_METHOD;
    if (Py_IS_TYPE(found, &PyProperty_Type)) return *word && PyFunction_Check((PyObject *)*word) ? FJ_ATTRIBUTE_PROPERTY : FJ_ATTRIBUTE_UNKNOWN;
    return shared_attribute(type, name, found, word);
}

/* Whether an instance whose class gives it a dictionary has no attributes of its own. */
int8_t fj_lacks_dictionary(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    if (!fj_has_values(type)) {
        PyObject **place = _PyObject_GetDictPtr(object);
        return place == NULL || *place == NULL || PyDict_GET_SIZE(*place) == 0;
    }
    PyObject **values = fj_instance_values(object, type->tp_basicsize);
    PyDictKeysObject *keys = shared_keys(type);
    if (values == NULL) {           /* nothing has been stored yet, or there is a dictionary */
        PyObject *dict = ((PyObject **)object)[-3];
        return dict == NULL || PyDict_GET_SIZE(dict) == 0;
    }
    for (Py_ssize_t i = 0; keys && i < keys->dk_nentries; i++)
        if (values[i]) return 0;
    return 1;
}

/* Whether an instance has nothing of its own under a name that its class knows. */
int8_t fj_lacks_name(PyObject *object, PyObject *name) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject **values = fj_has_values(type) ? fj_instance_values(object, type->tp_basicsize) : NULL;
    if (type->tp_dictoffset == 0) return 1;
    if (values) { Py_ssize_t number = place_of(type, name); return number < 0 || values[number] == NULL; }
    PyObject **place = _PyObject_GetDictPtr(object);
    if (place == NULL || *place == NULL) return 1;
    return PyDict_CheckExact(*place) && fj_text_keys(*place) && PyDict_GetItemWithError(*place, name) == NULL;
}

/* The dictionary where an instance keeps its attributes, borrowed; NULL where it keeps them itself, has none yet, or more than text for keys. */
PyObject *fj_own_dictionary(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    if (type->tp_dictoffset == 0 || (fj_has_values(type) && fj_instance_values(object, type->tp_basicsize))) return NULL;
    PyObject **place = _PyObject_GetDictPtr(object);
    return place && *place && PyDict_CheckExact(*place) && fj_text_keys(*place) ? *place : NULL;
}

int8_t fj_type_says(PyObject *object, int64_t flag) { return PyType_HasFeature(Py_TYPE(object), (unsigned long)flag); }

/* What isinstance() says of instances of a type and of a class: 1 or 0; -1 where one of them has its own say.  Source: object_isinstance in abstract.c. */
int64_t fj_is_subtype(PyObject *object, PyObject *kind) {
    PyTypeObject *type = (PyTypeObject *)object;
    if (object == kind) return 1;
    if (!PyType_CheckExact(kind)) return -1;
    if (PyType_IsSubtype(type, (PyTypeObject *)kind)) return 1;
    int own = type->tp_getattro == PyObject_GenericGetAttr && _PyType_Lookup(type, &_Py_ID(__class__)) == _PyType_Lookup(&PyBaseObject_Type, &_Py_ID(__class__));
    return own ? 0 : -1;
}

/* Whether a class of the program is an exception that is made as Python's own are, and has this base. */
static int raised_attribute(PyTypeObject *type, PyObject *base) {
    PyTypeObject *own = type;
    if (!Py_IS_TYPE(type, &PyType_Type) || !PyExceptionClass_Check(type) || !PyType_IsSubtype(type, (PyTypeObject *)base)) return FJ_ATTRIBUTE_UNKNOWN;
    while (own->tp_flags & Py_TPFLAGS_HEAPTYPE) own = own->tp_base;
    int made = own->tp_basicsize == sizeof(PyBaseExceptionObject) && type->tp_new == own->tp_new && type->tp_init == own->tp_init;
    int ends = type->tp_finalize == own->tp_finalize && type->tp_del == NULL;
    return made && ends ? FJ_ATTRIBUTE_RAISED : FJ_ATTRIBUTE_UNKNOWN;
}

/* Whether instances of a class are true, whatever they hold. */
static int always_true(PyTypeObject *type) {
    return (type->tp_as_number == NULL || type->tp_as_number->nb_bool == NULL) && (type->tp_as_mapping == NULL || type->tp_as_mapping->mp_length == NULL)
        && (type->tp_as_sequence == NULL || type->tp_as_sequence->sq_length == NULL);
}

/* Whether instances keep their attributes in themselves, or have none but slots: those that a type of C's own makes have a dictionary from the first one on. */
static int keeps_values(PyTypeObject *type) {
    PyObject *maker = _PyType_Lookup(type, &_Py_ID(__new__));
    int of_c = maker && PyCFunction_CheckExact(maker) && PyCFunction_GET_SELF(maker) != (PyObject *)&PyBaseObject_Type;
    return type->tp_dictoffset == 0 || (fj_has_values(type) && !of_c);
}

/* Whether a class that inherits from int leaves this operator, also the in-place one, or comparison to int. */
static int like_int(PyTypeObject *type, PyObject *name) {
    static const struct { const char *name; size_t offset, inplace; } rows[] = {
#define ROW(name, slot) {"__" #name "__", offsetof(PyNumberMethods, nb_##slot), offsetof(PyNumberMethods, nb_inplace_##slot)}
        ROW(add, add), ROW(sub, subtract), ROW(mul, multiply), ROW(floordiv, floor_divide), ROW(truediv, true_divide), ROW(mod, remainder), ROW(pow, power),
        ROW(and, and), ROW(or, or), ROW(xor, xor), ROW(lshift, lshift), ROW(rshift, rshift)
#undef ROW
    };
    if (!PyType_IsSubtype(type, &PyLong_Type) || type->tp_as_number == NULL) return FJ_ATTRIBUTE_UNKNOWN;
    if (PyUnicode_CompareWithASCIIString(name, "__eq__") == 0) return type->tp_richcompare == PyLong_Type.tp_richcompare ? FJ_ATTRIBUTE_NOTHING : FJ_ATTRIBUTE_UNKNOWN;
    const char *own = (const char *)type->tp_as_number, *ints = (const char *)PyLong_Type.tp_as_number;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++) {
        if (PyUnicode_CompareWithASCIIString(name, rows[i].name) != 0) continue;
        int same = memcmp(own + rows[i].offset, ints + rows[i].offset, sizeof(binaryfunc)) == 0 && memcmp(own + rows[i].inplace, ints + rows[i].inplace, sizeof(binaryfunc)) == 0;
        return same ? FJ_ATTRIBUTE_NOTHING : FJ_ATTRIBUTE_UNKNOWN;
    }
    return FJ_ATTRIBUTE_UNKNOWN;
}

/* Where instances of exactly this type have the attribute, or the type itself (`use`: FJ_OF_*): a row of FJ_ATTRIBUTE_*, and its number in *word. */
int fj_attribute(PyObject *object, PyObject *name, int use, PyObject *after, intptr_t *word) {
    PyTypeObject *type = (PyTypeObject *)object;
    *word = 0;
    if (use == FJ_OF_CLASS) return own_attribute(type, name, word);
    if (use == FJ_OF_NEW) {
        *word = (intptr_t)fj_initialiser(type);
        return *word ? FJ_ATTRIBUTE_MADE : FJ_ATTRIBUTE_UNKNOWN;
    }
    if (use == FJ_OF_RAISED) return raised_attribute(type, after);
    if (use == FJ_OF_NOT_RAISED) return PyType_IsSubtype(type, (PyTypeObject *)after) ? FJ_ATTRIBUTE_UNKNOWN : FJ_ATTRIBUTE_NOTHING;
    if (use == FJ_OF_LACKED) return _PyType_Lookup(type, name) ? FJ_ATTRIBUTE_UNKNOWN : FJ_ATTRIBUTE_NOTHING;
    if (use == FJ_OF_COMPARED) return type->tp_richcompare == PyBaseObject_Type.tp_richcompare ? FJ_ATTRIBUTE_NOTHING : FJ_ATTRIBUTE_UNKNOWN;
    if (use == FJ_OF_HELD) return type->tp_descr_get || type->tp_descr_set ? FJ_ATTRIBUTE_UNKNOWN : FJ_ATTRIBUTE_NOTHING;
    if (use == FJ_OF_METACLASS) return lets_look(type, name);
    if (use == FJ_OF_NUMBERS) return like_int(type, name);
    if (use == FJ_OF_FOUND) {
        *word = (intptr_t)base_of(type, name);
        return *word ? FJ_ATTRIBUTE_CLASS : FJ_ATTRIBUTE_UNKNOWN;
    }
    if (use == FJ_OF_TRUTH) return always_true(type) ? FJ_ATTRIBUTE_NOTHING : FJ_ATTRIBUTE_UNKNOWN;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || type->tp_getattro != PyObject_GenericGetAttr || type->tp_setattro != PyObject_GenericSetAttr)
        return FJ_ATTRIBUTE_UNKNOWN;
    if (use == FJ_OF_TUPLES) return inherited_attribute(type, name, &PyTuple_Type, FJ_ATTRIBUTE_TUPLES, word);
    if (use == FJ_OF_TABLES) return inherited_attribute(type, name, &PyDict_Type, FJ_ATTRIBUTE_TABLES, word);
    if (use == FJ_OF_LISTS) return inherited_attribute(type, name, &PyList_Type, FJ_ATTRIBUTE_LISTS, word);
    if (use == FJ_OF_SUPER) return attribute_after(type, name, after, word);
    PyObject *found = _PyType_Lookup(type, name);
    Py_ssize_t place = place_of(type, name);
    if (found == NULL && place < 0) return type->tp_dictoffset ? FJ_ATTRIBUTE_KEYED : FJ_ATTRIBUTE_UNKNOWN;
    if (found == NULL) { *word = place; return FJ_ATTRIBUTE_VALUE; }
    if (Py_IS_TYPE(found, &PyMemberDescr_Type)) {
        PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
        int plain = member->type == T_OBJECT_EX && member->flags == 0 && member->offset > 0;
        *word = member->offset;
        return plain && PyType_IsSubtype(type, ((PyDescrObject *)found)->d_type) ? FJ_ATTRIBUTE_SLOT : FJ_ATTRIBUTE_UNKNOWN;
    }
    if (PyFunction_Check(found)) {
        *word = (intptr_t)found;
        return place >= 0 ? FJ_ATTRIBUTE_UNKNOWN : keeps_values(type) ? FJ_ATTRIBUTE_METHOD : FJ_ATTRIBUTE_COVERED;
    }
    if (Py_IS_TYPE(found, &PyMethodDescr_Type)) {
        *word = (intptr_t)found;
        return place < 0 && PyType_IsSubtype(type, PyDescr_TYPE(found)) ? FJ_ATTRIBUTE_BUILTIN : FJ_ATTRIBUTE_UNKNOWN;
    }
    if (Py_IS_TYPE(found, &PyProperty_Type)) {
        *word = (intptr_t)(use == FJ_OF_STORES ? ((Wrapper *)found)->setter : ((Wrapper *)found)->callable);
        return *word && PyFunction_Check((PyObject *)*word) ? FJ_ATTRIBUTE_PROPERTY : FJ_ATTRIBUTE_UNKNOWN;
    }
    int shared = shared_attribute(type, name, found, word);
    if (place < 0) return type->tp_dictoffset == 0 || fj_has_values(type) ? shared : FJ_ATTRIBUTE_UNKNOWN;
    *word = place;
    return shared == FJ_ATTRIBUTE_CLASS ? FJ_ATTRIBUTE_VALUE : FJ_ATTRIBUTE_UNKNOWN;
}

/* Where objects of a type of C, which nobody can change, have the object that this attribute reads; or -1. */
Py_ssize_t fj_member_offset(PyObject *object, PyObject *name) {
    PyTypeObject *type = (PyTypeObject *)object;
    PyObject *found = type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE ? _PyType_Lookup(type, name) : NULL;
    if (found == NULL || !Py_IS_TYPE(found, &PyMemberDescr_Type)) return -1;
    PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
    return member->type == T_OBJECT || member->type == T_OBJECT_EX ? member->offset : -1;
}

/* How many arguments a partial object passes by name, -1 if its dictionary has other keys than text; and one of them, or NULL. */
int64_t fj_keyword_count(PyObject *dict) { return PyDict_CheckExact(dict) && fj_text_keys(dict) ? ((PyDictObject *)dict)->ma_used : -1; }
PyObject *fj_keyword(PyObject *dict, PyObject *name) { return PyDict_GetItemWithError(dict, name); }

PyObject *fj_class_names(PyObject *type) { return ((PyTypeObject *)type)->tp_dict; }

/* What changes when the class does: never 0 for one whose attributes can be relied on. */
static uint64_t state_of(PyTypeObject *type) {
    PyDictKeysObject *keys = fj_has_values(type) ? shared_keys(type) : NULL;
    if (!FJ_HAS_VERSION(type)) return 0;
    return (uint64_t)type->tp_version_tag << 32 | (keys ? (uint32_t)keys->dk_nentries : 0);
}

/* Whether each of the region's classes still has its attributes where they were. */
int fj_classes_same(FjRegion *region) {
    for (int i = 0; i < region->nclasses; i++) {
        FjClass *one = &region->classes[i];
        uint64_t state = state_of((PyTypeObject *)one->type);
        if (state && state == one->state) continue;
        for (int j = 0; j < one->count; j++) {
            intptr_t word;
            FjAttribute *fact = &one->facts[j];
            if (fj_attribute(one->type, fact->name, fact->use, fact->after, &word) != fact->kind || word != fact->word) return 0;
        }
        one->state = state_of((PyTypeObject *)one->type);
    }
    return 1;
}

/* The values of an instance whose attributes lie in it, or NULL; `size`: its type's basic size. */
PyObject **fj_values(PyObject *object, int64_t size) { return fj_instance_values(object, size); }

/* A number of Python's, None, or nothing: what may be let go of anywhere. */
int8_t fj_is_plain(PyObject *object) {
    return object == NULL || object == Py_None || Py_IS_TYPE(object, &PyFloat_Type) || Py_IS_TYPE(object, &PyLong_Type) || Py_IS_TYPE(object, &PyBool_Type)
        || Py_IS_TYPE(object, &PyComplex_Type);
}
