"""The ratios as bars: how many times faster than plain Python each contestant is, on a logarithmic axis."""

from benchmarks.loops import measure


def plot(rows, path):
    """Writes a picture; the format goes by the file's ending."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(11, 4.5))
    present = [who for who in ("framejit", "numba", "c") if any(who in row["seconds"] for row in rows)]
    width = 0.8 / max(len(present), 1)
    for place, who in enumerate(present):
        heights = [measure.ratio(row, "python", who) or 0 for row in rows]
        axes.bar([index + place * width for index in range(len(rows))], heights, width, label=who)
    axes.set_yscale("log")
    axes.set_ylabel("times faster than CPython")
    axes.set_xticks([index + 0.4 - width / 2 for index in range(len(rows))], [row["name"] for row in rows], rotation=40, ha="right")
    axes.axhline(1.0, color="black", linewidth=0.5)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)
