"""A shared event: first what happened, then who took part and how."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.duties.queries import Colleague
from daybook.foundation.duties.rules import due_day_problem
from daybook.foundation.people.queries import PersonLine
from daybook.observe.reflections.forms.usual import area, day_field
from daybook.observe.reflections.models.reflection import LONGEST_NOTE

from ..vocabulary import EventKind, Response
from .requests import colleague_field, offer_colleagues


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_NOTE, widget=area(2), **more)


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})


class PartForm(forms.Form):
    """Who took part, and how: the same words for everyone ticked."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who took part"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick who took part.")},
    )
    part = forms.CharField(
        label=gettext_lazy("Their part in it"),
        help_text=gettext_lazy(
            "The same for everyone ticked. Who did something else is added once this is saved."
        ),
        max_length=300,
        widget=_line(),
        error_messages={"required": gettext_lazy("Say in a few words what they did.")},
    )

    def __init__(self, *given: Any, people: Iterable[PersonLine], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["people"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (line.id, f"{line.cell} {line.name}" if line.cell else line.name) for line in people
        ]


class EventForm(PartForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What was it?"),
        choices=EventKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=120, widget=_line())
    on = day_field(gettext_lazy("On"))
    at = forms.TimeField(
        label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    fact = _text(
        gettext_lazy("What was seen or heard"),
        help_text=gettext_lazy("Write about nobody by name: “one of them”, “the other”."),
    )
    reading = _text(gettext_lazy("What you make of it"), required=False)
    others = forms.BooleanField(
        label=gettext_lazy("Others took part who are not among these"), required=False
    )
    responses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What staff did"),
        required=False,
        choices=Response.choices,
        coerce=Response,
        widget=forms.CheckboxSelectMultiple,
    )
    response = _text(gettext_lazy("What staff did, in words"), required=False)
    opening = _text(
        gettext_lazy("What it opened"),
        required=False,
        help_text=gettext_lazy("A thought, a question, another way to say what one feels."),
    )
    present = forms.CharField(
        label=gettext_lazy("Which staff were there"),
        required=False,
        max_length=200,
        widget=_line(),
    )
    tested = forms.TypedMultipleChoiceField(
        label=gettext_lazy("If staff were provoked: whom"),
        help_text=gettext_lazy(
            "Only they and whoever leads the unit see it, so that support is offered."
        ),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, colleagues: Iterable[Colleague], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["tested"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(each.id, each.name) for each in colleagues]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        on, at = said.pop("on", None), said.pop("at", None)
        if on and at:
            try:
                said["happened_at"] = timezone.make_aware(datetime.combine(on, at))
            except OverflowError:
                self.add_error("on", _("Choose today or a day before."))
                return said
            if said["happened_at"] > timezone.now():
                self.add_error("at", _("That is still to come. Choose when it began."))
        if said.get("kind") == EventKind.PROVOCATION and not said.get("tested"):
            self.add_error("tested", _("Choose whom, so that support is offered."))
        return said


class FollowForm(forms.Form):
    """Something agreed after an event, for one of those who took part."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    person_id = forms.TypedChoiceField(label=gettext_lazy("For whom"), coerce=int)
    what = forms.CharField(label=gettext_lazy("What will be done"), max_length=300, widget=_line())
    owner_id = colleague_field(gettext_lazy("By whom"), gettext_lazy("choose"))
    due_on = day_field(gettext_lazy("By when"))

    def __init__(
        self,
        *given: Any,
        people: Iterable[PersonLine],
        colleagues: Iterable[Colleague],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["person_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(line.id, line.name) for line in people]
        offer_colleagues(self.fields["owner_id"], colleagues)

    def clean_owner_id(self) -> int:
        owner = self.cleaned_data["owner_id"]
        if owner is None:
            raise ValidationError(_("Choose who will do it."))
        return int(owner)

    def clean_due_on(self) -> Any:
        on = self.cleaned_data["due_on"]
        if problem := due_day_problem(on, timezone.localdate()):
            raise ValidationError(problem)
        return on
