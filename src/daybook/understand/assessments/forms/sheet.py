"""One page of a sheet. Everything on it may stay empty until it is signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from daybook.ui.fields import day, one, several, text
from daybook.understand.instruments.definition import Domain, Instrument, Item

from ..models import LONGEST
from ..rules.typed import Page
from ..vocabulary import Course, Rests, Source


@dataclass(frozen=True, slots=True)
class Asked:
    """An item with its questions, as the template lays them out."""

    item: Item
    answer: BoundField
    fact: BoundField
    sources: BoundField
    cited: BoundField
    reading: BoundField


@dataclass(frozen=True, slots=True)
class Narrated:
    domain: Domain
    account: BoundField
    course: BoundField


class PageForm(forms.Form):
    """The questions of a page, made from the version that is filled in."""

    def __init__(self, *args: Any, instrument: Instrument, page: Page, **more: Any) -> None:
        super().__init__(*args, **more)
        self.page = page
        for item in page.items:
            self._ask(item)
        for domain in page.accounts:
            self.fields[f"account_{domain.key}"] = text(
                _("What was found"), longest=LONGEST, rows=4
            )
            self.fields[f"course_{domain.key}"] = one(
                _("Since the last use of this tool"), Course.choices
            )
        if not page.items and not page.accounts:
            self._rests(instrument)

    def _ask(self, item: Item) -> None:
        key, wanted = item.key, item.sources
        self.fields[f"answer_{key}"] = one(
            item.asks, [(each.key, each.label) for each in item.answers], help_text=item.help
        )
        self.fields[f"fact_{key}"] = text(
            _("What was seen, heard or read"), longest=LONGEST, rows=2
        )
        self.fields[f"sources_{key}"] = several(
            _("From where"),
            Source.choices,
            help_text=_("Two different kinds at least: one source decides nothing.")
            if wanted > 1
            else "",
        )
        self.fields[f"cited_{key}"] = text(_("From whom or what, and when"), longest=500)
        self.fields[f"reading_{key}"] = text(_("What I make of it"), longest=LONGEST, rows=2)

    def _rests(self, instrument: Instrument) -> None:
        self.fields["on_self_report"] = one(
            _("How far does it rest on what the person says?"), Rests.choices
        )
        self.fields["on_compliance"] = one(
            _("How far on behaviour that obeys?"),
            Rests.choices,
            help_text=_("Obeying says little by itself: of change, and of the lack of it."),
        )
        self.fields["rests_words"] = text(
            _("What else is there than that?"),
            longest=1000,
            rows=3,
            help_text=_(
                "What was seen where nobody looked for it; what others say apart; or nothing."
            ),
        )
        if instrument.referenced:
            self.fields["used_on"] = day(_("On which day was the tool used?"), required=False)

    @property
    def asked(self) -> Iterator[Asked]:
        for item in self.page.items:
            names = ("answer", "fact", "sources", "cited", "reading")
            yield Asked(item, *(self[f"{name}_{item.key}"] for name in names))

    @property
    def narrated(self) -> Iterator[Narrated]:
        for domain in self.page.accounts:
            yield Narrated(domain, self[f"account_{domain.key}"], self[f"course_{domain.key}"])

    def as_typed(self, posted: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed on this page, right or wrong, to be kept."""
        return {
            name: _clean(self.fields[name].widget.value_from_datadict(posted, {}, name))
            for name in self.fields
        }


def _clean(value: Any) -> Any:
    """A table keeps no zero bytes; nothing else is touched."""
    if isinstance(value, list):
        return [str(each).replace("\0", "")[:100] for each in value[:20]]
    return str(value or "").replace("\0", "")[: 3 * LONGEST]
