"""The forms of the day: full, short, a row of the quick round, an addition."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from ..models import Channel
from ..rules.recording import Entry, problems
from ..vocabulary import Circumstance, Contact, Difference, Form, Leaning, Setting, Way

CANT_TELL = "cant-tell"
STEPS = [*((str(step), str(step)) for step in range(1, 6)), (CANT_TELL, _("can’t tell"))]

CONTACTS = [
    (Contact.NOT_SEEN, _("not seen")),
    (Contact.SEEN, _("seen")),
    (Contact.WORDS, _("few words")),
    (Contact.TALK, _("talk")),
    (Contact.REAL_TALK, _("real talk")),
]
DIFFERENCES = [
    (Difference.AS_USUAL, _("as usual")),
    (Difference.LITTLE, _("a little")),
    (Difference.CLEARLY, _("clearly")),
]

# Staff say "his" and "her" when they speak of somebody they know, and so does the form.
SPOKEN = {
    "he": {
        "usual": _("Usual for him?"),
        "unknown": _("don’t know him"),
        "good": _("good for him"),
        "own_words": _("his own words"),
        "own_mark": _("His own mark"),
    },
    "she": {
        "usual": _("Usual for her?"),
        "unknown": _("don’t know her"),
        "good": _("good for her"),
        "own_words": _("her own words"),
        "own_mark": _("Her own mark"),
    },
    "they": {
        "usual": _("Usual for them?"),
        "unknown": _("don’t know them"),
        "good": _("good for them"),
        "own_words": _("their own words"),
        "own_mark": _("Their own mark"),
    },
}


def entry_key() -> UUID:
    """A key for one entry, of the day but not of the minute.

    It is made when the form is drawn. With the full clock in it, key and signature
    together would tell how long somebody took, and nobody's speed is recorded.
    """
    now = timezone.now()
    midnight = int(now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
    return UUID(int=(midnight << 80) | (new_key().int & ((1 << 80) - 1)))


def with_fresh_key(data: Any, name: str = "key") -> Any:
    """What was posted, under a key that stands for nothing yet."""
    fresh = data.copy()
    fresh[name] = str(entry_key())
    return fresh


class Words(forms.CharField):
    """Text as it was typed, in any script and direction; only what nothing can show is left out."""

    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\0", "").replace("\r\n", "\n")
        return text if text.strip() else ""


def one_of(label: Any, choices: Iterable[Any], **options: Any) -> forms.ChoiceField:
    """A few answers side by side, none of them chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, **({"required": False} | options)
    )


class EntryForm(forms.Form):
    """What every form of the day shares. ``entry`` is what it says, once it is valid."""

    shape = Form.SHORT
    plain: tuple[str, ...] = ("contact", "difference")
    """Questions whose answers are words, and go into the entry as they are."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=entry_key)
    contact = one_of(
        _("How much contact?"),
        CONTACTS,
        required=True,
        error_messages={"required": _("Choose how much contact there was.")},
    )
    difference = one_of(_("Usual for them?"), DIFFERENCES)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        person: int,
        pronoun: str = "they",
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.person = person
        self.speak_of(pronoun)

    def speak_of(self, pronoun: str) -> None:
        """Word the questions as staff would say them of this person."""
        spoken = self.spoken = SPOKEN.get(pronoun, SPOKEN["they"])
        self._choice("difference").choices = [
            *DIFFERENCES,
            (Difference.DONT_KNOW, spoken["unknown"]),
        ]
        self.fields["difference"].label = spoken["usual"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if "contact" in answers and "key" in answers:
            self.refuse(problems(self.entry, today=timezone.localdate()))
        return answers

    def refuse(self, found: Mapping[str, str]) -> None:
        """Say each sentence at its question, or above them where this form does not ask it."""
        for field, sentence in found.items():
            self.add_error(field if field in self.fields else None, sentence)

    def start_over(self) -> None:
        """Take a fresh key and say why; everything typed stays."""
        self.data = with_fresh_key(self.data, self.add_prefix("key"))
        self.add_error(
            None,
            gettext(
                "This page had already saved another entry, which stays as it is. "
                "Save once more to keep this one too."
            ),
        )

    @property
    def entry(self) -> Entry:
        said = self.cleaned_data
        return Entry(
            key=said["key"],
            person_id=self.person,
            form=self.shape,
            day=said.get("day") or timezone.localdate(),
            steps=self.steps(),
            circumstances=tuple(said.get("circumstances", ())),
            own_mark=int(said["own_mark"]) if said.get("own_mark") else None,
            **{name: said.get(name, "") for name in self.plain},
        )

    def steps(self) -> dict[int, int | None]:
        return {}

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class RoundForm(EntryForm):
    """One row of the quick round: contact, then one word."""

    shape = Form.QUICK

    def speak_of(self, pronoun: str) -> None:
        super().speak_of(pronoun)
        self._choice("difference").choices = [
            *DIFFERENCES,
            (Difference.DONT_KNOW, _("don’t know")),
        ]


class ShortForm(EntryForm):
    """For whoever meets people at work, in class or at visits."""

    plain: tuple[str, ...] = ("contact", "difference", "setting", "seen_heard")

    setting = one_of(
        _("Where"),
        Setting.choices,
        error_messages={
            "invalid_choice": _(
                "Choose one of the places shown. What somebody does at worship is never recorded."
            )
        },
    )
    circumstances = forms.MultipleChoiceField(
        label=_("Today"),
        choices=Circumstance.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen_heard = Words(label=_("seen or heard"))
    day = forms.DateField(
        label=_("Which day?"),
        required=False,
        help_text=_("Left empty, it is today."),
        error_messages={"invalid": _("Write the day as in 2026-03-12, or leave it empty.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    then = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FullForm(ShortForm):
    """For whoever knows the person: every question, none of them needed but contact."""

    shape = Form.FULL
    plain = (
        *ShortForm.plain, "way", "of_what", "leaning", "reading", "own_words", "response", "opening"
    )  # fmt: skip

    way = one_of(_("More or less"), Way.choices)
    of_what = Words(
        label=_("of what?"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"max_length": _("Say it in up to 200 characters; the rest fits below.")},
    )
    leaning = one_of(_("And that is"), Leaning.choices)
    reading = Words(label=_("what I make of it"))
    own_words = Words(label=_("their own words"))
    own_mark = one_of(_("Their own mark"), STEPS[:-1])
    response = Words(label=_("what I did"))
    opening = Words(label=_("What it opened"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        person: int,
        channels: Iterable[Channel] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, person=person, **options)
        # A box that stops taking letters loses them; a sentence says what to do.
        self.fields["of_what"].widget.attrs.pop("maxlength", None)
        # Retired while the form lay open: the answer is kept, and nobody else is asked.
        self.channels = [
            each
            for each in channels
            if each.retired_at is None or self.add_prefix(_field(each)) in (data or ())
        ]
        for channel in self.channels:
            self.fields[_field(channel)] = one_of(str(channel), STEPS)

    def speak_of(self, pronoun: str) -> None:
        super().speak_of(pronoun)
        self.fields["own_words"].label = self.spoken["own_words"]
        self.fields["own_mark"].label = self.spoken["own_mark"]
        self._choice("leaning").choices = [
            (Leaning.GOOD, self.spoken["good"]),
            *(choice for choice in Leaning.choices if choice[0] != Leaning.GOOD),
        ]

    def scales(self) -> Iterator[tuple[BoundField, str, str]]:
        """Each channel's question with its two anchoring words."""
        for channel in self.channels:
            yield self[_field(channel)], gettext(channel.low), gettext(channel.high)

    def steps(self) -> dict[int, int | None]:
        given = {channel.pk: self.cleaned_data.get(_field(channel)) for channel in self.channels}
        return {
            channel: None if answer == CANT_TELL else int(answer)
            for channel, answer in given.items()
            if answer
        }


def _field(channel: Channel) -> str:
    return f"step-{channel.key}"


class AdditionForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=entry_key)
    text = Words(label=_("What do you want to add?"))

    def start_over(self) -> None:
        """Take a fresh key and say why; what was typed stays."""
        self.data = with_fresh_key(self.data)
        self.add_error(
            None,
            gettext(
                "This page had already saved another addition, which stays as it is. "
                "Save once more to keep this one too."
            ),
        )
