"""What nobody should wait for is compiled beforehand."""

from daybook.signals import Parameters, change, filter, limits, steps, surprise
from daybook.signals.record import Steps, apart
from daybook.signals.record.invented import Wing, invent
from daybook.signals.warm import warm

COMPILED = [
    each
    for module in (filter, limits, steps, surprise)
    for each in vars(module).values()
    if hasattr(each, "signatures")
]


def test_nothing_is_left_to_compile_for_whoever_comes_first() -> None:
    warm()
    beforehand = [list(each.signatures) for each in COMPILED]
    written = invent(Wing(people=30, days=120), seed=2).written
    change(written.ratings(), Parameters(low=1, high=5))
    apart(written, Steps(1, 5))
    assert any(beforehand)
    assert [list(each.signatures) for each in COMPILED] == beforehand
