/* Loads object files as LLVM emits them for one region: ELF64 for x86-64, made as position-independent code.

   Code, constants, and what leads to far away functions lie in one stretch of memory that is readable and executable once it is
   filled; behind it, on pages of their own, data that may be written.  Each global symbol has a slot with its address and a
   stub that jumps there, for calls over more than 2 GiB.  Whatever isn't known (a kind of section, symbol or relocation)
   makes the object one that isn't loaded; nothing is read or written outside the file and the memory, whatever the file says. */
#include <Python.h>
#include "linker.h"

#if defined(__x86_64__) && defined(__linux__)
#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STUB = 16, SLOT = 8, MOST_SECTIONS = 4096 };
enum { LARGEST = 1 << 30 };

typedef struct {
    const char *data;
    size_t size;
    const Elf64_Shdr *sections;
    size_t nsections;
    const Elf64_Sym *symbols;
    size_t nsymbols, locals;       /* symbols; how many of them, the first, are local */
    const char *names;
    size_t nnames;
} Object;

/* `count` items of `width` bytes at `offset`, or NULL. */
static const void *part(const Object *object, size_t offset, size_t count, size_t width) {
    if (offset > object->size || offset % 8 || count > (object->size - offset) / width) return NULL;
    return object->data + offset;
}

static const char *read_sections(Object *object) {
    const Elf64_Ehdr *head = part(object, 0, 1, sizeof *head);
    if (head == NULL || memcmp(head->e_ident, ELFMAG, SELFMAG) || head->e_ident[EI_CLASS] != ELFCLASS64 || head->e_ident[EI_DATA] != ELFDATA2LSB
        || head->e_type != ET_REL || head->e_machine != EM_X86_64 || head->e_shentsize != sizeof(Elf64_Shdr)) return "no object file";
    object->nsections = head->e_shnum;
    object->sections = part(object, head->e_shoff, head->e_shnum, sizeof(Elf64_Shdr));
    if (object->sections == NULL || object->nsections == 0 || object->nsections > MOST_SECTIONS) return "sections outside the file";
    return NULL;
}

static const char *read_symbols(Object *object) {
    const Elf64_Shdr *table = NULL;
    for (size_t i = 0; i < object->nsections; i++) {
        if (object->sections[i].sh_type != SHT_SYMTAB) continue;
        if (table) return "two tables of symbols";
        table = &object->sections[i];
    }
    if (table == NULL || table->sh_link >= object->nsections) return "no symbols";
    const Elf64_Shdr *strings = &object->sections[table->sh_link];
    object->nsymbols = table->sh_size / sizeof(Elf64_Sym);
    object->locals = table->sh_info;
    object->symbols = part(object, table->sh_offset, object->nsymbols, sizeof(Elf64_Sym));
    if (object->symbols == NULL || object->locals > object->nsymbols || object->nsymbols > LARGEST / STUB) return "symbols outside the file";
    if (strings->sh_type != SHT_STRTAB || strings->sh_offset > object->size || strings->sh_size > object->size - strings->sh_offset) return "names outside the file";
    object->names = object->data + strings->sh_offset;
    object->nnames = strings->sh_size;
    return object->nnames && object->names[object->nnames - 1] == 0 ? NULL : "names without an end";
}

/* What is to be in memory, and nothing that asks for more than that. */
static const char *check_sections(const Object *object) {
    const uint64_t flags = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_MERGE | SHF_STRINGS;
    for (size_t i = 0; i < object->nsections; i++) {
        const Elf64_Shdr *one = &object->sections[i];
        if (!(one->sh_flags & SHF_ALLOC)) continue;
        if (one->sh_type != SHT_PROGBITS && one->sh_type != SHT_NOBITS) return "a kind of section";
        if ((one->sh_flags & ~flags) || (one->sh_flags & SHF_WRITE && one->sh_flags & SHF_EXECINSTR)) return "a section's flags";
        if (one->sh_size > LARGEST || one->sh_addralign > 4096 || (one->sh_addralign & (one->sh_addralign - 1))) return "a section's size";
        if (one->sh_type == SHT_PROGBITS && (one->sh_offset > object->size || one->sh_size > object->size - one->sh_offset)) return "a section outside the file";
    }
    return NULL;
}

static const char *check_symbols(const Object *object) {
    for (size_t i = 0; i < object->nsymbols; i++) {
        const Elf64_Sym *one = &object->symbols[i];
        int kind = ELF64_ST_TYPE(one->st_info);
        if (one->st_name >= object->nnames) return "a name outside the file";
        if (kind != STT_NOTYPE && kind != STT_OBJECT && kind != STT_FUNC && kind != STT_SECTION && kind != STT_FILE) return "a kind of symbol";
        if (one->st_shndx == SHN_UNDEF || (one->st_shndx == SHN_ABS && kind == STT_FILE)) continue;
        if (one->st_shndx >= object->nsections) return "a symbol's section";
        if (object->sections[one->st_shndx].sh_flags & SHF_ALLOC && one->st_value > object->sections[one->st_shndx].sh_size) return "a symbol outside its section";
    }
    return NULL;
}

static const char *read_object(const char *data, size_t size, Object *object) {
    const char *problem;
    object->data = data;
    object->size = size;
    if ((uintptr_t)data % 8) return "a file in an odd place";
    if ((problem = read_sections(object)) || (problem = read_symbols(object)) || (problem = check_sections(object))) return problem;
    return check_symbols(object);
}

/* Symbols that somebody else has to have: the first is the file's "no symbol". */
static int is_import(const Object *object, size_t i) { return i > 0 && object->symbols[i].st_shndx == SHN_UNDEF; }

PyObject *fj_object_imports(const char *data, size_t size) {
    Object object;
    const char *problem = read_object(data, size, &object);
    if (problem) return PyUnicode_FromString(problem);
    PyObject *names = PyList_New(0);
    for (size_t i = 0; names && i < object.nsymbols; i++) {
        if (!is_import(&object, i)) continue;
        PyObject *name = PyUnicode_FromString(object.names + object.symbols[i].st_name);
        if (name == NULL || PyList_Append(names, name) < 0) Py_CLEAR(names);
        Py_XDECREF(name);
    }
    return names;
}

/* ---- in memory */

typedef struct {
    const Object *object;
    char *memory;
    char **places;                 /* of sections, NULL: not in memory */
    uint64_t *values;              /* of symbols: addresses */
    size_t slots, stubs;           /* of global symbols: offsets */
    size_t code, whole;            /* bytes up to the pages that may be written, and in all */
} Image;

static size_t up(size_t offset, size_t alignment) { return alignment > 1 ? (offset + alignment - 1) & ~(alignment - 1) : offset; }

/* Where the sections lie, as offsets: executable and constant ones, slots and stubs, then those that may be written. */
static const char *lay_out(Image *image, size_t *offsets) {
    const Object *object = image->object;
    size_t end = 0, page = (size_t)sysconf(_SC_PAGESIZE), globals = object->nsymbols - object->locals;
    for (int written = 0; written < 2; written++) {
        for (size_t i = 0; i < object->nsections; i++) {
            const Elf64_Shdr *one = &object->sections[i];
            if (!(one->sh_flags & SHF_ALLOC) || !(one->sh_flags & SHF_WRITE) != !written) continue;
            offsets[i] = end = up(end, one->sh_addralign);
            end += one->sh_size;
            if (end > LARGEST) return "too large";
        }
        if (written) continue;
        image->slots = up(end, STUB);
        image->stubs = up(image->slots + globals * SLOT, STUB);
        end = image->code = up(image->stubs + globals * STUB, page);
        if (end > LARGEST) return "too large";
    }
    image->whole = up(end, page);
    return NULL;
}

static char *slot_of(const Image *image, size_t symbol) { return image->memory + image->slots + (symbol - image->object->locals) * SLOT; }
static char *stub_of(const Image *image, size_t symbol) { return image->memory + image->stubs + (symbol - image->object->locals) * STUB; }

static const char *place(Image *image, size_t *offsets) {
    const Object *object = image->object;
    image->memory = mmap(NULL, image->whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (image->memory == MAP_FAILED) { image->memory = NULL; return "no memory"; }
    for (size_t i = 0; i < object->nsections; i++) {
        const Elf64_Shdr *one = &object->sections[i];
        if (!(one->sh_flags & SHF_ALLOC)) continue;
        image->places[i] = image->memory + offsets[i];
        if (one->sh_type == SHT_PROGBITS) memcpy(image->places[i], object->data + one->sh_offset, one->sh_size);
    }
    return NULL;
}

/* Addresses of all symbols, in slots and stubs, too: `jmp *slot`. */
static const char *resolve(Image *image, void *const *addresses, size_t count) {
    const Object *object = image->object;
    size_t next = 0;
    for (size_t i = 0; i < object->nsymbols; i++) {
        const Elf64_Sym *one = &object->symbols[i];
        if (is_import(object, i)) {
            if (next == count) return "fewer addresses than names";
            image->values[i] = (uint64_t)(uintptr_t)addresses[next++];
        } else if (one->st_shndx != SHN_UNDEF && one->st_shndx != SHN_ABS && image->places[one->st_shndx])
            image->values[i] = (uint64_t)(uintptr_t)image->places[one->st_shndx] + one->st_value;
        if (i < object->locals) continue;
        char *slot = slot_of(image, i), *stub = stub_of(image, i);
        int32_t distance = (int32_t)(slot - (stub + 6));
        memcpy(slot, &image->values[i], SLOT);
        memcpy(stub, "\xff\x25", 2);
        memcpy(stub + 2, &distance, 4);
    }
    return next == count ? NULL : "more addresses than names";
}

/* What a relocation writes: S + A; S + A - P; the same, by way of the stub where that is too far; the slot's address + A - P. */
enum { NOTHING, ABSOLUTE, RELATIVE, CALLED, SLOTTED };
static const struct { unsigned type; int what, width; } KINDS[] = {
    {R_X86_64_NONE, NOTHING, 0}, {R_X86_64_64, ABSOLUTE, 8}, {R_X86_64_PC32, RELATIVE, 4}, {R_X86_64_PLT32, CALLED, 4},
    {R_X86_64_GOTPCREL, SLOTTED, 4}, {R_X86_64_GOTPCRELX, SLOTTED, 4}, {R_X86_64_REX_GOTPCRELX, SLOTTED, 4},
};

static int near(int64_t distance) { return distance == (int32_t)distance; }

/* The relocation's value; 0 where it doesn't reach. */
static int reach(const Image *image, int what, size_t symbol, int64_t addend, const char *at, int64_t *value) {
    uint64_t target = image->values[symbol], here = (uint64_t)(uintptr_t)at;
    int global = symbol >= image->object->locals;
    if (what == ABSOLUTE) { *value = (int64_t)(target + (uint64_t)addend); return 1; }
    if (what == SLOTTED) {
        if (!global) return 0;
        target = (uint64_t)(uintptr_t)slot_of(image, symbol);
    }
    *value = (int64_t)(target + (uint64_t)addend - here);
    if (what == CALLED && global && !near(*value))
        *value = (int64_t)((uint64_t)(uintptr_t)stub_of(image, symbol) + (uint64_t)addend - here);
    return near(*value);
}

static const char *relocate_one(Image *image, const Elf64_Rela *one, char *base, size_t size) {
    size_t symbol = ELF64_R_SYM(one->r_info), kind = 0, kinds = sizeof KINDS / sizeof *KINDS;
    int64_t value;
    while (kind < kinds && KINDS[kind].type != ELF64_R_TYPE(one->r_info)) kind++;
    if (kind == kinds) return "a kind of relocation";
    if (KINDS[kind].what == NOTHING) return NULL;
    if (one->r_offset > size || size - one->r_offset < (size_t)KINDS[kind].width) return "a relocation outside its section";
    if (symbol == 0 || symbol >= image->object->nsymbols || image->values[symbol] == 0) return "a relocation's symbol";
    if (!reach(image, KINDS[kind].what, symbol, one->r_addend, base + one->r_offset, &value)) return "a relocation that doesn't reach";
    memcpy(base + one->r_offset, &value, (size_t)KINDS[kind].width);
    return NULL;
}

static const char *relocate(Image *image) {
    const Object *object = image->object;
    for (size_t i = 0; i < object->nsections; i++) {
        const Elf64_Shdr *table = &object->sections[i];
        if (table->sh_type != SHT_RELA && table->sh_type != SHT_REL) continue;
        if (table->sh_info >= object->nsections) return "relocations of no section";
        const Elf64_Shdr *target = &object->sections[table->sh_info];
        if (!(target->sh_flags & SHF_ALLOC)) continue;
        size_t count = table->sh_size / sizeof(Elf64_Rela);
        const Elf64_Rela *rows = part(object, table->sh_offset, count, sizeof(Elf64_Rela));
        if (table->sh_type == SHT_REL || target->sh_type != SHT_PROGBITS || rows == NULL) return "a table of relocations";
        for (size_t row = 0; row < count; row++) {
            const char *problem = relocate_one(image, &rows[row], image->places[table->sh_info], target->sh_size);
            if (problem) return problem;
        }
    }
    return NULL;
}

/* The function `region`, in a section of code; NULL: there is none. */
static void *entry_of(const Image *image) {
    const Object *object = image->object;
    for (size_t i = object->locals; i < object->nsymbols; i++) {
        const Elf64_Sym *one = &object->symbols[i];
        if (one->st_shndx == SHN_UNDEF || one->st_shndx >= object->nsections || strcmp(object->names + one->st_name, "region")) continue;
        const Elf64_Shdr *section = &object->sections[one->st_shndx];
        if (section->sh_flags & SHF_EXECINSTR && one->st_value < section->sh_size) return (void *)(uintptr_t)image->values[i];
    }
    return NULL;
}

static const char *fill(Image *image, size_t *offsets, void *const *addresses, size_t count) {
    const char *problem;
    if ((problem = lay_out(image, offsets)) || (problem = place(image, offsets)) || (problem = resolve(image, addresses, count))) return problem;
    if ((problem = relocate(image))) return problem;
    return mprotect(image->memory, image->code, PROT_READ | PROT_EXEC) < 0 ? "no executable memory" : NULL;
}

const char *fj_object_load(const char *data, size_t size, void *const *addresses, size_t count, FjLoaded *loaded) {
    Object object;
    const char *problem = read_object(data, size, &object);
    if (problem) return problem;
    Image image = {.object = &object};
    size_t *offsets = PyMem_RawCalloc(object.nsections, sizeof *offsets);
    image.places = PyMem_RawCalloc(object.nsections, sizeof *image.places);
    image.values = PyMem_RawCalloc(object.nsymbols + 1, sizeof *image.values);
    problem = offsets && image.places && image.values ? fill(&image, offsets, addresses, count) : "no memory";
    void *entry = problem ? NULL : entry_of(&image);
    if (problem == NULL && entry == NULL) problem = "no region in it";
    PyMem_RawFree(offsets); PyMem_RawFree(image.places); PyMem_RawFree(image.values);
    if (problem) {
        if (image.memory) munmap(image.memory, image.whole);
        return problem;
    }
    loaded->memory = image.memory;
    loaded->size = image.whole;
    loaded->entry = entry;
    return NULL;
}

void fj_object_unload(FjLoaded *loaded) {
    if (loaded->memory) munmap(loaded->memory, loaded->size);
    loaded->memory = NULL;
}

#else

PyObject *fj_object_imports(const char *data, size_t size) { return PyUnicode_FromString("another kind of machine"); }
const char *fj_object_load(const char *data, size_t size, void *const *addresses, size_t count, FjLoaded *loaded) { return "another kind of machine"; }
void fj_object_unload(FjLoaded *loaded) { }

#endif
