"""Looks that compile whatever they find, and come where programs ask for them (`machine.look_here`)."""

from contextlib import contextmanager

import framejit
from framejit import _machine as machine
from framejit.runtime.controller import controller

FAR_APART = 10_000_000      # microseconds


@contextmanager
def asked_for(**settings):
    """`settings`: beside those that this takes.  Where others want the sampler, too, it goes on as often as it did."""
    framejit.enable()
    found = controller()
    found.settings = found.enabled = found.enabled.replaced({"eager": True, "samples_before_compile": 1, **settings})
    machine.first_looks(True)
    machine.sampler_pace(FAR_APART)
    try:
        yield found
    finally:
        framejit.disable()
        machine.sampler_stop()
        if found.is_looking():
            machine.sampler_start(found.defaults.sampler_interval)
