# status: -15
import os
import signal

print("about to go", flush=True)
os.kill(os.getpid(), signal.SIGTERM)
for k in range(10**9):
    pass
