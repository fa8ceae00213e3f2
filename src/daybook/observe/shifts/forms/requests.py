"""What was asked, and what becomes of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.duties.queries import Colleague
from daybook.observe.reflections.forms.usual import area, day_field

from ..queries.requests import Asked
from ..rules.requests import PROMISES, TO_BE_TOLD, step_problems
from ..vocabulary import Step


def colleague_field(label: Any, nobody: Any, **more: Any) -> forms.TypedChoiceField:
    """A colleague, or nobody; the form that has it names them."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", nobody)],
        **more,
    )


def offer_colleagues(field: forms.Field, colleagues: Iterable[Colleague]) -> None:
    assert isinstance(field, forms.TypedChoiceField)
    nobody = list(field.choices)  # type: ignore[arg-type]
    field.choices = nobody + [(each.id, each.name) for each in colleagues]


class AskForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.CharField(
        label=gettext_lazy("What was asked, in their own words"),
        max_length=500,
        widget=area(2),
        error_messages={"required": gettext_lazy("Write what was asked.")},
    )
    asked_on = day_field(gettext_lazy("Asked on"))
    promised_by = colleague_field(
        gettext_lazy("Who promised to see to it"), gettext_lazy("nobody yet")
    )
    due_on = day_field(gettext_lazy("By when"), required=False)

    def __init__(self, *given: Any, colleagues: Iterable[Colleague], **more: Any) -> None:
        super().__init__(*given, **more)
        offer_colleagues(self.fields["promised_by"], colleagues)

    def clean_asked_on(self) -> Any:
        on = self.cleaned_data["asked_on"]
        if on > timezone.localdate():
            raise ValidationError(_("That day is still to come. Choose today or a day before."))
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("promised_by") is None:
            if said.get("due_on"):
                self.add_error("promised_by", _("Choose who promised it by that day."))
            return said
        for name, problem in step_problems(
            Step.PROMISED,
            promised_by=said["promised_by"],
            due_on=said.get("due_on"),
            words="",
            today=timezone.localdate(),
        ).items():
            if name not in self.errors:
                self.add_error(name, problem)
        return said


class StepForm(forms.Form):
    """What becomes of a request: only what may follow is offered."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        choices=Step.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why, or how it went"), required=False, max_length=500, widget=area(2)
    )
    told = forms.BooleanField(label=gettext_lazy("The person has been told"), required=False)
    promised_by = colleague_field(gettext_lazy("Who will do it"), gettext_lazy("choose"))
    due_on = day_field(gettext_lazy("By when"), required=False)

    def __init__(
        self, *given: Any, asked: Asked, colleagues: Iterable[Colleague], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        offer_colleagues(self.fields["promised_by"], colleagues)
        # Only what may follow is offered; what a second press sends again is still understood.
        widget = self.fields["kind"].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = [(step.value, step.label) for step in asked.possible]
        self.may_promise = any(step in PROMISES for step in asked.possible)
        self.may_tell = any(step in TO_BE_TOLD for step in asked.possible)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "kind" in said:
            said["kind"] = Step(said["kind"])
            problems = step_problems(
                said["kind"],
                promised_by=said.get("promised_by"),
                due_on=said.get("due_on"),
                words=said.get("words", ""),
                today=timezone.localdate(),
            )
            for name, problem in problems.items():
                if name not in self.errors:
                    self.add_error(name, problem)
        return said

    def overtaken(self, why: str, *, seen: int) -> None:
        """Say why it was not saved; what was typed stays, to be said upon what stands there now."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": str(seen)}
        self.add_error(None, why)
