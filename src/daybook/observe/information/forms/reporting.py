"""Reporting harm in two minutes, and saying as context what one knows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.observe.safety.vocabulary import ConcernKind
from daybook.ui.fields import day, one, reference, several, text
from daybook.ui.words import day_words

from ..queries.reports import Lately
from ..rules.reporting import PRACTICE, problem_with_day
from ..vocabulary import Behaviour, Context, Harmed, Ordinary, Reply, Sure

FEARED = (
    ConcernKind.SELF_HARM,
    ConcernKind.COERCION,
    ConcernKind.FROM_OTHERS,
    ConcernKind.TO_OTHERS,
)
BEHAVIOURS = [
    *Behaviour.choices,
    (
        PRACTICE,
        gettext_lazy(
            "none of these: how they believe, pray, dress, eat or speak, where they come from, "
            "or what they think"
        ),
    ),
]


def _laid(field: str, lately: Iterable[Lately], form: forms.Form) -> None:
    asked = form.fields[field]
    assert isinstance(asked, forms.ChoiceField)
    asked.choices = [
        ("", _("none")),
        *((str(each.key), f"{day_words(each.day)}: {each.words[:80]}") for each in lately),
    ]
    if len(asked.choices) == 1:
        del form.fields[field], form.fields[f"{field}_reason"]


class LaysBeside(Keyed):
    """A form with which one's own reflection may be laid beside."""

    reflection = forms.ChoiceField(
        label=gettext_lazy("Lay a reflection beside it"),
        help_text=gettext_lazy("The desk reads this one and no other."),
        required=False,
    )
    reflection_reason = text(gettext_lazy("Why does it belong here?"), longest=500)

    def __init__(self, *args: Any, lately: Iterable[Lately] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        _laid("reflection", lately, self)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["reflection"] = said.get("reflection") or None
        if said["reflection"] and not said.get("reflection_reason"):
            self.add_error("reflection_reason", _("Write why the reflection belongs beside it."))
        return said


class ReportForm(LaysBeside):
    """What was seen of harm. What is asked of everybody is asked in the same words of everybody."""

    number = text(
        gettext_lazy("About whom? Their number"),
        gettext_lazy("Give the number."),
        longest=60,
        help_text=gettext_lazy("As on the card, for somebody you work with."),
    )
    fears = several(
        gettext_lazy("Do you fear for anybody now?"),
        [(each.value, each.label) for each in FEARED],
        help_text=gettext_lazy(
            "On-call care and the duty manager are called as soon as you send this, whatever "
            "becomes of the rest."
        ),
    )
    behaviour = one(
        gettext_lazy("What did they do?"),
        BEHAVIOURS,
        gettext_lazy("Choose what they did."),
        help_text=gettext_lazy("What would concern us whoever did it."),
    )
    harmed = several(
        gettext_lazy("Whom did it harm or press, or whom was it meant for?"),
        Harmed.choices,
        gettext_lazy("Choose whom. If nobody could be harmed, this is no report."),
    )
    how = text(
        gettext_lazy("How?"),
        gettext_lazy("Write how it harmed or pressed them, or would have."),
        longest=500,
        help_text=gettext_lazy("As in “he has given his phone time away three times”."),
    )
    fact = text(
        gettext_lazy("What did you see or hear?"),
        gettext_lazy("Write what you saw or heard."),
        longest=3000,
        rows=4,
        help_text=gettext_lazy(
            "As a camera would have it: what was said and done, in which words."
        ),
    )
    sure = one(gettext_lazy("How do you know?"), Sure.choices, gettext_lazy("Choose how you know."))
    assessment = text(
        gettext_lazy("What do you make of it?"),
        longest=2000,
        rows=2,
        help_text=gettext_lazy("Yours, and marked as yours. It may be left empty."),
    )
    ordinary = one(
        gettext_lazy("Which ordinary explanation comes nearest?"),
        Ordinary.choices,
        gettext_lazy("Choose the one that comes nearest: there always is one."),
    )
    ordinary_words = text(
        gettext_lazy("What speaks for it?"),
        gettext_lazy("Write what speaks for the ordinary explanation."),
        longest=1000,
        rows=2,
    )
    happened_on = day(gettext_lazy("On which day?"))
    place = text(
        gettext_lazy("Where, and at about what time?"),
        gettext_lazy("Write where it was."),
        longest=200,
    )
    others = text(gettext_lazy("Who else was there?"), longest=500)
    regime = text(
        gettext_lazy("What else was that day like on the wing?"),
        longest=300,
        help_text=gettext_lazy("Staffing, hours out and lock-down come from the wing’s own book."),
    )
    source = reference(
        gettext_lazy("If somebody told you in confidence: the reference of the source"),
        help_text=gettext_lazy("Who it is stays with the custodian. Never name them here."),
    )
    whoever = forms.BooleanField(
        label=gettext_lazy(
            "What I describe would concern us whoever did it, whatever they believe."
        ),
        error_messages={
            "required": gettext_lazy("Confirm it, or don’t send this: then it is no information.")
        },
    )
    field_order = (
        "key", "number", "fears", "behaviour", "harmed", "how", "fact", "sure", "assessment",
        "ordinary", "ordinary_words", "happened_on", "place", "others", "regime", "reflection",
        "reflection_reason", "source", "whoever",
    )  # fmt: skip

    def __init__(self, *args: Any, about: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if about:
            del self.fields["number"]

    @staticmethod
    def usual() -> dict[str, Any]:
        return ReportForm.fresh(happened_on=timezone.localdate())

    @property
    def describes_practice(self) -> bool:
        """Nothing but how somebody believes, dresses, eats, speaks or thinks."""
        return self.data.get("behaviour") == PRACTICE

    @property
    def feared(self) -> list[str]:
        """What the writer fears, also where the rest can't be saved."""
        known = {each.value for each in FEARED}
        return [each for each in self["fears"].data or () if each in known]

    def clean_happened_on(self) -> Any:
        value = self.cleaned_data["happened_on"]
        if problem := problem_with_day(value, today=timezone.localdate()):
            raise forms.ValidationError(problem)
        return value


class AnswerForm(LaysBeside):
    """What one knows, where the desk asks."""

    reply = one(
        gettext_lazy("What do you answer?"),
        [
            (Reply.GIVEN.value, gettext_lazy("I say what I know")),
            (Reply.NOTHING.value, Reply.NOTHING.label),
            (Reply.DECLINED.value, Reply.DECLINED.label),
        ],
        gettext_lazy("Choose an answer."),
    )
    words = text(
        gettext_lazy("What do you know of it?"),
        longest=3000,
        rows=5,
        help_text=gettext_lazy("What speaks for something ordinary belongs here as well."),
    )
    told_by = text(
        gettext_lazy("If you have it from somebody: from whom?"),
        longest=200,
        help_text=gettext_lazy("So that one origin isn’t counted twice."),
    )
    field_order = ("key", "reply", "words", "told_by", "reflection", "reflection_reason")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("reply") == Reply.GIVEN and not said.get("words"):
            self.add_error("words", _("Write what you know, or choose another answer."))
        return said


class OfferForm(Keyed):
    """What one knows, unasked and in one's own words."""

    number = text(
        gettext_lazy("About whom? Their number"),
        gettext_lazy("Give the number."),
        longest=60,
        help_text=gettext_lazy("As on the card, for somebody you work with."),
    )
    kind = one(gettext_lazy("What is it?"), Context.choices, gettext_lazy("Choose what it is."))
    words = text(
        gettext_lazy("What do you want to say?"),
        gettext_lazy("Write what you want to say."),
        longest=3000,
        rows=6,
    )
    told_by = text(gettext_lazy("If you have it from somebody: from whom?"), longest=200)

    def __init__(
        self, *args: Any, about: bool = False, chaplain: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if about:
            del self.fields["number"]
        if chaplain:
            # What a chaplain says is close knowledge, and theirs alone to shape.
            del self.fields["kind"]
