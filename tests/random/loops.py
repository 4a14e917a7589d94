"""The loops among the random statements; every one ends after a bounded number of turns."""


class Loops:
    """The writer's loop statements: mixed into `statements.Writer`, whose state they use."""

    def loop(self):
        """One of the kinds of loops, with an `else` now and then."""
        table = [(5, Loops.counted_loop), (3, Loops.element_loop), (1, Loops.row_loop), (2, Loops.while_loop)]
        return self.random.choices([write for _, write in table], [weight for weight, _ in table])[0](self)

    def counted_loop(self, long=False):
        """`for i in range(...)`."""
        name = self.new_name("i")
        if long:
            trips = self.random.choice([30, 60, 100, 200])
        else:
            trips = self.random.choice([3, 5, 10])
        variable = self.variable("int", 0)
        step = self.random.choice([2, 3, -1, -2])
        ranges = [f"range({trips})", f"range({trips})", f"range({variable} % {trips} + 2)", f"range(1, {trips})",
                  f"range({trips}, 0, -1)", f"range({trips // 2}, -{trips // 2}, {step})", f"range({trips - 2}, {trips} * 2)"]
        counted = self.far_range() if self.chance(0.08) else self.random.choice(ranges)
        return self.finish(name, counted, trips, [name], True)

    def far_range(self):
        """A few numbers beside the ends of machine integers, upwards or downwards."""
        end = self.random.choice([2**31, 2**53, 2**62, 2**63 - 1, 2**63]) - self.random.randrange(3)
        step, turns = self.random.choice([1, 1, 2, 3, 7, 2**31, 2**40]), self.random.choice([1, 2, 3, 5])
        first, stop = end - step * turns - self.random.randrange(2), end
        if self.chance(0.5):
            first, stop, step = -first, -stop, -step
        counted = f"range({first}, {stop}, {step})" if step != 1 else f"range({first}, {stop})"
        return f"reversed({counted})" if self.chance(0.2) else counted

    def element_loop(self):
        """Over a list, an array, a tuple, or enumerate, zip and reversed of them."""
        kind = self.random.choice([kind for kind in self.kinds if kind[0] in "la"] or ["lint"])
        sequence = self.expression(kind, 0)
        other = self.expression(self.random.choice(["lint", "lfloat"]), 0)
        element, place = self.new_name("e"), self.new_name("i")
        trips = 12
        if kind == "lobj":
            return self.finish(element, sequence, trips, [element], False, "obj")
        table = [(element, sequence), (element, sequence), (f"{place}, {element}", f"enumerate({sequence})"), (f"{element}, {place}", f"zip({sequence}, {other})"),
                 (element, f"reversed({sequence})"), (element, f"({self.expression('num', 0)}, 2.5, {self.expression('int', 0)})"),
                 (f"{place}, {element}", f"enumerate({sequence}, 1)"), (f"({place}, {element})", f"zip(range(9), {sequence})")]
        target, iterated = self.random.choice(table)
        names = [name for name in (element, place) if name in target]
        if self.chance(0.25):
            return self.named_loop(target, iterated, trips, names)
        return self.finish(target, iterated, trips, names, False)

    def named_loop(self, target, iterated, trips, names):
        """The loop's iterator has a name; the body, and what comes behind, move it, too."""
        walk, left = self.new_name("w"), self.new_name("n")
        iterated = iterated if iterated.startswith(("enumerate", "zip", "reversed")) else f"iter({iterated})"
        lines = self.finish(target, walk, trips, names, False)
        last = next((at for at, line in enumerate(lines) if line == "else:"), len(lines))
        lines.insert(last, f"    if {self.expression('bool', 2)}: next({walk}, None)")
        self.bound[left] = "int"
        return [f"{walk} = {iterated}", *lines, f"{left} = len(list({walk})) + ({walk} is None)"]

    def row_loop(self):
        """Over the rows of a list of lists."""
        name = self.new_name("r")
        return self.finish(name, self.expression("llist", 0), 4, [name], False, "lint")

    def finish(self, target, iterated, trips, names, index, kind="num"):
        """Head, body and perhaps an `else`; the loop's variables are bound in the body only, for sure."""
        before, kept, indices = dict(self.bound), set(self.kept), list(self.indices)
        if index:
            self.bound[names[0]] = "int"
            self.kept.add(names[0])
            self.indices += names
        else:
            self.bound.update({name: kind for name in names})
        self.loops += 1
        self.fuel *= trips
        body = self.block(5)
        self.fuel //= trips
        self.loops -= 1
        self.perhaps.update({name: self.bound.get(name, "num") for name in names})
        self.bound = {name: kind for name, kind in before.items() if self.bound.get(name) == kind}
        self.kept, self.indices = kept, indices
        lines = [f"for {target} in {iterated}:", *body]
        if self.chance(0.12):
            lines += ["else:", *self.block(2)]
        return lines

    def while_loop(self):
        """`while` with a counter that bounds it, first thing in its body."""
        name = self.new_name("k")
        trips = self.random.choice([5, 10])
        self.bound[name] = "int"
        self.kept.add(name)
        self.indices.append(name)
        self.loops += 1
        self.fuel *= trips
        condition = self.expression("bool", 2)
        body = self.block(4)
        self.fuel //= trips
        self.loops -= 1
        self.indices.remove(name)
        head = f"while {name} < {trips} and {condition}:" if self.chance(0.7) else f"while {name} < {trips}:"
        lines = [f"{name} = 0", head, f"    {name} += 1", *body]
        if self.chance(0.15):
            lines += ["else:", *self.block(2)]
        return lines

    def new_name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"
