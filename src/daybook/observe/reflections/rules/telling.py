"""A reflection in words, as a timeline tells it: each sentence in the voice it was said in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daybook.foundation.registry.providers import Voice

from ..vocabulary import Circumstance, Contact, Difference, Form, Leaning, Setting, Way

if TYPE_CHECKING:
    from ..queries.recording import Step, Written


def where_in_words(entry: Written) -> str:
    """Where, how much contact, and what else there was that day: "work · talk · no visit"."""
    parts: list[object] = [Setting(entry.setting).label] if entry.setting else []
    parts.append(Contact(entry.contact).label)
    parts += [Circumstance(each).label for each in entry.circumstances]
    if entry.form == Form.QUICK:
        parts.append(Form.QUICK.label)
    elif entry.noted_at:
        noted = time_format(timezone.localtime(entry.noted_at), "H:i")
        parts.append(_("noted on paper at %(time)s") % {"time": noted})
    elif entry.form == Form.PAPER:
        parts.append(Form.PAPER.label)
    return " · ".join(map(str, parts))


def told_in_words(entry: Written) -> tuple[Voice, ...]:
    """Fact, reading, own words, what was done; an entry that waits says so instead of judging."""
    voices = [
        Voice("fact", entry.seen_heard),
        Voice("reading", difference_in_words(entry)),
        Voice("reading", entry.reading),
        Voice("own", entry.own_words),
        Voice("did", entry.response),
        Voice("did", _("It opened: %(words)s") % {"words": entry.opening} if entry.opening else ""),
        Voice("steps", steps_in_words(entry)),
    ]
    if entry.waits:
        words = _("What %(author)s makes of today shows once your own entry is saved.")
        voices.append(Voice("note", words % {"author": entry.author}))
    return tuple(voice for voice in voices if voice.text)


def difference_in_words(entry: Written) -> str:
    """ "Clearly different: less joking. Worries me." """
    if not entry.difference:
        return ""
    said = _capital(Difference(entry.difference).label)
    what = " ".join(filter(None, [str(Way(entry.way).label) if entry.way else "", entry.of_what]))
    if what:
        said = f"{said}: {what}"
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    return f"{said} {_capital(Leaning(entry.leaning).label)}." if entry.leaning else said


def steps_in_words(entry: Written) -> str:
    """ "Mood nearer low · Tension calm": words rather than numbers; can't tell is left unsaid."""
    said = [f"{each.channel} {_step(each)}" for each in entry.steps if each.step is not None]
    if entry.own_mark is not None:
        said.append(_("own mark %(mark)s of 5") % {"mark": entry.own_mark})
    return " · ".join(said)


def _step(answer: Step) -> str:
    nearer = pgettext("a step beside the end of a scale", "nearer “%(word)s”")
    words = {
        1: f"“{answer.low}”",
        2: nearer % {"word": answer.low},
        4: nearer % {"word": answer.high},
        5: f"“{answer.high}”",
    }
    return words.get(answer.step or 0, pgettext("the middle of a scale", "in between"))


def _capital(label: object) -> str:
    words = str(label)
    return words[:1].upper() + words[1:]
