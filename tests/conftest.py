"""No test uses, or leaves anything in, the user's folder of kept machine code; those that are about it have folders of their own.  Calls that are
to run natively all do: none is left to the interpreter to see who is faster, but in whole programs and in tests/machine/test_trial.py."""

import os

os.environ["FRAMEJIT_CACHE"] = "0"
os.environ["FRAMEJIT_TRIAL"] = "0"
