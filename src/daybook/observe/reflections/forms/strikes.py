"""Wrong person or wrong word: what is asked before an entry is struck, moved, or opened again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.people.queries import PersonLine

from ..models.strikes import LONGEST_REASON
from ..rules.strikes import names_somebody
from .usual import area

STRIKE, MOVE = "strike", "move"


class StrikeForm(forms.Form):
    """First what is wrong and why; to move it, a name, and then one of those found."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it"),
        choices=[
            (STRIKE, gettext_lazy("a word: strike it")),
            (MOVE, gettext_lazy("the person: move it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy(
            "A sentence for its author and for data protection. Name nobody, and don’t repeat "
            "what was wrong."
        ),
        max_length=LONGEST_REASON,
        widget=area(2),
        error_messages={"required": gettext_lazy("Say why, in a sentence.")},
    )
    whose = forms.CharField(
        label=gettext_lazy("Whom it is about, if it moves"),
        help_text=gettext_lazy(
            "The beginning of a name or number; then you choose among those found."
        ),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    moved_to = forms.TypedChoiceField(
        label=gettext_lazy("Move it to"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *given: Any,
        may_move: bool,
        names: Iterable[str],
        found: Iterable[PersonLine] = (),
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.found = list(found)
        self.names = [*names, *(line.full_name for line in self.found)]
        to = self.fields["moved_to"]
        assert isinstance(to, forms.TypedChoiceField)
        to.choices = [(line.id, f"{line.full_name} {line.cell}".strip()) for line in self.found]
        if not may_move:
            what = self.fields["what"]
            assert isinstance(what, forms.ChoiceField)
            what.choices = [(STRIKE, _("strike it"))]
            del self.fields["whose"], self.fields["moved_to"]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if names_somebody(reason, self.names):
            raise ValidationError(_("Say it without a name: it is read on another page, too."))
        return reason

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") != MOVE:
            said["moved_to"] = None
        elif said.get("moved_to") is None and "moved_to" not in self.errors:
            if self.found:
                self.add_error("moved_to", _("Choose whom it is about."))
            elif said.get("whose"):
                self.add_error("whose", _("Nobody you work with is found under that."))
            else:
                self.add_error("whose", _("Say whom it is about."))
        return said


class InquiryForm(forms.Form):
    strike = forms.UUIDField(widget=forms.HiddenInput)
    inquiry = forms.CharField(
        label=gettext_lazy("On which inquiry"),
        help_text=gettext_lazy("Who asks, under which number. It stands in the log."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the inquiry. Without one it stays sealed.")},
    )
