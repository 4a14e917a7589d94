"""The gains over NumPy as bars, a picture for each size beside the others, on a logarithmic axis."""


def plot(tables, path):
    """`tables`: n -> {program: {contestant: times as fast as NumPy}}; the format goes by the file's ending."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, all_axes = pyplot.subplots(len(tables), 1, figsize=(11, 3.2 * len(tables)), squeeze=False)
    for axes, (n, rows) in zip(all_axes[:, 0], tables.items()):
        who = list(dict.fromkeys(name for gains in rows.values() for name in gains))
        width = 0.8 / max(len(who), 1)
        for place, name in enumerate(who):
            axes.bar([index + place * width for index in range(len(rows))], [gains.get(name, 0) for gains in rows.values()], width, label=name)
        axes.set_yscale("log")
        axes.set_title(f"n = {n:,}: times as fast as NumPy", fontsize=9)
        axes.set_xticks([index + 0.4 - width / 2 for index in range(len(rows))], list(rows), rotation=25, ha="right", fontsize=8)
        axes.axhline(1.0, color="black", linewidth=0.5)
    all_axes[0, 0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)


__all__ = ["plot"]
