"""LLVM as a service: IR text -> optimised object -> loaded function.

llvmlite is imported when the first region is compiled.  One LLJIT instance loads objects; libm's functions are
imported under names of our own, so that LLVM doesn't take them for functions whose meaning it knows.
"""

import ctypes

from framejit.loops import ufuncs
from framejit.tables.settings import QUICK, THOROUGH
from framejit.tables.types import SMALL_INTS

ENGINE = None

# The graph's own passes and its checked versions have done most of what LLVM's standard pipeline is for; these give code
# of the same speed in a fifth of its time (docs/performance.md).
PASSES = {THOROUGH: ("always_inliner", "simplify_cfg", "instruction_combine", "loop_rotate", "sinking", "simplify_cfg"),
          QUICK: ("always_inliner", "simplify_cfg")}
# Not NewGVN: it takes two phis for one whose operands are the same but for themselves in different places (`a` and `b` of
# `if c: a = True` … `else: b = True`).  graph/passes/number.py does its work.

# What compiles beside the program (ext/beside.c): functions of LLVM's C interface, in its order.
BESIDE = ("ContextCreate", "ContextDispose", "ParseAssembly", "RunNewModulePassManager", "TargetMachineEmitToMemory", "GetBufferStart",
          "GetBufferSize", "DisposeMemoryBuffer", "DisposeModule", "DisposeString")


def engine():
    """The process's only engine."""
    global ENGINE
    if ENGINE is None:
        ENGINE = Engine()
    return ENGINE


class Loaded:
    """Machine code in memory: `address`; `keep` must live as long as the code may run."""

    __slots__ = ("address", "keep", "ir", "object")

    def __init__(self, address, keep, ir, object):
        self.address = address
        self.keep = keep
        self.ir = ir
        self.object = object


class Engine:
    def __init__(self):
        import llvmlite.binding as llvm
        self.llvm = llvm
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        target = llvm.Target.from_default_triple()
        features = llvm.get_host_cpu_features().flatten() + ",+prefer-no-gather"
        keeping = f'"no_caller_saved_registers" "target-features"="{features},-vzeroupper"'
        self.keeping = {THOROUGH: keeping, QUICK: "nounwind"}       # quick code would keep the register of a result, too
        self.new_machine = lambda level: target.create_target_machine(
            cpu=llvm.get_host_cpu_name(), features=features, opt=level, reloc="pic", codemodel="default")
        self.machines = {level: self.new_machine(level) for level in (THOROUGH, QUICK)}
        self.machine = self.machines[THOROUGH]
        self.beside = None      # what the worker's thread uses, and nobody else
        self.jit = llvm.create_lljit_compiler(target.create_target_machine(opt=2, jit=True))
        self.triple = llvm.get_process_triple()
        self.layout = str(self.machine.target_data)
        self.count = 0
        self.libm = ctypes.CDLL("libm.so.6")
        from framejit import _machine
        self.runtime = ctypes.CDLL(_machine.__file__)
        self.known = dict(_machine.symbols()) | {"fj_small_ints": small_ints()}
        self.options = llvm.create_pipeline_tuning_options(speed_level=2)

    def symbol(self, name):
        """Address of a function that generated code calls."""
        address = self.known.get(name)
        if address is None:
            address = ufuncs.address_of(name)
        if address is None:
            library, plain = (self.libm, name[5:]) if name.startswith("fj_m_") else (self.runtime, name.removesuffix(".slow"))
            library = library if name.startswith("fj_") else ctypes.pythonapi
            address = ctypes.cast(getattr(library, plain), ctypes.c_void_p).value
        self.known[name] = address
        return address

    def module(self, text, level=THOROUGH):
        """Parsed and verified.  Functions with the attributes #0 leave all registers as they are, vectors as a whole."""
        module = self.llvm.parse_assembly(self.whole(text, level))
        module.verify()
        return module

    def whole(self, text, level):
        """The text with its target, and what the attributes #0 mean at this level."""
        return f'target triple = "{self.triple}"\ntarget datalayout = "{self.layout}"\n{text}attributes #0 = {{ {self.keeping[level]} }}\n'

    def optimise(self, module, level=THOROUGH):
        builder = self.llvm.create_pass_builder(self.machines[level], self.options)
        self.passes(level).run(module, builder)

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
        machine = self.new_machine(THOROUGH)
        self.beside = (self.passes(THOROUGH), self.llvm.create_pass_builder(machine, self.options), machine)
        functions = [getattr(library, f"LLVMPY_{name}") for name in BESIDE]
        return [ctypes.cast(part, ctypes.c_void_p).value for part in functions + [part._as_parameter_ for part in self.beside]]

    def link(self, text, code):
        """A `Loaded` out of an object file that was made of `text`."""
        self.count += 1
        library = self.llvm.JITLibraryBuilder()
        library.add_object_img(code)
        for line in text.splitlines():
            name = imported(line)
            if name:
                library.import_symbol(name, self.symbol(name))
        library.add_current_process()
        library.export_symbol("region")
        tracker = library.link(self.jit, f"region{self.count}")
        return Loaded(tracker["region"], (tracker, self), text, code)

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


def small_ints():
    """Address of the object -5: the ints up to 256 follow it, 32 bytes each."""
    base = id(SMALL_INTS[0])
    if any(id(number) != base + 32 * place for place, number in enumerate(SMALL_INTS)):
        raise RuntimeError("small ints are laid out otherwise")
    return base
