"""Opening a review, asking colleagues, giving it up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import one, text

from ..queries.names import part_words


class OpenForm(Keyed):
    question = text(
        gettext_lazy("What does the team ask?"),
        gettext_lazy("Write the question. A good one could be answered either way."),
        longest=500,
        rows=2,
        help_text=gettext_lazy(
            "About what is done and will be done, not about what somebody is. “Does what he does "
            "in the workshop last when nobody looks?”"
        ),
    )
    part = one(
        gettext_lazy("You take part as"), [], gettext_lazy("Choose in the name of which role.")
    )

    def __init__(self, *args: Any, parts: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields["part"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(part, part_words(part)) for part in parts]
        self.only = asked.choices[0][0] if len(asked.choices) == 1 else ""
        if self.only:
            del self.fields["part"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        return said | ({"part": self.only} if self.only else {})


class AskForm(Keyed):
    """One colleague in one role, chosen by pressing the button beside the name."""

    staff_id = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    part = forms.CharField(max_length=40)


class BecauseForm(forms.Form):
    """A reason, for what ends or is taken back."""

    because = text(
        gettext_lazy("Why?"), gettext_lazy("Say in a sentence why."), longest=300, rows=2
    )


class ActionForm(Keyed):
    """A blind spot that somebody will look at."""

    what = text(
        gettext_lazy("What will be done?"), gettext_lazy("Say what will be done."), longest=200
    )
    owner_id = forms.TypedChoiceField(
        label=gettext_lazy("By whom?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose somebody who works with this person."),
            "invalid_choice": gettext_lazy("Choose somebody who works with this person."),
        },
    )
    due_on = forms.DateField(
        label=gettext_lazy("By when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("That is no day. Choose one."),
        },
    )

    def __init__(self, *args: Any, owners: Iterable[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields["owner_id"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [("", _("Choose"))] + [(owner.id, owner.name) for owner in owners]
