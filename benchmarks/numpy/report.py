"""python -m benchmarks.numpy.report FILE [--plot PICTURE] [--table TEXT]

What `python -m benchmarks.numpy.contest --json FILE` has measured, as a picture (a panel for each size: how many times as fast as NumPy each contestant is,
the programs in the order of framejit's gains, on a logarithmic axis) and as a table in Markdown.
"""

import argparse
import json

SIZES = ("small", "medium", "large")
MARKS = {"framejit": "o", "numba": "x", "jax": "+", "torch": "1"}


def gains(row):
    """Contestant -> times as fast as NumPy, of those that have run the program."""
    return {name: row["NumPy"][1] / found[1] for name, found in row.items() if name not in ("name", "NumPy") and isinstance(found, list)} if isinstance(row["NumPy"], list) else {}


def ordered(rows):
    """(name, gains) by framejit's gain; without programs that it or NumPy hasn't run."""
    known = [(row["name"], gains(row)) for row in rows]
    return sorted([(name, found) for name, found in known if "framejit" in found], key=lambda pair: pair[1]["framejit"])


def plot(everything, path):
    """`everything`: number of the size -> rows; the format goes by the file's ending."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(len(everything), 1, figsize=(13, 3.6 * len(everything)), squeeze=False)
    for axes, (number, rows) in zip(panels[:, 0], everything.items()):
        programs = ordered(rows)
        for who, mark in MARKS.items():
            places = [place for place, (_, found) in enumerate(programs) if who in found]
            axes.plot(places, [programs[place][1][who] for place in places], mark, label=who, markersize=5)
        axes.set_yscale("log")
        axes.set_title(f"{SIZES[int(number)]}: times as fast as NumPy", fontsize=9)
        axes.set_xticks(range(len(programs)), [name for name, _ in programs], rotation=90, fontsize=7)
        axes.axhline(1.0, color="black", linewidth=0.5)
    panels[0, 0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)


def table(everything):
    """Markdown: a table for each size; '-' where a contestant can't run a program, or gives another result."""
    lines = []
    for number, rows in everything.items():
        who = [name for name in MARKS if any([name in row for row in rows])]
        lines += [f"## {SIZES[int(number)].capitalize()}", "", "| program | NumPy, us | " + " | ".join(who) + " |", "|---|---:|" + "---:|" * len(who)]
        for row in rows:
            found = gains(row)
            plain = f"{row['NumPy'][1] * 1e6:,.1f}" if isinstance(row["NumPy"], list) else "-"
            lines.append(f"| {row['name']} | {plain} | " + " | ".join([f"{found[name]:.2f}" if name in found else "-" for name in who]) + " |")
        lines.append("")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numpy.report")
    parser.add_argument("file")
    parser.add_argument("--plot")
    parser.add_argument("--table")
    options = parser.parse_args()
    with open(options.file) as file:
        everything = json.load(file)
    if options.plot:
        plot(everything, options.plot)
    if options.table:
        with open(options.table, "w") as file:
            file.write(table(everything))
    if not options.plot and not options.table:
        print(table(everything))


if __name__ == "__main__":
    main()
