# native: loop
# Exceptions that are raised and caught in loops: those that nobody sees, and real ones, of native operations, call-outs, `raise` and managers.
import sys
import traceback
import weakref


class Own(ValueError):
    pass


class Kept(Exception):
    def __init__(self, number):
        self.number = number

    def __del__(self):
        ends.append(self.number)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        ends.append((self.name, sys.exc_info()[0]))


ends = []


def unseen(keys, table, numbers, texts):
    missing = wrong = zero = far = 0
    for position, key in enumerate(keys):
        try:
            missing += table[key]
        except KeyError:
            missing -= 1
        try:
            zero += 100 // (position % 5)
        except (ValueError, ZeroDivisionError):
            zero -= 3
        else:
            zero += 1
        try:
            far += numbers[position % 9]
        except LookupError as error:
            far += 1
        finally:
            far += 2
        try:
            wrong += int(texts[position % 3])
        except ValueError:
            if position % 2:
                wrong += 1
            else:
                wrong -= 1
        try:
            if position % 11 == 10:
                raise Own(position)
            if position % 13 == 12:
                raise KeyError
        except Own:
            continue
        except LookupError:
            pass
        wrong += 1
    return missing, wrong, zero, far


def described(error):
    lines = [(entry.name, entry.lineno, entry.colno, entry.end_colno) for entry in traceback.extract_tb(error.__traceback__)]
    return repr(error), lines, error.__context__ and described(error.__context__), error.__cause__ and repr(error.__cause__)


def seen(keys, table):
    notes = []
    for key in keys:
        try:
            try:
                value = table[key] // (key % 4)
            except KeyError as error:
                notes.append(described(error))
                if key % 3 == 1:
                    raise Own(key) from error
                if key % 3 == 2:
                    raise
                notes.append(sys.exc_info()[1] is error)
            finally:
                notes.append(sys.exc_info()[0])
        except (Own, KeyError) as error:
            notes.append(described(error))
        except ZeroDivisionError:
            notes.append(traceback.format_exc())
        notes.append(sys.exc_info())
    return notes


def held(count):
    for k in range(count):
        noisy = Noisy(k)
        try:
            if k % 3 == 0:
                raise Kept(k)
            if k % 3 == 1:
                raise ValueError(Noisy(-k))
            noisy = None
        except Kept as error:
            reference = weakref.ref(error)
            ends.append(("handled", error.number))
        except ValueError as error:
            ends.append(("handled", len(error.args)))
        ends.append(k)
    return reference()


class Suppressing:
    def __init__(self, kinds):
        self.kinds = kinds
        self.seen = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.seen.append((kind, repr(error), trace and trace.tb_lineno, sys.exc_info()[1] is error))
        return kind is not None and issubclass(kind, self.kinds)


def managed(count):
    manager, total = Suppressing(ArithmeticError), 0
    for k in range(count):
        with manager as entered:
            total += 100 // (k % 7)
            if k % 5 == 4:
                continue
            total += entered is manager
        total += 1
    return total, manager.seen


def rebound(count):
    global KeyError
    table, total = {1: 1}, 0
    try:
        for k in range(count):
            try:
                total += table[k % 2]
            except KeyError:
                total += 2
            if k == count // 2:
                KeyError = IndexError
    except Exception as error:
        return total, k, described(error)
    finally:
        del KeyError


def changed(count):
    total = 0
    for k in range(count):
        try:
            if k % 2:
                raise Own(k)
        except ValueError as error:
            total += k
        if k == count // 2:
            change()
    return total


def change():
    Own.__init__ = lambda self, *values: ends.append(values[0] > 1000)


def traced(count, table):
    events, total = [], 0

    def tracer(frame, event, argument):
        if frame.f_code.co_name == "traced":
            events.append((frame.f_lineno, event, argument and event == "exception" and argument[0]))
        return tracer

    def begin():
        sys.settrace(tracer)
        sys._getframe(1).f_trace = tracer

    for k in range(count):
        try:
            total += table[k]
        except KeyError:
            total -= 1
            if k == count - 5:
                begin()
        if k == count - 2:
            sys.settrace(None)
    return total, events


def leaving(keys, table):
    for key in keys:
        try:
            try:
                found = table[key]
            except KeyError:
                found = -1
                if key > 500:
                    return "returned", key
                if key % 100 == 99:
                    break
            else:
                if found > 1500:
                    raise StopIteration(found)
        finally:
            ends.append(key)
    return "broken", key, found


numbers, texts = [3, 1, 4, 1, 5, 9, 2], ["17", "x", "-4"]
table = {k: 2 * k for k in range(0, 4000, 3)}
for _ in range(3):
    print(unseen(list(range(60000)), table, numbers, texts))
for _ in range(3):
    print(seen(list(range(40)), table)[-9:], len(repr(seen(list(range(400)), table))))
print(held(300), ends[-20:], len(ends))
ends.clear()
print(managed(300)[0], managed(60)[1])
for _ in range(3):
    print(rebound(2000))
for _ in range(3):
    print(traced(300, table))
for keys in ([k for k in range(0, 3000, 3)], [2, 99], [501, 502], list(range(98)) * 9 + [199]):
    for _ in range(3):
        try:
            print(leaving(keys, table), len(ends))
        except StopIteration as error:
            print(described(error), len(ends))
ends.clear()
for _ in range(3):
    print(changed(3000), len(ends))
