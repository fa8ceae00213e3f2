"""A fictional prison and probation service, as plain values.

No person, place or event here is real. `make_world` is a pure function of its
arguments: the same seed gives the same world. Nothing in this package knows
Django or a database; `demo.fill` loads what it returns.
"""

from daybook.demo.world.making import make_world
from daybook.demo.world.shapes import World

__all__ = ["World", "make_world"]
