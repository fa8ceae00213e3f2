"""Looking for words in what was written: in reach, and in the kinds of record one reads."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.people.queries import search_words
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.providers import written
from daybook.web.queries.writing import found_in_writing
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
# Reach of the roles that read the wing's book, in the small world.
AMIR_ONLY = {"personal-officer", "case-lead", "psychologist", "probation-officer"}


@pytest.fixture
def world(world: World) -> World:
    """The same word about each of the four, in a reflection and in an unlock note."""
    now = timezone.now()
    for name, person in world.people.items():
        world.add_reflection(
            name, "wing-officer", seen_heard="Sang Grüße, Æther und Ł in the yard."
        )
        world.insert(
            "safety_unlocknote", id=new_key(), person_id=person, kind="medical",
            instruction="Knock gently", reason="Songbirds calm him.", written_at=now,
            written_by_id=world.staff["wing-officer"], review_on=now.date(), ended_because="",
        )  # fmt: skip
    return world


def found(world: World, who: str, words: str) -> set[tuple[str, str]]:
    with world.viewing(who) as viewer:
        lines = found_in_writing(words, viewer=viewer)
        return {(line.person.given_name, line.kind) for line in lines}


def test_each_role_finds_words_in_its_kinds_of_record_about_its_people(world: World) -> None:
    for role in ROLES.values():
        expected = set()
        for compartment, kind, word in (
            (Compartment.WING, "Reflection", "sang"),
            (Compartment.SAFETY, "Before you unlock", "songb"),
        ):
            with world.viewing(role.key) as viewer:
                reads = viewer.may(Right.READ, compartment)
                people = (
                    set(world.people.values()) if viewer.everywhere else viewer.people(compartment)
                )
            names = {name.split()[0] for name, key in world.people.items() if key in people}
            expected = {(name, kind) for name in names if reads}
            assert found(world, role.key, word) == expected, (role.key, word)


@pytest.mark.parametrize(
    "words", ["sang", "SANG yard", "grüss", "gruss", "aether", "æth", "ł", "l y", "in the ya"]
)
def test_words_begin_in_any_order_case_and_accent(world: World, words: str) -> None:
    assert ("Amir", "Reflection") in found(world, "wing-officer", words)


@pytest.mark.parametrize(
    "words", ["", "   ", "ang", "& | !", "'); drop", "yard:*", "a\\b", "sang nothere"]
)
def test_nothing_else_is_found_and_nothing_breaks(world: World, words: str) -> None:
    expected = {"yard:*"}  # The signs are no letters, and the word stands there.
    assert bool(found(world, "wing-officer", words)) is (words in expected)


def test_what_was_struck_or_taken_back_is_not_found(world: World) -> None:
    world.add_reflection(
        "Amir Kaya", "wing-officer", seen_heard="Whistled.", withdrawn_at=timezone.now(),
        saved_at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    key = world.add_reflection("Amir Kaya", "wing-officer", seen_heard="Whistled twice.")
    assert ("Amir", "Reflection") in found(world, "wing-officer", "whistled")
    world.owner.execute("alter table reflections_reflection disable trigger user")
    world.owner.execute("update reflections_reflection set struck_at = now() where id = %s", [key])
    assert found(world, "wing-officer", "whistled") == set()


def test_no_sealed_kind_of_record_can_be_searched(world: World) -> None:
    kinds = {kind for (kind,) in world.owner.execute("select compartment from daybook.searchable")}
    assert kinds == {"wing", "safety"}
    tables = {t for (t,) in world.owner.execute("select kept_in from daybook.searchable")}
    assert tables == {look.model._meta.db_table for look in written}  # type: ignore[attr-defined]


def test_the_page_asks_by_a_button_and_logs_people_and_no_words(world: World) -> None:
    client = world.client("wing-officer")
    plain = client.post("/search/", {"q": "sang"}, follow=True).content.decode()
    assert "Look in what was written" in plain
    assert "In what was written" not in plain
    said = html.unescape(
        client.post("/search/", {"q": "sang", "in-writing": "1"}, follow=True).content.decode()
    )
    assert "In what was written" in said
    assert "Sang Grüße" in said
    assert "Bao" not in said
    logged = world.owner.execute(
        "select subject, people, reason from audit_entry where kind = 'consultation'"
        " order by at desc limit 1"
    ).fetchone()
    assert "words looked for" in logged[0]
    assert set(logged[1]) == {world.people["Amir Kaya"], world.people["Jonas Petit"]}
    assert "sang" not in " ".join(
        text for (text,) in world.owner.execute("select e::text from audit_entry e")
    ).lower().replace("songb", "")


def test_whoever_reads_nothing_is_not_asked(world: World) -> None:
    for who in ("administrator", "partner-worker", "source-custodian"):
        shown = world.client(who).post("/search/", {"q": "sang", "in-writing": "1"}, follow=True)
        assert "Look in what was written" not in shown.content.decode()
        assert "Amir" not in shown.content.decode().replace("finds Amir Kaya", "")


def test_the_index_answers_names_also_behind_the_wall(world: World) -> None:
    """``^@`` goes through the index before the policy is asked; ``LIKE`` could not."""
    world.owner.execute(
        "insert into people_searchword (person_id, word)"
        " select %s, md5(n::text) from generate_series(1, 20000) n",
        [world.people["Cem Demir"]],
    )
    world.owner.execute("analyze people_searchword")
    plans = {}
    for test in ("word ^@ 'am'", "word like 'am%'"):
        with world.viewing("wing-officer"), connection.cursor() as cursor:
            cursor.execute(f"explain select person_id from people_searchword where {test}")
            plans[test] = "\n".join(line for (line,) in cursor.fetchall())
    beginning, like = plans.values()
    assert "people_searchword_prefix" in beginning
    assert "Index Cond" in beginning
    assert "people_searchword_prefix" not in like


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łucja Żółkiewska-Nowak", ["lucja", "nowak", "zolkiewska"]),
        ("Đức Nguyễn", ["duc", "nguyen"]),
        ("مُحَمَّد", ["محمد"]),
        ("Ελένη Ξένου", ["ελενη", "ξενου"]),
        ("Йосиф Ёлкин", ["елкин", "иосиф"]),
        ("İlker Işık", ["ilker", "isik"]),
        ("שָׁלוֹם", ["שלום"]),
        ("Weiß O’Brien", ["brien", "o", "weiss"]),
        ("王小明", ["王小明"]),
    ],
)
def test_names_of_many_scripts_are_folded(text: str, words: list[str]) -> None:
    assert search_words(text) == sorted(words)
