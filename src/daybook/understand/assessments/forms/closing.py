"""Talking about an item, closing, giving the copy."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, one, text
from daybook.understand.instruments.definition import Instrument, Item

from ..models import LONGEST
from ..vocabulary import OwnView

DIFFER = "differ"


class TalkForm(Keyed):
    outcome = one(
        gettext_lazy("What came of it?"),
        [],
        gettext_lazy("Choose what you agree on, or that you go on differing."),
    )
    words = text(
        gettext_lazy("Why so, or how each of you sees it"),
        gettext_lazy("Write why, or how each of you sees it."),
        longest=2000,
        rows=4,
        help_text=gettext_lazy(
            "Dissent is worth as much as agreement. Both are read with the rest."
        ),
    )

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *(
                (each.key, _("We agree: {answer}").format(answer=each.label))
                for each in item.answers
            ),
            (DIFFER, _("We go on differing")),
        ]

    @property
    def said(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        outcome = said.pop("outcome")
        return said | {"answer": "" if outcome == DIFFER else outcome}


class CloseForm(Keyed):
    summary = text(
        gettext_lazy("What was found, as the person will read it"),
        gettext_lazy("Write what was found, in plain words."),
        longest=LONGEST,
        rows=6,
        help_text=gettext_lazy(
            "To them, in the language they speak with you. What is there comes first, then what is "
            "missing. No number, no grade."
        ),
    )
    needs = text(
        gettext_lazy("What is needed"), gettext_lazy("Write what is needed."), longest=2000, rows=3
    )
    support = text(
        gettext_lazy("What is done to support, and by whom"),
        gettext_lazy("Write what is done, and who does it. Support stands beside every need."),
        longest=2000,
        rows=3,
    )
    own_view = one(
        gettext_lazy("The person’s own view"),
        OwnView.choices,
        gettext_lazy("Say whether the person was asked how they see it."),
    )
    own_words = text(
        gettext_lazy("In their words"),
        longest=LONGEST,
        rows=4,
        help_text=gettext_lazy("It stands beside what was found, and is read with it."),
    )
    again_on = day(gettext_lazy("Due again on"), gettext_lazy("Choose the day it is due again."))

    def __init__(self, *args: Any, instrument: Instrument, **more: Any) -> None:
        super().__init__(*args, **more)
        self.latest = timezone.localdate() + timedelta(days=instrument.again_after_days)

    @classmethod
    def usual(cls, instrument: Instrument) -> dict[str, Any]:
        return cls.fresh(
            again_on=timezone.localdate() + timedelta(days=instrument.again_after_days)
        )

    def clean_again_on(self) -> date:
        on: date = self.cleaned_data["again_on"]
        if not timezone.localdate() < on <= self.latest:
            raise forms.ValidationError(
                _("Choose a day after today, up to {last}: then it is old.").format(
                    last=self.latest.isoformat()
                )
            )
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("own_view") == OwnView.SAID and not said.get("own_words"):
            self.add_error("own_words", _("Write what the person says, in their words."))
        if said.get("own_view") in (OwnView.RATHER_NOT, OwnView.COULD_NOT) and said.get(
            "own_words"
        ):
            self.add_error("own_view", _("There are words below: choose “said”."))
        return said


class CopyForm(forms.Form):
    how = text(
        gettext_lazy("How did they get it?"),
        gettext_lazy("Write how they got it."),
        longest=200,
        help_text=gettext_lazy("“Read together, with an interpreter.”"),
    )
    said = text(
        gettext_lazy("What they say to it"),
        longest=LONGEST,
        rows=3,
        help_text=gettext_lazy(
            "In their words, if they wish. That something is wrong counts, too."
        ),
    )
