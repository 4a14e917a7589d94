NAME = "beside"


def fail():
    raise RuntimeError("in a folder")
