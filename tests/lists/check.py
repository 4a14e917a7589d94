"""`python -m tests.lists.check --count 1000`: random functions over lists, plain and accelerated, compared."""

import argparse
import faulthandler

import framejit
from tests.lists.programs import program
from tests.random import observe

DATA = {"int": "[3, 100000, 5, 70000]", "float": "[0.5, 2.25, 1e300, -0.0]", "bool": "[True, False, False, True]"}
CALLS = ("7, 1.5", "7, 1.5", "5, 0.25", "9, 2", "3, 0.5", "7, 1.5")


def outcomes(text, kind, accelerated):
    """What was seen of each call, with the module's globals behind it."""
    namespace = {}
    exec(compile(text, observe.FILENAME, "exec"), namespace)
    function = framejit.jit(namespace["f"]) if accelerated else namespace["f"]
    return [observe.call(function, namespace, f"({numbers}, {DATA[kind]})") for numbers in CALLS]


def differences(seed):
    """Text of what differs, or None."""
    text, kind = program(seed)
    plain, fast = (outcomes(text, kind, accelerated) for accelerated in (False, True))
    for number, (one, other) in enumerate(zip(plain, fast)):
        for aspect in one:
            if one[aspect] != other[aspect]:
                return f"seed {seed}, call {number}, {aspect}:\n  plain {one[aspect]}\n  fast  {other[aspect]}\n{text}"
    return None


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.lists.check", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    faulthandler.enable()
    failed = 0
    for seed in range(options.seed, options.seed + options.count):
        print("seed", seed, end="\r", flush=True)
        found = differences(seed)
        if found:
            failed += 1
            print(found)
    stats = framejit.stats()
    print(f"{options.count} programs, {failed} differ, {stats['native_entries']} native entries, {stats['native_iterations']} iterations, "
          f"{stats['exits']} exits, {stats['callouts']} call-outs")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
