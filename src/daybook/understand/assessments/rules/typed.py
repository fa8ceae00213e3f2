"""What was typed on a sheet, read by the version it is filled in on; and what it still lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.understand.instruments.definition import Domain, Instrument, Item

from ..vocabulary import Course, Rests, Source

Typed = Mapping[str, Any]
"""Fields as they were typed: a text each, of sources a list. Kept as they are, right or wrong."""

A_PAGE = 12
"""Items on one page of a sheet."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to one item, as far as it was given."""

    answer: str = ""
    fact: str = ""
    reading: str = ""
    sources: tuple[str, ...] = ()
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The account of one domain of a tool that is kept elsewhere."""

    words: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class RestsOn:
    on_self_report: str = ""
    on_compliance: str = ""
    words: str = ""
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that keeps a sheet from being signed: on which page, of what, and what to do."""

    page: int
    title: str
    of: str
    what: str
    field: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a sheet: some items of one domain, or accounts of some; the last has neither."""

    number: int
    title: str
    says: str = ""
    items: tuple[Item, ...] = ()
    accounts: tuple[Domain, ...] = ()


def pages(instrument: Instrument) -> list[Page]:
    """The sheet in pages that a phone can bear; what it rests on is asked at the end."""
    found: list[Page] = []
    if instrument.referenced:
        found.append(Page(1, instrument.name, instrument.says, accounts=instrument.domains))
    for domain in instrument.domains:
        for start in range(0, len(domain.items), A_PAGE):
            items = domain.items[start : start + A_PAGE]
            found.append(Page(len(found) + 1, domain.name, domain.says if not start else "", items))
    return [*found, Page(len(found) + 1, _("What this rests on"))]


def said(key: str, typed: Typed) -> Said:
    sources = typed.get(f"sources_{key}") or []
    return Said(
        answer=_text(typed, f"answer_{key}"),
        fact=_text(typed, f"fact_{key}"),
        reading=_text(typed, f"reading_{key}"),
        sources=tuple(dict.fromkeys(map(str, sources))) if isinstance(sources, list) else (),
        cited=_text(typed, f"cited_{key}"),
    )


def told(key: str, typed: Typed) -> Told:
    return Told(_text(typed, f"account_{key}"), _text(typed, f"course_{key}"))


def rests_on(typed: Typed) -> RestsOn:
    try:
        used_on = date.fromisoformat(_text(typed, "used_on"))
    except ValueError:
        used_on = None
    return RestsOn(
        _text(typed, "on_self_report"),
        _text(typed, "on_compliance"),
        _text(typed, "rests_words"),
        used_on,
    )


def lacks(instrument: Instrument, typed: Typed, today: date) -> Iterator[Lack]:
    """What keeps the sheet from being signed, in the order of its pages.

    ``daybook.missing_on_sheet`` holds the database to the same.
    """
    whole = pages(instrument)
    for page in whole:
        for item in page.items:
            given = said(item.key, typed)
            if problem := lack_of(item, given):
                yield Lack(page.number, page.title, item.asks, problem, f"answer_{item.key}")
        for domain in page.accounts:
            account = told(domain.key, typed)
            if not account.words or account.course not in Course.values:
                yield Lack(
                    page.number,
                    page.title,
                    domain.name,
                    _("Write what was found, and how it is since the last use."),
                    f"account_{domain.key}",
                )
    last = whole[-1]
    rests = rests_on(typed)
    if not {rests.on_self_report, rests.on_compliance} <= set(Rests.values) or not rests.words:
        yield Lack(
            last.number,
            last.title,
            _("What this rests on"),
            _(
                "Say how far it rests on what the person says and on behaviour that obeys, and "
                "what else there is."
            ),
            "on_self_report",
        )
    if instrument.referenced and (rests.used_on is None or rests.used_on > today):
        yield Lack(
            last.number,
            last.title,
            _("Day of use"),
            _("Say on which day the tool was used."),
            "used_on",
        )


def lack_of(item: Item, given: Said) -> str:
    """What an answer lacks, in a sentence; empty for nothing."""
    if not given.answer:
        return _("Choose an answer. That it can’t be said is one.")
    answer = item.answer(given.answer)
    if answer is None:
        return _("There is no such answer here. Choose one of those listed.")
    if not given.fact and (
        item.evidence == "required" or (item.evidence == "unless-unknown" and not answer.apart)
    ):
        return _("Write what was seen, heard or read.")
    if answer.apart and item.evidence != "required":
        return ""
    known = set(given.sources) & set(Source.values)
    if len(known) < item.sources:
        return ngettext(
            "Name a source.", "Name %(n)d different sources: one alone decides nothing.",
            item.sources,
        ) % {"n": item.sources}  # fmt: skip
    if item.sources > 1 and not given.cited:
        return _("Write from whom or what, and when.")
    return ""


def answered(items: Sequence[Item], typed: Typed) -> int:
    return sum(bool(typed.get(f"answer_{item.key}")) for item in items)


def _text(typed: Typed, name: str) -> str:
    value = typed.get(name) or ""
    return value.strip() if isinstance(value, str) else ""
