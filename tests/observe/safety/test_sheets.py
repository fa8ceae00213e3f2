"""Lists carried in the hand: unlock sheet, wing sheet, evacuation list."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.paper import fonts, pages
from tests.world import World

from .safety_world import add_note, keep_apart

pytestmark = pytest.mark.django_db(transaction=True)


def look(world: World, name: str, *keys: Any, by: str = "wing-officer") -> Any:
    answer = world.client(by).get(reverse(f"safety:{name}", args=keys))
    assert answer.status_code == 200
    return answer


def on_paper(world: World, name: str, unit: str = "a", by: str = "wing-officer") -> str:
    # Words that break over two lines are words all the same.
    return " ".join(" ".join(pages(look(world, name, unit, by=by).content)).split())


def test_the_sheet_says_what_to_do_and_never_why(world: World) -> None:
    add_note(world, "Amir Kaya", "staff", reason="He threw a chair in May.")
    keep_apart(world, "Jonas Petit", "Bao Tran")
    html = look(world, "unlock-sheet", "a").content.decode()
    paper = on_paper(world, "unlock-pdf")
    for page in (html, paper):
        assert "2 staff: one speaks, one stands back" in page
        assert "Keep apart from Bao T." in page
        assert "chair" not in page
    assert "for staff only" in paper


def test_the_wing_sheet_may_lie_on_a_table(world: World) -> None:
    add_note(world, "Amir Kaya", "medical", instruction="The inhaler stays with him.")
    world.add_reflection("Amir Kaya", "wing-officer", difference="clearly", of_what="sleep")
    paper = on_paper(world, "wing-sheet")
    for asked in ("Amir Kaya", "How much contact?", "real talk", "clearly", "bad news"):
        assert asked in paper
    for never in ("inhaler", "sleep", "Medical"):
        assert never not in paper


def test_the_sheet_asks_what_the_screen_asks(world: World) -> None:
    paper = on_paper(world, "wing-sheet")
    form = world.client("wing-officer").get(
        reverse("reflections:reflect", args=[world.people["Amir Kaya"]])
    )
    shown = form.context["form"]
    asked = [str(words) for _key, words in shown.fields["contact"].choices]
    asked += [str(words) for _key, words in shown.fields["difference"].choices]
    asked += [word for _field, low, high in shown.scales() for word in (low, high)]
    assert [words for words in asked if words not in paper] == []


def test_the_wing_sheet_names_the_screen_it_is_entered_on(world: World) -> None:
    screen = world.client("wing-officer").get(reverse("reflections:from-paper", args=["a"]))
    assert "<h1>From paper, A wing</h1>" in screen.content.decode()
    assert "on the screen “From paper, A wing”" in on_paper(world, "wing-sheet")


def test_whoever_only_writes_finds_the_same_few_questions_on_paper(world: World) -> None:
    paper = on_paper(world, "wing-sheet", by="activity-staff")
    assert "How much contact?" in paper
    assert "wound up" not in paper
    assert "wound up" in on_paper(world, "wing-sheet")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Łukasz Żółkiewski", "NotoSans"),
        ("Олена Ковальчук", "NotoSans"),
        ("محمد الأحمد", "Rubik"),
        ("יוסף כהן", "Rubik"),
    ],
)
def test_a_name_prints_in_its_own_letters(world: World, name: str, letters: str) -> None:
    world.add_person(name, "a")
    sheet = look(world, "wing-sheet", "a").content
    assert any(letters in font for font in fonts(sheet))
    given, text = name.split()[0], " ".join(pages(sheet))
    assert given in text or given[::-1] in text


def test_nobody_is_missing_from_the_evacuation_list(world: World) -> None:
    add_note(world, "Amir Kaya", "evacuation")
    add_note(world, "Jonas Petit", "medical")
    world.add_escort("Jonas Petit", "hospital", timezone.now())
    html = look(world, "evacuation", "a").content.decode()
    for words in ("Amir Kaya", "needs an arm on the stairs", "Jonas Petit", "at hospital"):
        assert words in html
    assert "inhaler" not in html
    assert "2 people live here, 1 of them is out under escort" in html


def test_the_whole_establishment_in_one_touch(world: World) -> None:
    html = look(world, "evacuation-of-all", "north", by="duty-manager").content.decode()
    assert all(name in html for name in ("Amir Kaya", "Jonas Petit", "Bao Tran"))
    assert "Cem Demir" not in html
    link = reverse("safety:evacuation-of-all", args=["north"])
    assert link in look(world, "unlock-sheet", "a", by="duty-manager").content.decode()
    assert link not in look(world, "unlock-sheet", "a").content.decode()


def test_whoever_is_not_told_of_escorts_is_told_so(world: World) -> None:
    world.add_escort("Jonas Petit", "hospital", timezone.now())
    html = look(world, "evacuation", "a", by="activity-staff").content.decode()
    assert "hospital" not in html
    assert "ask the wing" in html


@pytest.mark.parametrize("sheet", ["unlock-sheet", "evacuation"])
def test_a_sheet_costs_as_many_reads_for_sixty_as_for_one(world: World, sheet: str) -> None:
    counts = []
    client = world.client("wing-officer")
    for more in (0, 58):
        world.add_people(more, "a")
        for name in world.people:
            if name.startswith("Person"):
                add_note(world, name, "evacuation")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"safety:{sheet}", args=["a"]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
