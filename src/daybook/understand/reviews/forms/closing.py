"""What the team says where it differs, and everything a closing asks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, text

from ..queries.review import Told
from ..rules.closing import USUAL_NEXT_LOOK, missing
from ..rules.matrix import UNKNOWN
from ..vocabulary import PersonHow, Support


class NoteForm(Keyed):
    words = text(
        _("What does the team say to it?"), _("Write what was said."), longest=1000, rows=3
    )


class SinceForm(Keyed):
    """What the person says to how it ended, once they could be asked."""

    words = text(
        _("What does the person say to it?"), longest=2000, rows=4,
        help_text=_("In their words, read back to them."),
    )  # fmt: skip
    rather_not = forms.BooleanField(label=_("They would rather not say"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("words") and said.get("rather_not"):
            self.add_error("words", _("They answered, or they didn’t. Leave one of the two."))
        elif not said.get("words") and not said.get("rather_not") and not self.errors:
            self.add_error("words", _("Ask them, and write down what they say."))
        return said


class CloseForm(Keyed):
    """The end of a review. What is missing is said field by field; what was typed stays."""

    least = forms.MultipleChoiceField(
        label=_("Least contradicted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from those that the matrix leaves open.")},
        help_text=_(
            "One, or several that the matrix can’t tell apart; or “not enough known” alone."
        ),
    )
    because = text(_("Why?"), longest=2000, rows=3)
    would_change = text(_("What would change our mind?"), longest=1000, rows=2)
    support = forms.ChoiceField(
        label=_("What is the person given?"),
        required=False,
        choices=Support.choices,
        widget=forms.RadioSelect,
    )
    support_words = text(
        _("Which chance, or which support?"), longest=500, rows=2,
        help_text=_(
            "There is always one. Distrust alone does harm. A chance to be trusted stands on the "
            "person’s page from then on, as offered by you."
        ),
    )  # fmt: skip
    next_look = text(_("What do we look at next?"), longest=500, rows=2)
    next_on = day(_("By when?"), required=False, help_text=_("Within 180 days."))
    means_for_harm = text(
        _("What does it mean for keeping people from harm?"), longest=1000, rows=2
    )
    means_for_needs = text(_("What does it mean for what the person needs?"), longest=1000, rows=2)
    dissent = text(_("Who sees it otherwise, and how?"), longest=1000, rows=2)
    nobody_differs = forms.BooleanField(
        label=_("Everybody was asked, and nobody sees it otherwise"), required=False
    )
    person_said = text(
        _("What does the person say to it?"), longest=2000, rows=3,
        help_text=_("In their words, read back to them."),
    )  # fmt: skip
    person_how = forms.ChoiceField(
        label=_("Or why that isn’t here"),
        required=False,
        choices=PersonHow.choices,
        widget=forms.RadioSelect,
    )
    person_because = text(_("Why could they not be asked yet?"), longest=300)

    def __init__(
        self, *args: Any, may_close: Iterable[Told], unknown: Told | None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.may_close = [told.slug for told in may_close]
        names = [(told.slug, told.words) for told in may_close]
        asked = self.fields["least"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [*names, (UNKNOWN, unknown.words if unknown else UNKNOWN)]

    @classmethod
    def usual(cls) -> dict[str, Any]:
        return cls.fresh(next_on=timezone.localdate() + USUAL_NEXT_LOOK)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        lacks = missing(said, may_close=self.may_close, today=timezone.localdate())
        for field, sentence in lacks.items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return said
