# What the programs of objects and who keeps them share.

class Counted:
    """Counts in l[0] that it dies."""

    def __init__(self, l): self.l = l
    def __del__(self): self.l[0] += 1


ended = []


class Named:
    """Notes in `ended` that it dies."""

    def __init__(self, name): self.name = name
    def __del__(self): ended.append(self.name)


def run(function, arguments, turns=3000):
    """Calls a function again and again; what it gives back, and objects made behind it that may lie where it freed too much."""
    for k in range(turns):
        got = function(*arguments(k))
        others = [float(j) + .5 for j in range(20)] + [10**6 + j for j in range(20)]
        if k % (turns // 6) == 0:
            print(function.__name__, got, len(others))
    print(got)


if __name__ == "__main__":
    run(divmod, lambda k: (k, 7), 600)
