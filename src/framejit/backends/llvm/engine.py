"""LLVM as a service: IR text -> optimised object -> loaded function.

llvmlite is imported when the first region is compiled.  Objects are loaded by the machine's own linker (loading.py); what that
doesn't know is left to LLVM's.
"""

import ctypes

from framejit.backends.llvm import loading
from framejit.report.records import RECORDS
from framejit.tables.code_levels import CODE, FEATURES, KEEPING, PASSES, WAYS
from framejit.tables.settings import QUICK, THOROUGH

ENGINE = None

# What compiles beside the program (ext/beside.c): functions of LLVM's C interface, in its order.
BESIDE = ("ContextCreate", "ContextDispose", "ParseAssembly", "RunNewModulePassManager", "TargetMachineEmitToMemory", "GetBufferStart",
          "GetBufferSize", "DisposeMemoryBuffer", "DisposeModule", "DisposeString")


def engine():
    """The process's only engine, which is never freed.

    llvmlite frees nothing once the process ends, of which atexit tells it; where it was imported by what ran at the end it isn't told.
    """
    global ENGINE
    if ENGINE is None:
        ENGINE = Engine()
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(ENGINE))
    return ENGINE


class Engine:
    def __init__(self):
        import llvmlite.binding as llvm
        self.llvm = llvm
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        target = llvm.Target.from_default_triple()
        features = llvm.get_host_cpu_features().flatten() + FEATURES
        self.keeping = {level: text.format(features=features) for level, text in KEEPING.items()}
        self.new_machine = lambda level: target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=level, **CODE)
        self.machines = {level: self.new_machine(level) for level in (THOROUGH, QUICK)}
        self.machine = self.machines[THOROUGH]
        self.pipelines = {}     # level -> (passes, what they are run with): llvmlite never frees one
        self.beside = None      # what the worker's thread uses, and nobody else
        self.new_jit = lambda: llvm.create_lljit_compiler(target.create_target_machine(opt=2, jit=True))
        self.jit = None         # made when something has to be left to it
        self.triple = llvm.get_process_triple()
        self.layout = str(self.machine.target_data)
        self.count = 0
        self.options = llvm.create_pipeline_tuning_options(speed_level=2)

    def module(self, text, level=THOROUGH):
        """Parsed and verified.  Functions with the attributes #0 leave all registers as they are, vectors as a whole."""
        module = self.llvm.parse_assembly(self.whole(text, level), self.llvm.create_context())     # the common one keeps types and constants for good
        module.verify()
        return module

    def whole(self, text, level):
        """The text with its target, and what the attributes #0 mean at this level."""
        return f'target triple = "{self.triple}"\ntarget datalayout = "{self.layout}"\n{text}attributes #0 = {{ {self.keeping[level]} }}\n'

    def optimise(self, module, level=THOROUGH):
        if level not in self.pipelines:
            self.pipelines[level] = self.passes(level), self.llvm.create_pass_builder(self.machines[level], self.options)
        passes, builder = self.pipelines[level]
        passes.run(module, builder)

    def passes(self, level):
        passes = self.llvm.create_new_module_pass_manager()
        for name in PASSES[level]:
            getattr(passes, f"add_{name}_pass")()
        return passes

    def load(self, text, level=THOROUGH):
        """A `Loaded` with the address of @region."""
        module = self.module(text, level)
        self.optimise(module, level)
        return self.link(text, self.machines[level].emit_object(module))

    def worker_parts(self):
        """Addresses for the worker, in the order of its `Compiler`; None where llvmlite doesn't show its library."""
        library = getattr(self.llvm.ffi.lib, "_lib_handle", None)
        if library is None or not all(hasattr(library, f"LLVMPY_{name}") for name in BESIDE):
            return None
        machines = [(level, self.new_machine(level)) for _, level in WAYS]
        self.beside = [part for level, machine in machines for part in (self.passes(level), self.llvm.create_pass_builder(machine, self.options), machine)]
        functions = [getattr(library, f"LLVMPY_{name}") for name in BESIDE]
        return [ctypes.cast(part, ctypes.c_void_p).value for part in functions + [part._as_parameter_ for part in self.beside]]

    def link(self, text, code):
        """A `Loaded` out of an object file that was made of `text`."""
        try:
            return loading.load(text, code)
        except ValueError as problem:
            RECORDS.event("linked_by_llvm", what=str(problem))
            return self.linked(text, code)

    def linked(self, text, code):
        """The same by LLVM's own linker."""
        self.jit = self.jit or self.new_jit()
        self.count += 1
        library = self.llvm.JITLibraryBuilder()
        library.add_object_img(code)
        for line in text.splitlines():
            name = imported(line)
            if name:
                library.import_symbol(name, loading.symbol(name))
        library.add_current_process()
        library.export_symbol("region")
        tracker = library.link(self.jit, f"region{self.count}")
        return loading.Loaded(tracker["region"], (tracker, self), text, code)

    def optimised_text(self, text):
        module = self.module(text)
        self.optimise(module)
        return str(module)

    def assembly(self, text):
        module = self.module(text)
        self.optimise(module)
        return self.machine.emit_assembly(module)


def imported(line):
    """The name that this line of LLVM declares for the loader, or None."""
    if line.startswith("declare ") and "@llvm." not in line:
        return line[line.index("@") + 1:line.index("(")]
    if " = external global " in line:
        return line[1:line.index(" ")]
    return None
