"""Showing something at once, acting on it for a day, and saying what the review found."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import one, several, text
from daybook.ui.words import day_words

from ..queries.urgent import Manager
from ..rules.urgent import LONGEST_FOUND, LONGEST_LEFT, OFFERED, RIGHT, problem_with_length


def _hours(n: int) -> str:
    return ngettext("%(n)d hour from now", "%(n)d hours from now", n) % {"n": n}


hours_lazy = lazy(_hours, str)


def _too_long() -> str:
    return problem_with_length(timedelta(hours=OFFERED[-1] + 1))


class UrgeForm(Keyed):
    managers = several(
        gettext_lazy("To whom?"), [], gettext_lazy("Choose to whom you show it.")
    )  # fmt: skip
    why = text(
        gettext_lazy("Why can’t it wait until it is confirmed?"),
        gettext_lazy("Write why it can’t wait."),
        longest=500,
        rows=3,
    )

    def __init__(self, *args: Any, managers: Iterable[Manager], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["managers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.id, _whom(each)) for each in managers]

    def clean_managers(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["managers"]]


def _whom(each: Manager) -> str:
    if each.until is None:
        return each.name
    at = day_words(each.until, within=True)
    return _("{name}, on duty until {at}").format(name=each.name, at=at)


class ProtectForm(Keyed):
    feared = text(
        gettext_lazy("Which danger, and to whom?"),
        gettext_lazy("Write which danger you see, and to whom."),
        longest=1000,
        rows=3,
    )
    why_now = text(
        gettext_lazy("Why now?"),
        gettext_lazy("Write why it can’t wait."),
        longest=1000,
        rows=2,
    )
    step = text(
        gettext_lazy("The least restrictive step that meets it"),
        gettext_lazy("Write what you do."),
        longest=1000,
        rows=3,
        help_text=gettext_lazy(
            "Often it is help: a talk, somebody who stays near, another door. Protect before you "
            "restrict."
        ),
    )
    instead_of = text(
        gettext_lazy("Which milder step did you consider, and why is it not enough?"),
        gettext_lazy("Write which milder step you considered."),
        longest=1000,
        rows=2,
    )
    hours = one(
        gettext_lazy("Until when?"),
        [(n, hours_lazy(n)) for n in OFFERED],
        gettext_lazy("Choose when it ends."),
        help_text=gettext_lazy("It ends by itself, and nothing renews it."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hours"].error_messages["invalid_choice"] = _too_long()

    def clean_hours(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["hours"]))

    @property
    def said(self) -> dict[str, Any]:
        """What ``actions.urgent.protect`` takes."""
        said = dict(self.cleaned_data)
        return said | {"lasts": said.pop("hours"), "danger": said.pop("feared")}


class ReviewForm(forms.Form):
    right = one(
        gettext_lazy("Was it right, with what was known then?"),
        RIGHT,
        gettext_lazy("Say whether it was right."),
    )
    found = text(
        gettext_lazy("What did you find?"),
        gettext_lazy("Write what you found."),
        longest=LONGEST_FOUND,
        rows=3,
        help_text=gettext_lazy("Speak with who decided it, and with the person."),
    )
    left = text(
        gettext_lazy("What stays in place, and by which ordinary decision?"),
        gettext_lazy("Write what stays, also if it is nothing."),
        longest=LONGEST_LEFT,
        rows=2,
        help_text=gettext_lazy("“Nothing.” Or: “A keep-safe plan, made on Tuesday.”"),
    )
