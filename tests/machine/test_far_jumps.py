"""Jumps of copied code, whose own length is part of the distance."""

import opcode

import pytest

from framejit import _machine as machine


@pytest.mark.parametrize("distance", (2, 255, 256, 257, 258, 259, 65535, 65536, 65537, 65538, 65539, 70000))
def test_a_jump_leads_to_its_target(distance):
    jump = machine.forward_jump(1000, 1000 + distance)
    units = list(zip(jump[::2], jump[1::2]))
    argument = 0
    for operation, part in units:
        argument = argument << 8 | part
    assert [operation for operation, _ in units[:-1]] == [opcode.opmap["EXTENDED_ARG"]] * (len(units) - 1)
    assert units[-1][0] == opcode.opmap["JUMP_FORWARD"] and len(units) + argument == distance
