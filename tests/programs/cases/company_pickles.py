# native: entry
# alone: yes
# Compiled functions, their instances and closures that are pickled, copied, and sent by value with cloudpickle (where it is there).

import copy
import functools
import pickle
import subprocess
import sys

try:
    import cloudpickle
except ImportError:
    cloudpickle = None

import framejit

FACTOR = 3


@framejit.jit
def scaled(n, by=2):
    """Sums of multiples."""
    total = 0
    for k in range(n):
        total += k * by * FACTOR
    return total


def maker(offset):
    @framejit.jit
    def shifted(n):
        total = 0
        for k in range(n):
            total += k + offset
        return total

    return shifted


class Walk:
    def __init__(self, steps):
        self.steps = steps
        self.place = 0.0

    @framejit.jit
    def go(self, n):
        for k in range(n):
            self.place += self.steps[k % 3]
        return self.place


def by_value(function):
    """The function as another process would get it."""
    return function if cloudpickle is None else pickle.loads(cloudpickle.dumps(function))


def elsewhere(function, n):
    """What a process says that gets the function by value and knows nothing of framejit."""
    if cloudpickle is None:
        return f"{function(n)}\n"
    program = "import pickle, sys; sys.modules['framejit'] = None; print(pickle.load(sys.stdin.buffer)(%d))" % n
    done = subprocess.run([sys.executable, "-E", "-c", program], input=cloudpickle.dumps(function), capture_output=True)
    return done.stdout.decode() or done.stderr.decode()


for turn in range(3):
    print(scaled(2000), maker(5)(2000))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        print(pickle.loads(pickle.dumps(scaled, protocol)) is scaled, pickle.loads(pickle.dumps(functools.partial(scaled, by=4), protocol))(100))
    print(copy.copy(scaled) is scaled, copy.deepcopy([scaled])[0] is scaled)
    walk = Walk([1.0, -0.5, 0.25])
    walk.go(1000)
    other = pickle.loads(pickle.dumps(walk))
    print(walk.go(1000) == other.go(1000), sorted(other.__dict__.items()), pickle.loads(pickle.dumps(walk.go))(10))
    shifted = by_value(maker(7))
    for again in range(3):
        print(shifted(2000), shifted.__name__, by_value(lambda n: scaled(n) + 1)(1000))
    try:
        pickle.dumps(maker(5))
    except (AttributeError, pickle.PicklingError) as error:
        print(type(error).__name__, str(error)[:20])
    sent = by_value(scaled)
    print(sent(1500), sent.__defaults__, sent.__doc__, sent.__name__)
    print(elsewhere(shifted, 100), elsewhere(sent, 100), elsewhere(maker(1), 10))
