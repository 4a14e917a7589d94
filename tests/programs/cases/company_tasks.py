# native: loop
# alone: yes
# Tasks of asyncio that run compiled functions, blocks around `await`, executors, timeouts, cancellation, signals to the loop.

import asyncio
import contextvars
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import framejit

WHO = contextvars.ContextVar("who", default="nobody")


@framejit.jit
def summed(n, step):
    total = 0
    for k in range(n):
        total += k * step % 11
    return total


async def works(name, n):
    WHO.set(name)
    total = 0
    with framejit.jit():
        for k in range(n):
            total += k * k % 13
            if k % (n // 3) == 0:
                await asyncio.sleep(0)
                total += len(WHO.get())
    return name, total, WHO.get()


async def numbers(n):
    for k in range(n):
        if k % 100 == 0:
            await asyncio.sleep(0)
        yield k


async def cancelled():
    task = asyncio.create_task(works("late", 10**8))
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        return error.args
    return "not cancelled"


async def timed():
    try:
        async with asyncio.timeout(0.05):
            while True:
                summed(1000, 3)
                await asyncio.sleep(0)
    except TimeoutError:
        return "in time"


async def signalled():
    seen = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, seen.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    total = summed(200_000, 5)
    await asyncio.wait_for(seen.wait(), 20)
    return total


async def main():
    print(await asyncio.gather(*[works(f"w{k}", 3000 + k) for k in range(4)]))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(3) as pool:
        print(await asyncio.gather(*[loop.run_in_executor(pool, summed, 3000, k) for k in range(5)]))
    print(await asyncio.gather(*[asyncio.to_thread(summed, 2000, k) for k in range(3)]))
    print(sum([k * 2 async for k in numbers(1000)]), await cancelled(), await timed(), await signalled())
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(works("g", 2000 + k)) for k in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(works("g", 2000))
            group.create_task(asyncio.to_thread(summed, "many", 1))
    except* TypeError as group:
        print(group.exceptions)


for turn in range(3):
    asyncio.run(main())
