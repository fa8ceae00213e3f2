"""Every part on a few invented pages, without a database: for looking, and for the tests.

``python tests/ui/gallery.py FOLDER`` writes the pages; serve the folder and look.
"""

from __future__ import annotations

import math
import random
import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils import translation

from daybook.ui.charts import Change, Chart, Event, sparkline, unit_line
from daybook.ui.parts import Entry, Filter, Line, Tile, Voice

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 3, 12)
SPAN = 28

NAMES = """Amir K.|Jonas P.|Daniel O.|Mihai S.|Yusuf A.|Tomasz W.|Luca B.|Pieter V.|Karim L.|Sven H.
Andrei M.|Omar D.|Marek N.|Bilal R.|Erik J.|Paulo F.|Hugo C.|Ivan T.|Samir G.|Noel E.|Lars K.
Dragan P.|Adil M.|Rui S.|Tim B.|Fikret U.|Jan H.|Moussa C.|Leon W.|Artur Z.|Stefan I.|Zoran L.
Kevin A.|Bogdan F.|Idris N.|Mattia R.|Oskar D.|Farid H.|Goran V.|Ruben S.|Elias T.|Walid B.|Nils O.
Matej K.|Sam L.|Abdou N.|Wiktor K.|Emre Y.|Jules M.|Tarek Z.|Dario F.|Levi C.|Hassan O.|Petr V.
Ilir B.|Kofi A.|Anton R.|Maxim D.|Rafael G.|Tobias E."""

LINES = {
    1: (Line("With others lower since Fri 6 Mar. The wing explains little.", "lower"),),
    4: (Line("Mood and contact with staff higher since Mon. Talk to him: what helps?", "higher"),),
    11: (Line("Officers see him differently: settled on the wing, tense at work.", "mixed"),),
    17: (Line("Tension up since the visit was cancelled on Sun.", "higher"),),
    47: (Line("Contact with staff lower since Wed 4 Mar.", "lower"),),
    0: (Line("Visit 15:00"),),
    5: (Line("no entry since Tuesday"),),
    7: (Line("Court tomorrow"),),
    9: (Line("Day 3 check-in due"),),
    12: (Line("no entry since Monday"),),
    14: (Line("Promise: phone credit, by today"),),
    22: (Line("Meeting with probation 16:30"),),
    30: (Line("Bereavement, chaplain told"),),
    35: (Line("no entry since Sunday"),),
    52: (Line("Release in 9 days"),),
    58: (Line("Stay close, until the meeting"),),
}
BEFORE = {3: ("Keep apart from B2-19",), 20: ("Two staff at unlock",), 33: ("Inhaler with him",)}


def _days(chance: random.Random, drop_from: int, by: float, until: int) -> list[Any]:
    middle = chance.uniform(2.7, 3.4)
    return [
        (
            day,
            None
            if day >= until or chance.random() < 0.18
            else middle + chance.gauss(0, 0.28) + (by if day >= drop_from else 0),
        )
        for day in range(SPAN)
    ]


def board() -> dict[str, Any]:
    chance = random.Random(12)
    tiles = []
    for number, name in enumerate(NAMES.replace("\n", "|").split("|")):
        lines = LINES.get(number, ())
        direction = lines[0].direction if lines else None
        by = {"higher": 0.9, "lower": -1.0}.get(direction or "", 0.0)
        until = 24 if lines and lines[0].text.startswith("no entry") else SPAN
        days = _days(chance, 21, by, until)
        cell = f"B{1 + number // 30}-{1 + number % 30:02}"
        spark = sparkline(
            days,
            span=SPAN,
            label=f"{name}, mood over six weeks: {lines[0].text if lines else 'no lasting change'}",
            band=(2.6, 3.5),
            changed=(21, direction) if by and direction else None,
        )
        tiles.append(
            Tile(
                cell,
                name,
                "person.html",
                lines,
                spark,
                before=BEFORE.get(number, ()),
                strong="worth talking about" if direction else "",
                dot="You are his personal officer" if number % 6 == 0 else "",
            )
        )
    weather = [(day, 3.2 + 0.3 * math.sin(day / 3) - (day == 20) * 0.9) for day in range(SPAN)]
    return {
        "tiles": tiles,
        "weather": unit_line(weather, span=SPAN, label="The wing itself: a calm six weeks"),
        "pills": [
            Filter("All", "board.html", 60, True),
            Filter("Different from usual", "board.html", 5),
            Filter("No entry today", "board.html", 9),
            Filter("Today", "board.html", 6),
            Filter("Mine", "board.html", 10),
            Filter("Unlock sheet", "board.html"),
        ],
    }


class Reflection(forms.Form):
    where = forms.ChoiceField(
        label="Where",
        choices=[(w, w) for w in ("wing", "work", "school", "yard", "visit")],
        widget=forms.RadioSelect,
    )
    contact = forms.ChoiceField(
        label="How much contact?",
        choices=[(w, w) for w in ("not seen", "seen", "few words", "talk", "real talk")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much contact there was."},
    )
    steps = [*((str(n), str(n)) for n in range(1, 6)), ("unsure", "can’t tell")]
    mood = forms.ChoiceField(choices=steps, widget=forms.RadioSelect, required=False)
    tension = forms.ChoiceField(choices=steps, widget=forms.RadioSelect, required=False)
    staff = forms.ChoiceField(
        label="With staff", choices=steps, widget=forms.RadioSelect, required=False
    )
    others = forms.ChoiceField(
        label="With others", choices=steps, widget=forms.RadioSelect, required=False
    )
    usual = forms.ChoiceField(
        label="Usual for him?",
        choices=[(w, w) for w in ("as usual", "a little", "clearly", "don’t know him")],
        widget=forms.RadioSelect,
        required=False,
    )
    good = forms.ChoiceField(
        label="And that is",
        choices=[(w, w) for w in ("good for him", "worries me", "can’t tell")],
        widget=forms.RadioSelect,
        required=False,
    )
    context = forms.MultipleChoiceField(
        label="Today",
        choices=[
            (w, w)
            for w in ("visit", "no visit", "court", "bad news", "moved", "regime cut", "health")
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fact = forms.CharField(label="seen or heard", required=False)
    reading = forms.CharField(label="what I make of it", required=False)
    own = forms.CharField(label="his own words", required=False)
    did = forms.CharField(label="what I did", required=False)
    review_on = forms.DateField(
        label="Look at it again on",
        required=False,
        help_text="At the latest in six weeks.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    told = forms.BooleanField(label="He knows what is written", required=False)


def person() -> dict[str, Any]:
    chance = random.Random(3)
    raw: list[Any] = []
    line: list[Any] = []
    unit: list[Any] = []
    level = 3.3
    for day in range(120):
        target = 3.4 if day < 90 else 2.3
        level += 0.22 * (target - level) + chance.gauss(0, 0.05)
        unit.append((day, 3.3 + chance.gauss(0, 0.2) - (0.9 if 50 <= day < 54 else 0)))
        line.append((day, level))
        if chance.random() < 0.2:
            raw.append((day, None))
        else:
            raw.append((day, min(5, max(1, round(target + chance.gauss(0, 0.8))))))
    said = (
        "Worth talking about: about one step lower than his usual since 10 February. Officers’ "
        "habits and the wing’s own days are taken out; the wing explains little. Chance alone "
        "shows as much in 5 of 100 people over four months."
    )
    chart = Chart(
        key="others",
        title="With others",
        state="is lower than his own usual",
        direction="lower",
        sentence=said,
        first_day=TODAY - timedelta(days=119),
        days=120,
        low_word="alone",
        high_word="joins in",
        raw=raw,
        line=line,
        band=(2.9, 3.9),
        unit=unit,
        changes=[Change(90, "since about 10 February", "lower")],
        events=[Event(13, "transfer"), Event(51, "lock-down"), Event(86, "visit cancelled")],
        band_word="his usual",
        unit_word="the wing",
    )
    zone = ZoneInfo("Europe/Brussels")
    entries = [
        Entry(
            datetime(2026, 3, 12, 14, 10, tzinfo=zone),
            "R. Iliescu",
            [
                Voice("fact", "Took his lunch back to the bench and ate alone; answered."),
                Voice("reading", "Tired rather than angry, I think. Not sure."),
                Voice("own", "I’m fine, I just want quiet."),
                Voice("did", "Sat with him ten minutes. It opened: the call to his sister."),
            ],
            where="work",
            additions=[
                Entry(
                    datetime(2026, 3, 12, 16, 5, tzinfo=zone),
                    "R. Iliescu",
                    [Voice("fact", "He did eat later, with Amir.")],
                )
            ],
        ),
        Entry(
            date(2026, 3, 11),
            "Meeting",
            [
                Voice(
                    "fact",
                    "Different since the visit was cancelled on 10 February. Explained by: no "
                    "contact with his sister (ordinary); gym closed two weeks (regime).",
                ),
                Voice("reading", "Stance: unhurried, same people."),
                Voice("did", "Phone call arranged, A. Novak, by Friday."),
            ],
            where="B wing",
        ),
        Entry(
            date(2026, 3, 10),
            "A. Novak",
            [Voice("fact", "Did not come to association; window open, reading.")],
            where="wing",
        ),
    ]
    return {"chart": chart, "entries": entries}


def pages() -> dict[str, dict[str, Any]]:
    desk = {
        "nav": [
            {"label": label, "url": "board.html", "current": label == "Wing"}
            for label in ("Wing", "My people", "Meeting", "Handover")
        ],
        "search_url": "board.html",
        "who": "Late shift · A. Novak",
        "sign_out_url": "board.html",
    }
    half = {
        "contact": "",
        "mood": "3",
        "tension": "2",
        "fact": "Did not eat.",
        "context": ["visit"],
    }
    return {
        "board": {"desk": desk, **board()},
        "person": {"desk": desk, **person()},
        "reflect": {"desk": desk, "form": Reflection()},
        "wrong": {"desk": desk, "form": Reflection(half)},
        "parts": {"desk": desk},
    }


def build(folder: Path, language: str = "en", theme: str = "") -> None:
    """Write the pages and the static files they need into `folder`."""
    engine = engines["django"]
    with translation.override(language):
        for name, context in pages().items():
            context["desk"]["theme"] = theme
            context["today"] = TODAY
            text = (PAGES / f"{name}.html").read_text(encoding="utf-8")
            page = engine.from_string(text).render(context)
            (folder / f"{name}.html").write_text(page, encoding="utf-8")
    for static in ("ui", "django_htmx"):
        found = finders.find(static)
        assert isinstance(found, str)
        shutil.copytree(found, folder / "static" / static, dirs_exist_ok=True)


if __name__ == "__main__":
    import django

    django.setup()
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    build(target, *sys.argv[2:])
