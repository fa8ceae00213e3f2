"""Whatever is sent, a form answers in the words of the house."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError

import daybook

DJANGO_SAYS = (
    "Select a valid", "Enter a", "This field", "Ensure ", "Null characters", "not a valid",
    "available choices", "ManagementForm",
)  # fmt: skip
SENT = ("", "x", "\0", "x" * 200_000, "-" + "9" * 40, ["x"], "{", "2026-99-99")


def every_form(base: type = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("daybook."):
            yield each
        yield from every_form(each)


@pytest.fixture(scope="module", autouse=True)
def _all_of_it() -> None:
    for found in pkgutil.walk_packages(daybook.__path__, "daybook."):
        if ".forms" in found.name or ".views" in found.name:
            importlib.import_module(found.name)


def test_no_field_of_any_form_speaks_as_django() -> None:
    forms_of_ours = set(every_form())
    assert len(forms_of_ours) > 15
    said = set()
    for form in forms_of_ours:
        for name, field in form.base_fields.items():
            for value in SENT:
                for words in refusals(field, value):
                    if any(word in words for word in DJANGO_SAYS):
                        said.add(f"{form.__name__}.{name}: {words}")
    assert said == set()


def refusals(field: forms.Field, value: object) -> list[str]:
    try:
        field.clean(value)
    except ValidationError as refusal:
        return refusal.messages
    except (TypeError, AttributeError):
        # No browser can send this kind of value to this field.
        return []
    return []


def test_a_forged_choice_is_answered_plainly() -> None:
    field = forms.ChoiceField(choices=[("a", "A")])
    assert refusals(field, "b") == ["Choose one of the answers offered."]


@pytest.mark.parametrize("answer", ["\U0010ffff", "\u200f", "\u2066 \u2069", "\u00ad"])
def test_an_answer_that_shows_nothing_is_no_answer(answer: str) -> None:
    class Reason(forms.Form):
        reason = forms.CharField()
        key = forms.UUIDField(required=False)
        more = forms.JSONField(required=False)

    assert list(Reason({"reason": answer}).errors) == ["reason"]
    read = Reason({"reason": f"{answer}yes", "key": "0" * 32, "more": "[]"})
    assert read.is_valid(), read.errors
