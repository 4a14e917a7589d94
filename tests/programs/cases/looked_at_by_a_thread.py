# native: entry
# Another thread looks at the main thread's frames while it runs, is compiled, and runs again: lines and locals make sense.
import sys
import threading
import time

main = threading.main_thread().ident
strange = []
looks = 0
stop = False


def look():
    global looks
    while not stop:
        frame = sys._current_frames().get(main)
        while frame is not None and frame.f_code.co_name != "work":
            frame = frame.f_back
        if frame is not None:
            line, seen = frame.f_lineno, dict(frame.f_locals)
            looks += 1
            if line is None or not frame.f_code.co_firstlineno <= line <= frame.f_code.co_firstlineno + 5:
                strange.append(line)
            if "a" in seen and "b" in seen and seen["b"] - seen["a"] not in (-1, 0, 1):
                strange.append(seen)
        time.sleep(0.001)


def work(n):
    a = b = 0
    for k in range(n):
        a = k
        b = k + 1
    return a, b


thread = threading.Thread(target=look)
thread.start()
for turn in range(60):
    result = work(100000)
while not looks:
    work(100000)
result = [work(turn * 0 + 50000) for turn in range(60)][-1]
stop = True
thread.join()
print(result, strange[:5], looks > 0)
