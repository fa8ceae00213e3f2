"""What a meeting asks. A person at a time, and at the end how it was."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from daybook.foundation.duties.queries import Colleague
from daybook.foundation.duties.rules import due_day_problem
from daybook.foundation.registry.keys import new_key

from ..models.meetings import Shift
from ..models.reflection import LONGEST_NOTE
from ..queries.discussions import Discussion, Taken
from ..rules.meetings import (
    NO_CARE,
    TEXTS,
    NewAction,
    NewExplanation,
    Note,
    missing_for_closing,
    missing_for_discussed,
)
from ..vocabulary import CareWord, ExplanationKind

ACTION_ROWS = (1, 2)
KINDS = {
    ExplanationKind.ORDINARY: _("Something ordinary: a need, an event, health, mood"),
    ExplanationKind.REGIME: _("The regime, or us: what we did or didn’t do"),
    ExplanationKind.OTHER: _("Another way to see it"),
}


class BeginForm(forms.Form):
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices, widget=forms.RadioSelect)


def _text(label: Any, **more: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_NOTE, widget=rows, **more
    )


class DiscussForm(forms.Form):
    """One person's discussion. Explanations and actions written before stand beside it.

    ``key_…`` fields carry the keys of what is new, made with the page, so that a second
    tap finds what the first one saved.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    facts = _text(_("What was seen and heard, in a line or two"))
    dropped = forms.MultipleChoiceField(
        label=_("Drop"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stance = _text(_("How we all meet this person until the next meeting"))
    care = forms.ChoiceField(
        label=_("Until the next meeting"),
        required=False,
        choices=[*CareWord.choices, (NO_CARE, _("nothing special"))],
        widget=forms.RadioSelect,
    )
    usual = forms.MultipleChoiceField(
        label=_("How they are now is their usual"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The chart then goes on from here and does not speak of the same change again. "
            "The way back shows, as any other change does."
        ),
    )
    dissent = _text(_("Who sees it otherwise, and how"))
    went_well = _text(_("What went well with this person"))

    def __init__(
        self,
        *given: Any,
        owners: Iterable[Colleague],
        written: Discussion | None,
        changed: Iterable[Taken] = (),
        **more: Any,
    ) -> None:
        if written:
            more["initial"] = {text: getattr(written, text) for text in TEXTS} | {
                "care": written.care,
                "usual": [each.channel for each in written.taken],
                "seen": written.noted_at.isoformat() if written.noted_at else "",
            }
        super().__init__(*given, **more)
        self.written = written
        earlier = written.explanations if written else []
        self.fields["dropped"].choices = [(str(one.id), one.words) for one in earlier]  # type: ignore[attr-defined]
        taken = {
            each.channel: each.words for each in (*(written.taken if written else ()), *changed)
        }
        self.fields["usual"].choices = list(taken.items())  # type: ignore[attr-defined]
        if not taken:
            del self.fields["usual"]
        for kind, label in KINDS.items():
            self.fields[kind] = forms.CharField(label=label, required=False, max_length=500)
            self._add_key(kind)
        choices = [("", "—"), *((owner.id, owner.name) for owner in owners)]
        for row in ACTION_ROWS:
            self.fields[f"what_{row}"] = forms.CharField(
                label=_("What will be done"), required=False, max_length=300
            )
            self.fields[f"owner_{row}"] = forms.TypedChoiceField(
                label=_("By whom"), required=False, choices=choices, coerce=int, empty_value=None
            )
            self.fields[f"due_on_{row}"] = forms.DateField(
                label=_("By when"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
            self._add_key(f"what_{row}")

    def _add_key(self, name: str) -> None:
        self.fields[f"key_{name}"] = forms.UUIDField(
            widget=forms.HiddenInput, required=False, initial=new_key
        )

    # ---- What the page draws ----

    def explanation_kinds(self) -> list[dict[str, Any]]:
        """Each kind with its empty line and the explanations of that kind already written."""
        earlier = self.written.explanations if self.written else []
        return [
            {
                "field": self[kind],
                "key": self[f"key_{kind}"],
                "earlier": [one for one in earlier if one.kind == kind],
            }
            for kind in KINDS
        ]

    def action_rows(self) -> list[dict[str, Any]]:
        """Empty rows for new actions, or what was typed into them."""
        rows = []
        for row in ACTION_ROWS:
            asked = {name: self[f"{name}_{row}"] for name in ("what", "owner", "due_on")}
            begun = any(field.value() or field.errors for field in asked.values())
            rows.append(asked | {"key": self[f"key_what_{row}"], "open": begun})
        return rows

    # ---- What was answered ----

    def clean_seen(self) -> datetime | None:
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def check(self, *, finished: bool, today: date) -> Note | None:
        """The note, or None with the errors said beside the fields."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        for row in ACTION_ROWS:
            self._check_action(row, today)
        if finished:
            for name, sentence in missing_for_discussed(said["facts"], self._kinds()).items():
                self.add_error(name, sentence)
        if self.errors:
            return None
        return Note(
            seen=said["seen"],
            finished=finished,
            **{text: said[text] for text in TEXTS},
            care=said["care"],
            usual=frozenset(said.get("usual", ())),
            explanations=[
                NewExplanation(said[f"key_{kind}"] or new_key(), kind, said[kind])
                for kind in KINDS
                if said[kind]
            ],
            dropped=frozenset(UUID(key) for key in said["dropped"]),
            actions=[
                NewAction(
                    said[f"key_what_{row}"] or new_key(),
                    said[f"what_{row}"],
                    said[f"owner_{row}"],
                    said[f"due_on_{row}"],
                )
                for row in ACTION_ROWS
                if said[f"what_{row}"]
            ],
        )

    def _kinds(self) -> list[str]:
        """The kinds that will stand once this is saved."""
        dropped = set(self.cleaned_data["dropped"])
        earlier = self.written.explanations if self.written else []
        kept = [one.kind for one in earlier if str(one.id) not in dropped]
        return kept + [kind for kind in KINDS if self.cleaned_data[kind]]

    def _check_action(self, row: int, today: date) -> None:
        what, owner, due_on = (
            self.cleaned_data.get(f"{name}_{row}") for name in ("what", "owner", "due_on")
        )
        if not (what or owner or due_on):
            return
        if not what:
            self.add_error(f"what_{row}", _("Say what will be done."))
        if not owner:
            self.add_error(f"owner_{row}", _("Choose one colleague who does it."))
        if not due_on:
            self.add_error(f"due_on_{row}", _("Choose the day it is done by."))
        elif problem := due_day_problem(due_on, today):
            self.add_error(f"due_on_{row}", problem)


class HandOverForm(forms.Form):
    to = forms.TypedChoiceField(label=_("Who leads from now on"), coerce=int)

    def __init__(self, *given: Any, team: Iterable[Colleague], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["to"].choices = [("", "—"), *((one.id, one.name) for one in team)]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The end of a meeting. ``waiting``: how many people nobody has talked about."""

    went_well = _text(_("What went well"))
    how_we_are = _text(_("How we are, in our own words and without names"))
    theme = _text(_("One theme of the unit"), help_text=_("Write “none today” if there is none."))
    carried_because = forms.CharField(
        label=_("Why they wait for the next meeting"), required=False, max_length=120
    )

    def __init__(self, *given: Any, waiting: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.waiting = waiting
        # The part that draws a question names its help by this.
        self.fields["theme"].widget.attrs["aria-describedby"] = f"{self['theme'].auto_id}_help"
        if not waiting:
            del self.fields["carried_because"]

    def clean(self) -> dict[str, Any]:
        said = {"carried_because": "", **(super().clean() or {})}
        for name in self.fields:
            said.setdefault(name, self.data.get(name, ""))
        for name, sentence in missing_for_closing(said, self.waiting).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return said
