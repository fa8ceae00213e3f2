"""The questions of a form: nothing prefilled, nothing lost, every error beside its field."""

import re
from typing import Any

from django import forms
from django.template import engines

STEPS = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("unsure", "can't tell")]


class Reflection(forms.Form):
    contact = forms.ChoiceField(
        choices=[("seen", "seen"), ("talk", "talk")], widget=forms.RadioSelect
    )
    drop = forms.ChoiceField(choices=[("", "----"), ("a", "A")], required=False)
    mood = forms.ChoiceField(choices=STEPS, widget=forms.RadioSelect, required=False)
    today = forms.MultipleChoiceField(
        choices=[("visit", "visit"), ("court", "court")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fact = forms.CharField(label="seen or heard", max_length=20, required=False)
    until = forms.DateField(help_text="At the latest in six weeks.")
    told = forms.BooleanField(label="He knows", required=False)


PAGE = """{% error_summary form %}{% segments form.contact %}{% segments form.drop %}
{% scale form.mood low="low" high="bright" %}{% chips form.today %}{% fold form.fact %}
{% field form.until %}{% field form.told %}"""


def drawn(form: forms.Form, page: str = PAGE) -> str:
    return str(engines["django"].from_string(page).render({"form": form}))


def test_nothing_is_prefilled() -> None:
    html = drawn(Reflection())
    assert "checked" not in html
    assert "<details open" not in html
    assert "error-summary" not in html


def test_every_step_says_what_it_means() -> None:
    html = drawn(Reflection(), '{% scale form.mood low="low" high="bright" %}')
    assert 'aria-label="Mood: 2 of 5, between low and bright"' in html
    assert html.count('class="step') == 5
    assert html.count('class="unsure') == 1


def test_the_empty_choice_of_a_list_is_no_answer() -> None:
    assert drawn(Reflection(), "{% segments form.drop %}").count("<input") == 1


def test_what_was_given_stays() -> None:
    given: dict[str, Any] = {
        "contact": "talk",
        "mood": "unsure",
        "today": ["court"],
        "fact": "A note that is <far> too long to be kept",
    }
    html = drawn(Reflection(given))
    for value in ("talk", "unsure", "court"):
        assert re.search(rf'value="{value}"[^>]* checked', html)
    assert html.count(" checked") == 3
    assert "A note that is &lt;far&gt; too long" in html
    assert '<details class="fold" open>' in html


def test_each_error_is_beside_its_field_and_reached_from_the_top() -> None:
    html = drawn(Reflection({"fact": "x" * 30}))
    links = re.findall(r'<a href="#([^"]+)"', html)
    assert links == ["id_contact_0", "id_fact", "id_until"]
    for target in links:
        assert f'id="{target}"' in html
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert {"id_contact_error", "id_fact_error", "id_until_error"} <= set(described)
    for target in described:
        assert html.count(f'id="{target}"') == 1, target
