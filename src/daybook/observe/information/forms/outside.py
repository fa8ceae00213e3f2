"""A question to an outside service or from one, its answer, and what came of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, one, text
from daybook.ui.words import day_words

from ..queries.outside import Beside
from ..rules.outside import LONGEST_ANSWER, LONGEST_CONDITIONS, USUAL_WAIT, problem_with_due
from ..vocabulary import Way


class EnquiryForm(Keyed):
    way = one(
        gettext_lazy("Which way does it go?"),
        [(Way.OUT, gettext_lazy("we ask them")), (Way.IN, gettext_lazy("they asked us"))],
        gettext_lazy("Say who asks whom."),
    )
    agency = text(
        gettext_lazy("Which service outside?"),
        gettext_lazy("Name the service."),
        longest=120,
        help_text=gettext_lazy("As in “Police, district north”. Spell it the same each time."),
    )
    question = text(
        gettext_lazy("What is asked?"),
        gettext_lazy("Write what is asked."),
        longest=1000,
        rows=4,
        help_text=gettext_lazy(
            "One question, as narrow as it can be. A question tells something, too: no more of "
            "the person than they need to answer."
        ),
    )
    legal_basis = text(
        gettext_lazy("On which law?"),
        gettext_lazy("Write on which law it is asked. Without one nothing is asked or told."),
        longest=300,
    )
    due_on = day(gettext_lazy("By when is an answer expected?"))
    concern = forms.ChoiceField(
        label=gettext_lazy("Beside which concern?"),
        help_text=gettext_lazy("Then their answer can be laid beside it."),
        required=False,
    )

    def __init__(self, *args: Any, beside: Iterable[Beside], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["concern"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("beside none")),
            *(
                (
                    str(each.key),
                    _("{what}, reported {day}").format(
                        what=each.behaviour, day=day_words(each.opened_at, within=True)
                    ),
                )
                for each in beside
            ),
        ]
        # Whoever sends it may have had a page from before the concern ended.
        field.error_messages["invalid_choice"] = _(
            "That concern goes on no more. Choose another, or none."
        )

    @classmethod
    def fresh(cls, **more: Any) -> dict[str, Any]:
        due_on = timezone.localdate() + USUAL_WAIT
        return super().fresh(**{"way": Way.OUT, "due_on": due_on, **more})

    def clean_way(self) -> Way:
        return Way(self.cleaned_data["way"])

    def clean_concern(self) -> UUID | None:
        chosen = self.cleaned_data["concern"]
        return UUID(chosen) if chosen else None

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if problem := problem_with_due(due_on, today=timezone.localdate()):
            raise forms.ValidationError(problem)
        return due_on


class AnswerForm(Keyed):
    words = text(
        gettext_lazy("What is the answer?"),
        gettext_lazy("Write what was answered, also if it is that nothing is known."),
        longest=LONGEST_ANSWER,
        rows=4,
        help_text=gettext_lazy("Also that nothing is known, or that nothing may be said."),
    )
    conditions = text(
        gettext_lazy("On which conditions may it be used?"),
        longest=LONGEST_CONDITIONS,
        rows=2,
        help_text=gettext_lazy("They go with it wherever it goes. Empty where there are none."),
    )


class FeedbackForm(Keyed):
    words = text(
        gettext_lazy("What came of it?"),
        gettext_lazy("Write what was told."),
        longest=1000,
        rows=3,
    )


class LayForm(forms.Form):
    whence = one(
        gettext_lazy("Where do they have it from?"),
        [
            ("own", gettext_lazy("from knowledge of their own")),
            ("us", gettext_lazy("from us: it says again what the report says")),
        ],
        gettext_lazy("Say where they have it from."),
    )

    def clean_whence(self) -> str:
        return str(self.cleaned_data["whence"])
