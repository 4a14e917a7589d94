"""No test uses, or leaves anything in, the user's folder of kept machine code; those that are about it have folders of their own."""

import os

os.environ["FRAMEJIT_CACHE"] = "0"
