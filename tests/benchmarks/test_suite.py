"""`python -m benchmarks.suite` on a folder that looks like pyperformance's."""

import json
import subprocess
import sys

PROGRAM = """
import pyperf
import MODULE

def squares(n):
    s = 0
    for k in range(n):
        s += k * k
    print(s)

def timed(loops, n):
    start = pyperf.perf_counter()
    for _ in range(loops):
        squares(n)
    return pyperf.perf_counter() - start

async def waits():
    squares(20000)

if __name__ == "__main__":
    runner = pyperf.Runner()
    runner.metadata["description"] = "squares"
    runner.argparser.add_argument("--size", type=int, default=20000)
    args = runner.parse_args()
    runner.bench_func("function", squares, args.size)
    runner.bench_time_func("timed", timed, args.size)
    runner.bench_async_func("asynchronous", waits)
"""


def test_rows(tmp_path):
    for name, module in (("bm_squares", "math"), ("bm_absent", "no_such_module")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "run_benchmark.py").write_text(PROGRAM.replace("MODULE", module))
        (folder / "pyproject.toml").write_text(f'[tool.pyperformance]\nname = "{name[3:]}"\n')
    ran = subprocess.run([sys.executable, "-m", "benchmarks.suite", "--folder", str(tmp_path), "--turns", "6", "--json", str(tmp_path / "rows")],
                         capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = json.loads((tmp_path / "rows").read_text())
    assert [row["name"] for row in rows] == ["function", "timed", "asynchronous"]
    assert all(row["same"] for row in rows) and any(row["regions_compiled"] for row in rows)
    assert "absent (ModuleNotFoundError: No module named 'no_such_module')" in ran.stdout
