"""What the person page says besides what others wrote. What we don't know is our gap, always."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from daybook.foundation.terms.languages import language_name
from daybook.ui.words import since

from ..vocabulary import CareWord, Setting

SILENT_AFTER = timedelta(days=14)
NO_TALK_AFTER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class LastWritten:
    """When somebody last wrote from a setting, and when there was last a conversation there."""

    setting: str
    on: date
    talked_on: date | None


def speaks(codes: Iterable[str]) -> str:
    """ "speaks Dutch and Arabic", or nothing."""
    names = [language_name(code) for code in codes]
    return (
        _("speaks %(languages)s") % {"languages": get_text_list(names, _("and"))} if names else ""
    )


def usual_for(pronoun: str) -> str:
    return {"he": _("Usual for him"), "she": _("Usual for her")}.get(pronoun, _("Usual for them"))


def good_at(pronoun: str) -> str:
    return {"he": _("What is he good at?"), "she": _("What is she good at?")}.get(
        pronoun, _("What are they good at?")
    )


def own_words_said(pronoun: str) -> str:
    return {"he": _("in his words"), "she": _("in her words")}.get(pronoun, _("in their words"))


def care_in_words(word: str) -> str:
    return {
        CareWord.CHECK_IN: _("Check in, until the next meeting."),
        CareWord.STAY_CLOSE: _("Stay close, until the next meeting."),
    }[CareWord(word)]


def gaps(
    written: Iterable[LastWritten],
    *,
    today: date,
    here_since: date | None,
    usual_is_written: bool,
) -> list[str]:
    """What we have not asked, seen or written down: never what the person has not done."""
    known = list(written)
    said = []
    if not usual_is_written:
        said.append(_("We have not written down yet what is usual."))
    talked = max((each.talked_on for each in known if each.talked_on), default=None)
    if not known:
        said.append(_("None of us has written anything here for four months."))
    elif talked and today - talked >= NO_TALK_AFTER:
        said.append(
            _("None of us has had a conversation since %(day)s.") % {"day": since(talked, today)}
        )
    elif talked is None and (here_since is None or today - here_since >= NO_TALK_AFTER):
        said.append(_("None of us has had a conversation yet, only a few words."))
    for each in sorted(known, key=lambda each: each.on):
        if today - each.on >= SILENT_AFTER and each.setting in _nobody_since():
            said.append(_nobody_since()[each.setting] % {"day": since(each.on, today)})
    return said


def _nobody_since() -> dict[str, str]:
    # An escort is no place where somebody is missed.
    return {
        Setting.WING: _("Nobody on the wing has written since %(day)s."),
        Setting.WORK: _("Nobody from work has written since %(day)s."),
        Setting.EDUCATION: _("Nobody from education has written since %(day)s."),
        Setting.EXERCISE: _("Nobody at exercise has written since %(day)s."),
        Setting.VISIT: _("Nobody at visits has written since %(day)s."),
        Setting.COMMUNITY: _("Nobody in the community has written since %(day)s."),
    }
