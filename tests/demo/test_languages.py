"""Everybody's languages have a name: no page shows a code."""

from daybook.demo.world import names
from daybook.foundation.terms.languages import NAMES


def test_every_language_of_the_fictional_people_has_a_name() -> None:
    spoken = {code for bank in names.BANKS for code in bank.languages}
    assert spoken <= NAMES.keys()
