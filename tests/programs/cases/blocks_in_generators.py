# native: loop
# alone: yes
"""Blocks in generators, coroutines and asynchronous generators: across yields, closed within, never finished."""

import asyncio
import gc

import framejit


def turns(n):
    s = 0
    with framejit.jit():
        for turn in range(4):
            for k in range(n):
                s += k * turn
            got = yield s
            if got is not None:
                s = got
    yield "done", s


def closed(n):
    try:
        with framejit.jit() as block:
            s = 0.0
            for k in range(n):
                s += k
            yield s
            for k in range(n):
                s -= 0.5 * k
            yield s
    except GeneratorExit:
        print("closed at", s)
        raise
    finally:
        print("finally", k)


def thrown(n):
    s = 0
    while True:
        try:
            with framejit.jit():
                for k in range(n):
                    s += k
                yield s
        except ValueError as error:
            print("thrown", error, s)
            s = 0


async def waits(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k
        await asyncio.sleep(0)
        for k in range(n):
            s -= k * 2
    return s


async def steps(n):
    s = 0
    with framejit.jit():
        for turn in range(3):
            for k in range(n):
                s += k
            yield s


async def together():
    print(await asyncio.gather(*[waits(n) for n in (100, 2000, 30)]))
    print([s async for s in steps(1000)])
    unfinished = steps(500)
    print(await unfinished.__anext__())
    await unfinished.aclose()


print(list(turns(2000)))
walk = turns(500)
print(next(walk), walk.send(10), walk.send(-5.5), next(walk), next(walk))
for _ in range(2):
    one = closed(1500)
    print(next(one))
    one.close()
    two = closed(1000)
    print(next(two), next(two))
    del two
gc.collect()
three = thrown(700)
print(next(three), three.throw(ValueError("first")), next(three), three.throw(ValueError("second")))
three.close()
asyncio.run(together())
kept = closed(300)
print(next(kept))
