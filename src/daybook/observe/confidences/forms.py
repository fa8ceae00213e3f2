"""Writing in confidence, asking, answering. The browser is asked to keep none of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from .rules import LONGEST, LONGEST_CONSENT, problem_with_answer, problem_with_days
from .vocabulary import Kept, Reply, Struck


def _words(label: Any, missing: Any, *, rows: int = 4, help_text: Any = "", **more: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": missing},
        **more,
    )


class Keyed(forms.Form):
    """A form whose key is made with it, so that a second tap finds the first."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}


class NoteForm(Keyed):
    words = _words(_("What were you told?"), _("Write what you were told."), rows=6)


class AdditionForm(Keyed):
    words = _words(_("What do you add?"), _("Write what you add."))


class SourceForm(Keyed):
    words = _words(
        _("Who is it, and how do they know?"),
        _("Write who it is."),
        help_text=_("What they said doesn’t belong here."),
    )


class StrikeForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Why does it not stand?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )

    def __init__(self, *args: Any, reasons: Iterable[Struck], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["because"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in reasons]

    def clean_because(self) -> Struck:
        return Struck(self.cleaned_data["because"])


class _Request(Keyed):
    words = _words(
        _("What must you know?"),
        _("Write what you must know."),
        help_text=_("One thing, as narrow as it can be: “may he share a cell?”, not “everything”."),
        rows=3,
    )
    reason = _words(
        _("Why, and what follows if you don’t?"), _("Write why you must know it."), rows=3
    )


class AskForm(_Request):
    number = forms.CharField(
        label=_("About whom? Their number"),
        help_text=_("As on the card, for somebody you work with."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Give the number.")},
    )
    kept = forms.ChoiceField(
        label=_("Told to whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom it was told.")},
    )
    field_order = ("key", "number", "kept", "words", "reason")

    def __init__(self, *args: Any, kinds: Iterable[Kept], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["kept"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in kinds]

    def clean_kept(self) -> Kept:
        return Kept(self.cleaned_data["kept"])


class AskSourceForm(_Request):
    source = forms.UUIDField(
        label=_("The reference of the source"),
        help_text=_("It stands with what was said."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={
            "required": _("Give the reference."),
            "invalid": _("That is no reference. Copy it whole."),
        },
    )
    field_order = ("key", "source", "words", "reason")


class AnswerForm(Keyed):
    reply = forms.ChoiceField(
        label=_("May it be known?"),
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reason = _words(_("Why so?"), _("Write why."), rows=3)
    words = _words(
        _("What may be known"),
        "",
        help_text=_("Whoever asked reads this. Empty for a “no”."),
        required=False,
    )

    def clean_reply(self) -> Reply:
        return Reply(self.cleaned_data["reply"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        reply = said.get("reply")
        if reply and "words" in said and (problem := problem_with_answer(reply, said["words"])):
            self.add_error("words", problem)
        return said


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )


class WordForm(Keyed):
    how = forms.CharField(
        label=_("How was it given?"),
        help_text=_("As in “on paper, read to her in her own language”."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write how it was given.")},
    )
    given_on = _day(_("On which day?"))
    until = _day(_("Until which day may they read?"))

    @staticmethod
    def usual() -> dict[str, Any]:
        today = timezone.localdate()
        return {"key": new_key(), "given_on": today, "until": today + LONGEST_CONSENT / 12}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given_on, until = said.get("given_on"), said.get("until")
        if given_on and until:
            today = timezone.localdate()
            if problem := problem_with_days(given_on, until, today=today):
                self.add_error(
                    "given_on" if given_on > until or given_on > today else "until", problem
                )
        return said
