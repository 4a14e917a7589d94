# status: 1
def fail(kind):
    raise kind("inner")


problems = []
for kind in (ValueError, TypeError):
    try:
        fail(kind)
    except Exception as error:
        problems.append(error)
try:
    raise problems[0]
except ValueError:
    raise ExceptionGroup("both", problems)
