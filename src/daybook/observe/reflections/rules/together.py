"""Several charts of one person: what stands out when they are looked at together.

Each chart keeps its own promise, so of many charts one speaks by chance now and then.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from daybook.signals.together import named

from .chart import ChannelPicture


def together_in_words(pictures: Sequence[ChannelPicture]) -> str:
    """One sentence where one of several charts speaks; nothing where there is no news."""
    compared = {
        each.key: each
        for each in pictures
        if each.chance is not None and each.asked_until is None and not each.long_ago
    }
    speaking = [each for each in compared.values() if each.worth_talking_about]
    if len(compared) < 2 or not speaking:
        return ""
    found = named({key: each.chance or 0.0 for key, each in compared.items()})
    out = [each.name for each in speaking if each.key in found]
    alone = [each.name for each in speaking if each.key not in found]
    count = {"charts": len(compared)}
    if not out:
        return (
            _(
                "Of %(charts)s charts one speaks by chance alone now and then; looked at together, "
                "none stands out. It is worth talking about all the same."
            )
            % count
        )
    said = _("Of %(charts)s charts looked at together, these stand out: %(names)s.") % {
        **count,
        "names": ", ".join(out),
    }
    if alone:
        said += " " + _("By themselves, these could be chance: %(names)s.") % {
            "names": ", ".join(alone)
        }
    return said
