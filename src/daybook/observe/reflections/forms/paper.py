"""A sheet of paper on the screen: its head, and one row a person in the words of the sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.queries import PersonLine

from ..models import Channel
from ..rules.recording import Entry, day_problem
from ..vocabulary import Form
from .recording import FullForm


class SheetForm(forms.Form):
    """Which day the sheet is of, and when it was written, where it says so."""

    day = forms.DateField(
        label=_("Which day?"),
        initial=timezone.localdate,
        error_messages={
            "required": _("Choose the day that stands on the sheet."),
            "invalid": _("Write the day as in 2026-03-12."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=_("At what time?"),
        required=False,
        help_text=_("As it stands on the sheet. Left empty, only the day is known."),
        error_messages={"invalid": _("Write the time as in 14:05, or leave it empty.")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if wrong := day_problem(day, today=timezone.localdate()):
            raise forms.ValidationError(wrong)
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.noted_at and self.noted_at > timezone.now():
            self.add_error("at", _("That time is still to come. Choose when it was written."))
        return said

    @property
    def noted_at(self) -> datetime | None:
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("at")
        return timezone.make_aware(datetime.combine(day, at)) if day and at else None


class SheetRow(FullForm):
    """One person's row. Left empty, it says nothing, and nothing is saved."""

    shape = Form.PAPER
    asked = ("contact", "difference", "circumstances", "seen_heard")
    plain = ("contact", "difference", "seen_heard")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        line: PersonLine,
        channels: Iterable[Channel],
        day: date | None = None,
        noted_at: datetime | None = None,
    ) -> None:
        super().__init__(
            data,
            person=line.id,
            pronoun=line.pronoun,
            channels=channels,
            prefix=f"person-{line.id}",
        )
        self.seen_on, self.noted_at = day or timezone.localdate(), noted_at
        steps = [name for name in self.fields if name.startswith("step-")]
        self.fields = {name: self.fields[name] for name in ("key", *self.asked, *steps)}

    @property
    def says_something(self) -> bool:
        return any(
            str(self.data.get(self.add_prefix(name), "")).strip()
            for name in self.fields
            if name != "key"
        )

    @property
    def entry(self) -> Entry:
        return replace(super().entry, day=self.seen_on, noted_at=self.noted_at)
