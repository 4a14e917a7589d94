# status: 1
def fine():
    return 1


if True
    pass
