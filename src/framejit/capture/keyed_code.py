"""Code that walks over what a builtin consumes: of each place's own, since what is learned of items and results is learned of code."""


def code_of(machine, instruction, body):
    known, place = machine.hints.keyed, (instruction.unit, body.__name__)
    if place not in known:
        known[place] = body.__code__.replace(co_firstlineno=max(instruction.line - 1, 1))
    return known[place]


__all__ = ["code_of"]
