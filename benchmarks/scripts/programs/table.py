"""Rows of a table summed up."""

import csv, io

rows = "\n".join((f"{i},{i * 0.5:.2f},name{i % 13},{i % 7}" for i in range(700000)))
tot = {}
for r in csv.reader(io.StringIO(rows)):
    k = r[2]
    v = float(r[1]) * int(r[3])
    if k not in tot:
        tot[k] = [0, 0.0]
    tot[k][0] += 1
    tot[k][1] += v
print(sorted(tot.items())[:2])
