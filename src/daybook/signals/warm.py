"""Compiling the inner loops before anybody waits for them.

What is compiled is kept (`daybook.signals.compiled`), but after an installation or an upgrade
somebody is first, and would wait for half a minute. Run as a program beside other work, this
compiles what charts and the record's tests need.
"""

from daybook.signals import Parameters, change
from daybook.signals.record import Steps, apart
from daybook.signals.record.invented import Wing, invent


def warm() -> None:
    """Ask for everything once, of a small invented wing whose answers nobody reads."""
    written = invent(Wing(people=12, days=90, officers=4), seed=1).written
    change(written.ratings(), Parameters(low=1, high=5))
    apart(written, Steps(1, 5))


if __name__ == "__main__":
    warm()
