# native: loop
# A call gives a name an object of another type that lies where the old one lay.
class Other:
    __slots__ = ("a", "b", "c")

def fill():
    return [[] for _ in range(200)]

thing = [1.0, 2.0]
def act(turn):
    global thing
    if turn % 50 == 49:
        spare = [Other() for _ in range(64)]
        made = []
        many = fill()
        del many
        address = id(thing)
        thing = 0
        for _ in range(4):
            made.append(Other())
            if id(made[-1]) == address:
                hits.append(turn)
        thing = made[0]
        if id(thing) != address:
            for item in made:
                if id(item) == address:
                    thing = item

hits = []
bad = total = 0
for turn in range(3000):
    thing = [turn * 1.0, 2.0, 5.5]
    act(turn)
    try:
        total += thing[0] if turn % 3 else thing[1]
    except TypeError as e:
        bad += 1
print(total, bad)
