"""Expressions in Polish notation, by a table of operators."""

import operator

OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def value(words):
    stack = []
    for word in words:
        if word in OPERATORS:
            b = stack.pop()
            a = stack.pop()
            stack.append(OPERATORS[word](a, b))
        else:
            stack.append(float(word))
    return stack[0]


words = "3 4 + 2 * 7 / 5 6 * - 8 2 / + 1.5 *".split()
total = 0.0
for i in range(400000):
    words[0] = str(i % 17)
    total += value(words)
print(total)
