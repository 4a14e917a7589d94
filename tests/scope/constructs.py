"""What the compiler takes, one small loop for each construct: (what, lines that make the function's data, the loop's body).

The loop has `n` turns of `i`; `s` is what the function returns, `x` a float and `k` an int that it is given."""

OPERATORS = [(f"int {op}", "", f"s += (i + 3) {op} (i % 7 + 1)") for op in ("+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", ">", ">=")]
OPERATORS += [(f"float {op}", "", f"s += (x + i) {op} (0.5 + i % 9)") for op in ("+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", ">", ">=")]
OPERATORS += [("int **", "", "s += (i % 9) ** 3"), ("unary", "", "s += -i + ~i + (+i) + (not i)"), ("chain", "", "s += 3 < i <= k + 50"),
              ("bool &", "", "s += (i > 3) & (i < k) | (i == 70)"), ("is", "a = None", "s += (a is None) + (i is True)"),
              ("in a range", "", "s += i in range(3, 900, 7)"), ("in a tuple", "", "s += i in (3, 5, 70)"), ("not in", "", "s += i not in (3, 5, 70)")]

FUNCTIONS = [(f"{call}", "", f"s += {call}") for call in (
    "abs(3 - i)", "abs(x - i)", "min(i, k)", "max(x, 0.5 + i)", "min(i, k, 7)", "round(x + i)", "round(x, 2)", "divmod(i, 7)[1]", "divmod(x + i, 0.7)[0]",
    "pow(x, 3.0)", "pow(i, 2)", "int(x + i)", "float(i)", "bool(i)", "int(i)", "len(range(i))", "len((i, k))")]
MATH = [(f"math.{call}", "", f"s += math.{call}") for call in (
    "sqrt(x + i)", "sin(x)", "cos(x)", "tan(x)", "exp(-x)", "log(x + i)", "log2(x + i)", "log10(x + i)", "log(x + i, 3.0)", "log1p(x)", "expm1(-x)", "floor(x + i)",
    "ceil(x + i)", "trunc(x + i)", "fabs(-x)", "pow(x, 2.5)", "atan(x)", "atan2(x, i)", "asin(0.5)", "acos(0.5)", "sinh(0.3)", "cosh(0.3)", "tanh(x)", "asinh(x)",
    "acosh(x + 1.0)", "atanh(0.5)", "hypot(x, 2.0)", "copysign(x, -1.0)", "fmod(x + i, 0.7)", "gcd(i, 12)", "lcm(i, 4)", "isqrt(i)", "comb(9, 3)", "perm(9, 3)",
    "factorial(7)", "gamma(x)", "lgamma(x)", "erf(x)", "erfc(x)", "isnan(x)", "isinf(x)", "isfinite(x)", "isclose(x, 2.5)", "degrees(x)", "radians(x)",
    "remainder(x, 0.7)", "ldexp(x, 3)", "frexp(x)[0]", "modf(x)[0]", "cbrt(x)", "exp2(x)", "nextafter(x, 9.0)", "ulp(x)", "pi", "inf * 0.0 != 0.0")]

CONTROL = [
    ("if and else", "", "if i % 3: s += 1\nelif i % 5: s += 2\nelse: s -= 1"), ("while", "", "j = i % 5\nwhile j > 0:\n    s += j\n    j -= 1"),
    ("break", "", "for j in range(5):\n    if j == 3: break\n    s += j"), ("continue", "", "if i % 2: continue\ns += i"),
    ("for and else", "", "for j in range(3):\n    s += j\nelse:\n    s += 100"), ("three deep", "", "for j in range(3):\n    for l in range(j):\n        s += l * j"),
    ("conditional expression", "", "s += i if i % 2 else -i"), ("and, or", "", "s += (i and k) + (i % 2 or 7)"), ("not", "", "if not i % 4: s += 1"),
    ("assert", "", "assert i >= 0, i\ns += i"), ("try", "", "try:\n    s += 7 // (i + 1)\nexcept ZeroDivisionError:\n    s = -1"),
    ("early return", "", "if s > 10**15: return s\ns += i"), ("walrus", "", "if (j := i * 2) > 7: s += j"), ("range with a step", "", "for j in range(i % 9, -4, -2): s += j"),
    ("enumerate", "a = [1, 2, 3]", "for j, v in enumerate(a): s += j * v"), ("zip", "a = [1, 2]\nb = [2.5, 3.5]", "for v, w in zip(a, b): s += v * w"),
    ("reversed", "a = [1, 2, 3]", "for v in reversed(a): s = s // 2 + v"), ("reversed range", "", "for j in reversed(range(4)): s = s // 2 + j")]

LISTS = [
    ("list read", "a = [1, 2, 3]", "s += a[i % 3] + a[-1]"), ("list store", "a = [0] * 8", "a[i % 8] += i\ns += a[i % 8]"), ("append", "a = []", "a.append(i)\ns += a[-1]"),
    ("pop", "a = [3]", "a.append(i)\ns += a.pop()"), ("len", "a = [3]", "s += len(a)"), ("iterate", "a = [1.5, 2.5]", "for v in a: s += v"),
    ("[0] * n", "", "a = [0] * 4\na[i % 4] = i\ns += a[2]"), ("list of lists", "a = [[1, 2], [3, 4]]", "s += a[i % 2][1]\na[0][i % 2] = i"),
    ("row", "a = [[1.5, 2.5], [3.5, 4.5]]", "r = a[i % 2]\nr[0] += 0.5\ns += r[1]"), ("bools", "a = [True] * 9", "a[i % 9] = i % 2 == 0\nif a[3]: s += 1"),
    ("over a constant", "", "for j in (3, 1, 4): s += j * i"), ("over a tuple", "a = (1.5, 2.5)", "for v in a: s += v"),
    ("tuple", "", "t = (i, k, x)\ns += t[0] + t[2]"), ("unpacking", "", "u, (v, w) = i, (k, x)\ns += u + v + w"), ("swap", "u = 1\nv = 2", "u, v = v, u + i % 3\ns += u")]

ARRAYS = [(f"{kind} element", f"a = np.arange(8).astype(np.{kind})", "s += float(a[i % 8])\na[i % 8] = i % 2")
          for kind in ("bool_", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64")]
ARRAYS += [
    ("a[i, j]", "a = np.ones((4, 5))", "s += a[i % 4, -1]\na[-1, i % 5] += x"), ("a[i][j]", "a = np.ones((4, 5))", "s += a[i % 4][2]\na[1][i % 5] = x"),
    ("three axes, turned", "a = np.ones((3, 4, 5)).T[::-1]", "s += a[1, i % 4, 2]"), ("shape, ndim, size, len", "a = np.ones((4, 5))", "s += a.shape[1] + a.ndim + a.size + len(a)"),
    ("augmented", "a = np.zeros(3)", "a[i % 3] *= 0.5\na[i % 3] -= x\ns += a[0]"), ("np.pi", "", "s += np.pi * i"), ("strided", "a = np.ones(20)[::3]", "s += a[i % 7]")]
SCALARS = [(f"np.{kind}", f"a = np.{kind}(3)", f"s = s + int(a + np.{kind}(2)) + (a > 1)\nb = a * a") for kind in
           ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64")]
SCALARS += [("np.bool_", "a = np.bool_(True)", "s += bool(a) & (i > 3)")]
GLOBALS = [("global read", "", "s += SCALE * i"), ("global written", "", "global COUNT\nCOUNT += 1\ns += COUNT % 2")]

CONSTRUCTS = OPERATORS + FUNCTIONS + MATH + CONTROL + LISTS + ARRAYS + SCALARS + GLOBALS
