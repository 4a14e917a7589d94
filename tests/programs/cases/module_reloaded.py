# native: loop
# A module is changed and reloaded while its functions are compiled, then removed.
import gc
import importlib
import pathlib
import sys
import tempfile
import weakref

TEXT = """
FACTOR = {factor}

def helper(x):
    return x {sign} FACTOR

def hot(n):
    total = 0
    for k in range(n):
        total = (total * 3 + k) % 1000003
        total = (total {sign} FACTOR * k) % 1000003
        total = (total * 5 + k) % 1000003
        if k % 1000 == 0:
            total += helper(k)
    return total
"""

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "reloaded_often.py"
    sys.path.insert(0, folder)
    module = None
    for turn, (factor, sign) in enumerate([(2, "+"), (3, "-"), (2.5, "+"), (4, "*"), (2, "+")]):
        path.write_text(TEXT.format(factor=factor, sign=sign))
        importlib.invalidate_caches()
        before = weakref.ref(module.hot) if module else None
        module = importlib.reload(module) if module else importlib.import_module("reloaded_often")
        gc.collect()
        print(turn, module.hot(30_000), module.hot(50), before and before())

    hot, ends = module.hot, weakref.ref(module, lambda _: print("the module is gone"))
    del sys.modules["reloaded_often"], module
    gc.collect()
    print(hot(30_000), ends())
    ends = weakref.ref(hot, lambda _: print("the function is gone"))
    del hot
    gc.collect()
    print(ends())
