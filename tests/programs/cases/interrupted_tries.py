# native: loop
# A signal's handler raises while a loop that begins a `try` runs: which `finally` and `except` hear of it is the interpreter's business.
import signal
import sys
import traceback


def stop(number, frame):
    raise KeyError("stopped")


def whole(x):
    try:
        while True: x += 1  # noqa: E701  (on one line the loop's header begins the try)
    finally:
        print("finally of whole")


def nested(x):
    try:
        try:
            while True: x += 1  # noqa: E701
        except KeyError:
            print("inner")
    except KeyError:
        print("outer")


def within(x):
    while True:
        try:
            while True:
                x += 1
                if x % 3 == 0:
                    continue
                x += 2
        except KeyError:
            print("within")
            return


def behind(x):
    y = x * 2
    try:
        y += 1
        while True:
            x += 1
    except KeyError:
        print("behind", y)


signal.signal(signal.SIGVTALRM, stop)
for function in (whole, nested, within, behind):
    for turn in range(3):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.3)
        try:
            function(turn)
        except KeyError:
            frames = [(frame.name, frame.lineno) for frame in traceback.extract_tb(sys.exc_info()[2])]
            print(function.__name__, "raised", [name for name, _ in frames])
