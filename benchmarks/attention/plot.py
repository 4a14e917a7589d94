"""How many times as fast as NumPy each contestant is: bars for each shape and dtype, on a logarithmic axis."""


def plot(rows, path):
    """`rows`: name of a shape -> {contestant: times as fast as NumPy}; the format goes by the file's ending."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(11, 4))
    who = list(dict.fromkeys(name for gains in rows.values() for name in gains if name != "NumPy"))
    width = 0.8 / max(len(who), 1)
    for place, name in enumerate(who):
        axes.bar([index + place * width for index in range(len(rows))], [gains.get(name, 0) for gains in rows.values()], width, label=name)
    axes.set_yscale("log")
    axes.set_ylabel("times as fast as NumPy")
    axes.set_xticks([index + 0.4 - width / 2 for index in range(len(rows))], list(rows), rotation=20, ha="right", fontsize=8)
    axes.axhline(1.0, color="black", linewidth=0.5)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)


__all__ = ["plot"]
