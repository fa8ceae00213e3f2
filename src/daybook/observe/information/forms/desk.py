"""What the desk writes about a concern. Raising and lowering are one form; so are the others."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, one, several, text

from ..queries.context import Colleague
from ..rules.fading import USUAL_LENGTH, USUAL_REVIEW, problems_with_days
from ..rules.levels import problems_with as problems_with_levels
from ..rules.schemes import SCHEMES, problems_with
from ..vocabulary import DISMISSED, Context, FromOthers, Influence, Level, MeantFor, Said


class GradeForm(Keyed):
    """Source and information, apart, by the scheme that the service has chosen."""

    scheme = forms.CharField(widget=forms.HiddenInput)
    source_grade = one(
        gettext_lazy("The source"), [], gettext_lazy("Choose a grade of this scheme.")
    )
    information_grade = one(
        gettext_lazy("The information"), [], gettext_lazy("Choose a grade of this scheme.")
    )
    handling = one(
        gettext_lazy("How a copy is handled"), [], gettext_lazy("Choose a code of this scheme.")
    )
    conditions = text(
        gettext_lazy("On which conditions?"),
        longest=500,
        help_text=gettext_lazy("They travel with every copy."),
    )
    reason = text(
        gettext_lazy("Why so?"), gettext_lazy("Write why it is graded so."), longest=500, rows=2
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.data.get("scheme") if self.is_bound else self.initial.get("scheme")
        scheme = SCHEMES.get(asked or settings.GRADING, SCHEMES[settings.GRADING])
        for name, grades in (
            ("source_grade", scheme.sources),
            ("information_grade", scheme.information),
            ("handling", scheme.handling),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(each.code, each.label) for each in grades]

    @classmethod
    def fresh(cls, **more: Any) -> dict[str, Any]:
        return super().fresh(scheme=settings.GRADING, **more)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        names = ("scheme", "source_grade", "information_grade", "handling", "conditions")
        if all(name in said for name in names):
            for name, problem in problems_with(*(said[name] for name in names)).items():
                self.add_error(name if name in self.fields and name != "scheme" else None, problem)
        return said


def _said(level: Level) -> forms.ChoiceField:
    return one(level.label, Said.choices, gettext_lazy("Choose a word."))


def _evidence() -> forms.CharField:
    return text(gettext_lazy("On which evidence?"), longest=1000, rows=2)


class LevelsForm(Keyed):
    """Three words with their evidence, whom it concerns, and whether the person is at risk."""

    capability = _said(Level.CAPABILITY)
    capability_evidence = _evidence()
    intent = _said(Level.INTENT)
    intent_evidence = _evidence()
    engagement = _said(Level.ENGAGEMENT)
    engagement_evidence = _evidence()
    meant_for = several(gettext_lazy("Whom does it concern?"), MeantFor.choices)
    from_others = one(
        gettext_lazy("May the person be at risk from others?"),
        FromOthers.choices,
        gettext_lazy("Choose a word."),
    )
    from_others_words = text(gettext_lazy("What points to it?"), longest=500)
    influence = one(
        gettext_lazy("How does the person’s influence on others work?"),
        Influence.choices,
        gettext_lazy("Choose a word."),
        help_text=gettext_lazy("To lead is nothing bad: many who are listened to keep the peace."),
    )
    influence_words = text(gettext_lazy("What was seen of it?"), longest=500)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, problem in problems_with_levels(said).items():
            self.add_error(name, problem)
        return said


class BasisForm(Keyed):
    reason = text(
        gettext_lazy("On which law does it rest?"),
        gettext_lazy("Name the law and the article. Without one nothing may rest on it."),
        longest=300,
    )


class WeighForm(Keyed):
    reason = text(
        gettext_lazy("Which other explanation did you weigh?"),
        gettext_lazy("Write the explanation, what speaks for it and what against."),
        longest=2000,
        rows=5,
        help_text=gettext_lazy(
            "Begin with the ordinary one in the report: what speaks for it, what against, whom you "
            "asked, and what the regime was like."
        ),
    )


class KeepForm(Keyed):
    reason = text(
        gettext_lazy("Why is it kept?"),
        gettext_lazy("Write why it is kept."),
        longest=1000,
        rows=3,
    )
    review_on = day(gettext_lazy("Next review"))
    ends_on = day(gettext_lazy("Its last day"), help_text=gettext_lazy("Ninety days at most."))

    @classmethod
    def fresh(cls, **more: Any) -> dict[str, Any]:
        today = timezone.localdate()
        days = {"review_on": today + USUAL_REVIEW, "ends_on": today + USUAL_LENGTH}
        return super().fresh(**days, **more)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("review_on") and said.get("ends_on"):
            days = problems_with_days(
                said["review_on"], said["ends_on"], today=timezone.localdate()
            )
            for name, problem in days.items():
                self.add_error(name, problem)
        return said


class DismissForm(Keyed):
    ended_how = one(
        gettext_lazy("How does it end?"),
        [(each.value, each.label) for each in DISMISSED],
        gettext_lazy("Choose how it ends."),
    )
    reason = text(
        gettext_lazy("What was found?"),
        gettext_lazy("Write what was found."),
        longest=1000,
        rows=3,
        help_text=gettext_lazy("Everybody who has a copy is told that it ended."),
    )


class JoinForm(Keyed):
    other = forms.TypedChoiceField(
        label=gettext_lazy("In which concern is it read on?"),
        error_messages={"required": gettext_lazy("Choose a concern about the same person.")},
    )
    reason = text(
        gettext_lazy("Why do they belong together?"),
        gettext_lazy("Write why they belong together."),
        longest=1000,
        rows=2,
    )

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "other", [("", _("choose")), *others])


class AskForm(Keyed):
    kind = one(
        gettext_lazy("Which kind of context?"), Context.choices, gettext_lazy("Choose a kind.")
    )
    asked = forms.TypedChoiceField(
        label=gettext_lazy("Whom do you ask?"),
        coerce=int,
        help_text=gettext_lazy("Those who work with the person. What a chaplain knows is offered."),
        error_messages={"required": gettext_lazy("Choose whom you ask.")},
    )
    question = text(
        gettext_lazy("What do you ask?"),
        gettext_lazy("Write what you ask."),
        longest=500,
        rows=2,
        help_text=gettext_lazy("Open, and without what the report says: “how has he been lately?”"),
    )

    def __init__(self, *args: Any, colleagues: Iterable[Colleague] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [
            (str(each.id), f"{each.name} · {each.post}" if each.post else each.name)
            for each in colleagues
        ]
        _choose(self, "asked", [("", _("choose")), *choices])


class LayForm(forms.Form):
    """Where an offered account is laid, and what it goes back to."""

    goes_back_to = forms.ChoiceField(
        label=gettext_lazy("Does it go back to something that lies here already?"),
        help_text=gettext_lazy("What has one origin counts as one."),
        required=False,
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "goes_back_to", [("", _("no, it is their own")), *items])


class CopyForm(Keyed):
    staff = forms.TypedChoiceField(
        label=gettext_lazy("Which colleague receives it?"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    recipient = text(gettext_lazy("or who outside"), longest=200)
    purpose = text(gettext_lazy("What for?"), gettext_lazy("Write what for."), longest=500, rows=2)
    legal_basis = text(
        gettext_lazy("On which law?"), gettext_lazy("Name the law and the article."), longest=300
    )

    def __init__(self, *args: Any, colleagues: Iterable[Colleague] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [
            (str(each.id), f"{each.name} · {each.post}" if each.post else each.name)
            for each in colleagues
        ]
        _choose(self, "staff", [("", _("nobody here")), *choices])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if bool(said.get("staff")) == bool(said.get("recipient")):
            self.add_error(
                "staff", _("Choose a colleague, or name who outside receives it: one of the two.")
            )
        return said


class ToldForm(forms.Form):
    how = text(
        gettext_lazy("How were they told?"), gettext_lazy("Write how they were told."), longest=300
    )


class RestForm(Keyed):
    """That a decision about a case rests on it."""

    case = forms.ChoiceField(
        label=gettext_lazy("Which of your cases rests on it?"),
        error_messages={"required": gettext_lazy("Choose a case.")},
    )
    why = text(
        gettext_lazy("What for?"), gettext_lazy("Write what it is used for."), longest=500, rows=2
    )

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "case", [("", _("choose")), *cases])


class LookAgainForm(forms.Form):
    words = text(
        gettext_lazy("What came of looking again?"),
        gettext_lazy("Write what came of it."),
        longest=1000,
        rows=3,
    )


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
