"""Opening an assessment, and giving it up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import one, several, text
from daybook.understand.instruments.definition import Instrument

from ..queries.reach import Colleague
from ..vocabulary import Because, Purpose


class OpenForm(Keyed):
    purpose = one(
        gettext_lazy("What is it for?"),
        [],
        gettext_lazy("Choose what it is for. It may be used for nothing else."),
    )
    because = one(
        gettext_lazy("Why now?"), Because.choices, gettext_lazy("Choose why it is done now.")
    )
    assessors = several(
        gettext_lazy("Who answers it?"),
        [],
        gettext_lazy("Choose who answers it."),
    )

    def __init__(
        self, *args: Any, instrument: Instrument, colleagues: Iterable[Colleague], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        purpose, assessors = self.fields["purpose"], self.fields["assessors"]
        assert isinstance(purpose, forms.ChoiceField)
        assert isinstance(assessors, forms.MultipleChoiceField)
        purpose.choices = [
            (each.value, Purpose(each.value).label) for each in instrument.for_purposes
        ]
        assessors.choices = [(each.id, _whom(each)) for each in colleagues]
        if instrument.assessors > 1:
            assessors.help_text = _(
                "Two colleagues, each by themselves. Neither sees what the other answers "
                "until both have signed."
            )

    def clean_assessors(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["assessors"]]


def _whom(each: Colleague) -> str:
    name = f"{each.name}, {each.post}" if each.post else each.name
    return name if each.trained else _("{name} (training not current)").format(name=name)


class GiveUpForm(forms.Form):
    reason = text(
        gettext_lazy("Why is it given up?"),
        gettext_lazy("Write why it is given up."),
        longest=300,
        help_text=gettext_lazy("“He was moved before we could talk with him.”"),
    )
