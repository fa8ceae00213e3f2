"""A note for the next shift, and a last note after a move."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from daybook.foundation.people.queries import PersonLine
from daybook.observe.reflections.forms.usual import area


class NoteForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("For the next shift"),
        help_text=gettext_lazy("Only what is written nowhere else: the log has the rest."),
        max_length=500,
        widget=area(2),
        error_messages={"required": gettext_lazy("Write what the next shift should know.")},
    )
    person_id = forms.TypedChoiceField(
        label=gettext_lazy("About"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *given: Any, people: Iterable[PersonLine], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["person_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", gettext_lazy("the unit")),
            *((line.id, f"{line.cell} {line.name}".strip()) for line in people),
        ]


class SignForm(forms.Form):
    """How far the log went when the page was drawn: what is signed for."""

    read_until = forms.DateTimeField(widget=forms.HiddenInput)


class LastNoteForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What should the next team know?"),
        help_text=gettext_lazy("What helps, what was promised, what was going well."),
        max_length=1000,
        widget=area(4),
        error_messages={"required": gettext_lazy("Write a few words.")},
    )
