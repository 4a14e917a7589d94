# Processes that import the main module by its path, and a script that starts itself.
import multiprocessing
import subprocess
import sys


def square(x):
    return x * x


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(square(int(sys.argv[1])))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(square, range(5)))
    print(subprocess.run([sys.executable, __file__, "5"]).returncode)
