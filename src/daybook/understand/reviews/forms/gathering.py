"""Laying an item, an explanation, and what tests it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, one, text

from ..vocabulary import SEEMED, Dimension, RecordKind, Source, What

FIRST_HAND = [
    (source.value, source.label) for source in Source if source.value not in RecordKind.values
]
WHATS = [
    *What.choices,
    (SEEMED, gettext_lazy("how somebody looked, sounded or seemed")),
]


class LayForm(Keyed):
    """One item for the board. ``record`` where it is laid from one: then its source is known."""

    dimension = one(
        gettext_lazy("What does it tell about?"),
        Dimension.choices,
        gettext_lazy("Choose the row of the board where it belongs."),
    )
    what = one(
        gettext_lazy("What was it?"), WHATS, gettext_lazy("Choose what was done, said or found.")
    )
    words = text(
        gettext_lazy("The fact"),
        gettext_lazy("Write what was done, said, kept or found."),
        longest=2000,
        rows=3,
        help_text=gettext_lazy(
            "So that the person could read it. Name nobody who told you. How somebody looked, "
            "sounded or seemed is no evidence."
        ),
    )
    innocent = text(
        gettext_lazy("Its innocent explanation"),
        gettext_lazy("Write the most ordinary explanation there is. Every item has one."),
        longest=1000,
        rows=2,
        help_text=gettext_lazy("What would an ordinary person do this for?"),
    )
    source = one(
        gettext_lazy("From where?"), FIRST_HAND, gettext_lazy("Choose from where you have it.")
    )
    told_by = text(
        gettext_lazy("Who said it first, if not you?"),
        longest=200,
        help_text=gettext_lazy(
            "Told once, however many hands it went through. No page shows this: the board says "
            "“origin 3”."
        ),
    )
    same_as = forms.TypedChoiceField(
        label=gettext_lazy("Or does it go back to the same as this?"),
        required=False,
        coerce=UUID,
        empty_value=None,
    )
    seen_on = day(gettext_lazy("When was it?"), required=False)

    def __init__(
        self,
        *args: Any,
        origins: Iterable[tuple[UUID, str]] = (),
        more: bool = False,
        record: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        if record:
            for name in ("source", "told_by", "same_as"):
                del self.fields[name]
            return
        asked = self.fields["same_as"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [("", _("no, to somebody else"))] + [
            (str(key), words) for key, words in origins
        ]
        if len(asked.choices) == 1:
            del self.fields["same_as"]
        elif more:
            asked.help_text = _(
                "The origins that came last are listed here, and not all. For another, say above "
                "who said it first."
            )

    @property
    def says_how_somebody_seemed(self) -> bool:
        """Demeanour was chosen: it is no evidence, and nothing of it is kept."""
        return bool(self.data.get("what") == SEEMED)

    def clean_seen_on(self) -> Any:
        on = self.cleaned_data["seen_on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return on


class ExplanationForm(Keyed):
    """An explanation of the team’s own."""

    words = text(
        gettext_lazy("What else might explain it?"),
        gettext_lazy("Write it in a few words."),
        longest=200,
        help_text=gettext_lazy("What lies behind what is done; never what somebody is."),
    )
    keeps_hidden = one(
        gettext_lazy("Does it say that something is kept hidden?"),
        [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        gettext_lazy("Say whether it says that something is kept hidden."),
        help_text=gettext_lazy(
            "Good behaviour can’t speak against what is hidden. It closes only with evidence for "
            "it from two origins, one of them confirmed information."
        ),
    )
    against = text(
        gettext_lazy("What would speak against it?"),
        gettext_lazy("Say what would speak against it. What nothing could, can’t be an answer."),
        longest=1000,
        rows=2,
    )

    def clean_keeps_hidden(self) -> bool:
        return bool(self.cleaned_data["keeps_hidden"] == "yes")


class AgainstForm(forms.Form):
    """What would speak against an explanation; ``seen`` is what the words replace."""

    against = text(gettext_lazy("What would speak against it?"), longest=1000, rows=3)
    seen = forms.CharField(required=False, strip=False, max_length=1000, widget=forms.HiddenInput)
    theirs = ""
    """What a colleague wrote there meanwhile."""

    def overtaken(self, why: str, *, against: str) -> None:
        """Say why it was not kept; what was typed stays, to be kept over ``against`` now."""
        self.theirs = against
        self.data = {name: self.data[name] for name in self.data} | {"seen": against}
        self.add_error(None, why)


class TestForm(Keyed):
    """An item that could have spoken against an explanation."""

    evidence = forms.TypedChoiceField(
        label=gettext_lazy("Which item could have spoken against it, had it turned out otherwise?"),
        coerce=UUID,
        error_messages={
            "required": gettext_lazy("Choose an item."),
            "invalid_choice": gettext_lazy("Choose an item of this board."),
        },
    )

    def __init__(
        self, *args: Any, items: Iterable[tuple[UUID, str]], more: bool = False, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        asked = self.fields["evidence"]
        assert isinstance(asked, forms.ChoiceField)
        if more:
            asked.help_text = _("The newest items are listed here, and not all.")
        asked.choices = [("", _("Choose"))] + [(str(key), words) for key, words in items]
