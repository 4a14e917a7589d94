"""Mandelbrot"s set in letters."""

for y in list(range(-39, 39)) * 25:
    line = ""
    for x in range(-39, 39):
        c = complex(x / 20 - 0.5, y / 20)
        z = 0
        for i in range(200):
            z = z * z + c
            if abs(z) > 2:
                break
        line += " .:-=+*#%@"[i * 9 // 199]
    if y % 20 == 0:
        print(line)
