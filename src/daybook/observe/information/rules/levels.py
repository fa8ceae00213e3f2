"""Levels: words with their evidence. There is no way here to add, average or order them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..vocabulary import FromOthers, Influence, Level, Said

LEVELS = tuple(Level.values)


def problems_with(said: Mapping[str, object]) -> dict[str, str]:
    """What is missing of a set of levels, by field."""
    found = {}
    for level in LEVELS:
        if said.get(level) not in (None, "", Said.UNKNOWN) and not said.get(f"{level}_evidence"):
            found[f"{level}_evidence"] = _(
                "Write the evidence: also where you looked and saw none. Or say “unknown”."
            )
    seen = {said.get(level) for level in LEVELS} & {Said.LOW, Said.SOME, Said.STRONG}
    if seen and not said.get("meant_for"):
        found["meant_for"] = _("Say whom it concerns.")
    if said.get("from_others") in (FromOthers.COERCED, FromOthers.BULLIED) and not said.get(
        "from_others_words"
    ):
        found["from_others_words"] = _("Write what points to it.")
    if said.get("influence") in (Influence.PRO_SOCIAL, Influence.MIXED, Influence.COERCIVE) and (
        not said.get("influence_words")
    ):
        found["influence_words"] = _("Write what was seen of it.")
    return found
