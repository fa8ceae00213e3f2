"""Every kind of entry: struck or moved, gone from every page at once, sealed behind the wall."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models.strikes import Strikable
from daybook.observe.reflections.rules.strikes import MOVABLE
from daybook.observe.reflections.striking import kept
from daybook.observe.reflections.vocabulary import Entered
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AMIR, JONAS = "Amir Kaya", "Jonas Petit"
HEAD, OFFICER = "head-of-unit", "wing-officer"
WORDS = "Threw his tray across the servery."
WHY = "It was about somebody else on the landing."
NOT_STRUCK = {
    "Channel": "asks a question, of nobody",
    "EarlierWords": "words of an import that were replaced, opened by nobody on a page",
    "Strike": "the strike itself, naming nobody",
    "Move": "the move itself, naming nobody",
    "Meeting": "of a unit: names nobody, and was agreed by all",
    "MeetingPerson": "agreed by a meeting; the next one says what was wrong",
    "Explanation": "agreed by a meeting; the next one says what was wrong",
    "Care": "a word of the team that lapses at the next meeting",
    "Picture": "drawn by Daybook from ratings, and drawn again without what was struck",
    "UnitPicture": "of a unit, of nobody",
    "ChartFit": "of a whole service, of nobody",
    "ChartDay": "Daybook's own, and gone with the first struck rating in it",
    "TakenAsUsual": "agreed by a meeting; the next one says what was wrong",
    "SharedEvent": "told through its parts: nobody reads it once the last is struck",
    "StaffPart": "about a colleague, and holds no words",
    "Signature": "that a log was read",
    "RequestStep": "goes with its request",
    "Call": "who was called, and when",
    "Turn": "who is on duty",
    "CheckIn": "what staff did for somebody; taken back with what opened it",
    "Separation": "a decision with remedy: it ends by name, and its hours count on",
    "Report": "signed as it was seen: what was not so ends it, in words",
    "information.Concern": "ends by name: it was not so, is out of date, or was explained",
    "ConcernStep": "a decision, which the next one follows",
    "Grading": "the next one holds",
    "Levelling": "the next one holds",
    "Attachment": "goes with the reflection, once that is struck",
    "Asking": "a question of the desk",
    "Account": "taken back by its writer",
    "Copy": "what somebody was given: they are told when it ends",
    "Use": "looked at again when its ground ends",
    "Enquiry": "what was asked outside stays as it was asked",
    "information.Answer": "what was answered stays as it was answered",
    "Feedback": "what was told stays as it was told",
    "Urging": "that it was shown",
    "Protection": "ends by itself, and is reviewed",
    "FairnessAnswer": "of a place, of nobody",
    "ContactDay": "hours given, which count towards the fifteen days",
}
"""Tables of what is observed whose words are never struck by themselves, and why."""


def told_by(world: World, table: str, **values: Any) -> Any:
    key = new_key()
    world.insert(table, id=key, **values)
    return key


def written(world: World, ago: float = 2) -> Any:
    return timezone.now() - timedelta(hours=ago)


@pytest.fixture
def entries(world: World) -> dict[Entered, Any]:
    """One of each later kind about Amir, each with the same words, signed two hours ago."""
    amir, officer = world.people[AMIR], world.staff[OFFICER]
    at, today = written(world), timezone.localdate()
    by = {"person_id": amir, "written_by_id": officer, "written_at": at}
    request = told_by(
        world, "shifts_request", asked=WORDS, asked_of_id=officer, asked_on=today, **by
    )
    world.insert(
        "shifts_requeststep", id=new_key(), request_id=request, person_id=amir, number=1,
        kind="promised", promised_by_id=officer, due_on=today, words="I promised: tray.",
        written_by_id=officer, written_at=at,
    )  # fmt: skip
    event = told_by(
        world, "shifts_sharedevent", unit_id=world.units["a"], kind="game", place="servery",
        happened_at=at, fact="Two men argued.", reading="", responses=[], response="", opening="",
        present="", others=False, written_by_id=officer, written_at=at,
    )  # fmt: skip
    return {
        Entered.REQUEST: request,
        Entered.HANDOVER: told_by(
            world, "shifts_handovernote", unit_id=world.units["a"], words=WORDS, **by
        ),
        Entered.LAST_NOTE: told_by(
            world, "shifts_lastnote", unit_id=world.units["a"], words=WORDS, **by
        ),
        Entered.PART: told_by(world, "shifts_eventpart", event_id=event, part=WORDS, **by),
        Entered.UNLOCK: told_by(
            world, "safety_unlocknote", kind="medical", instruction=WORDS, reason="Because.",
            review_on=today + timedelta(days=9), ended_because="", **by,
        ),
        Entered.CONCERN: told_by(
            world, "safety_concern", person_id=amir, establishment_id=world.establishments["north"],
            kind="health", words=WORDS, raised_by_id=officer, raised_at=at, noticed_at=at,
            acknowledged_by_id=officer, acknowledged_at=at, ended_how="", ended_words="",
        ),
        Entered.PLAN: told_by(
            world, "safety_plan", person_id=amir, what=WORDS, who="Whoever is there", helps="",
            every_minutes=60, made_by_id=officer, made_at=at,
            review_on=today + timedelta(days=5), handed_back_to="", handed_back_because="",
        ),
    }  # fmt: skip


def end_protections(world: World) -> None:
    officer = world.staff[OFFICER]
    world.owner.execute(
        "update safety_unlocknote set ended_at = now(), ended_by_id = %s, ended_because = 'over'",
        [officer],
    )
    world.owner.execute(
        "update safety_concern set ended_at = now(), ended_by_id = %s, ended_how = 'mistaken',"
        " ended_words = 'over'",
        [officer],
    )
    world.owner.execute(
        "update safety_plan set handed_back_at = now(), handed_back_by_id = %s,"
        " handed_back_to = 'them', handed_back_because = 'over'",
        [officer],
    )


def strike(world: World, kind: Entered, entry: Any, by: str = HEAD, **said: Any) -> Any:
    given = {"key": str(new_key()), "what": "strike", "reason": WHY} | said
    return world.client(by).post(reverse("reflections:strike", args=[kind.value, entry]), given)


def move(world: World, kind: Entered, entry: Any, to: str = JONAS) -> Any:
    given = {"what": "move", "whose": to[:3].lower(), "moved_to": world.people[to]}
    return strike(world, kind, entry, **given)


def pages(world: World, name: str = OFFICER, person: str = AMIR) -> str:
    """All that a colleague could read it on."""
    key, client = world.people[person], world.client(name)
    day = timezone.localdate()
    paths = [
        reverse("reflections:person", args=[key]),
        reverse("shifts:asked-by", args=[key]),
        reverse("shifts:asked", args=["a"]),
        reverse("safety:notes", args=[key]),
        reverse("safety:keep-safe", args=[key]),
        reverse("safety:concerns"),
        reverse("safety:unlock-sheet", args=["a"]),
        "/wing/a/",
        # Before the morning, two hours ago was yesterday's night.
        *(
            reverse("shifts:log", args=["a", on, shift])
            for on in (day - timedelta(days=1), day)
            for shift in ("early", "late", "night")
        ),
    ]
    return "".join(client.get(path).content.decode() for path in paths)


# ---- Every table says whether ----


def test_every_table_of_what_is_observed_is_strikable_or_says_why_not() -> None:
    silent = []
    # By name, or with its app where two have one name.
    models = list(apps.get_models())
    known = {model.__name__ for model in models} | {model._meta.label for model in models}
    assert NOT_STRUCK.keys() <= known, "a reason for a table that is gone"
    for model in apps.get_models():
        if not model.__module__.startswith("daybook.observe"):
            continue
        if model.__module__.startswith(("daybook.observe.conduct", "daybook.observe.confidences")):
            continue  # Out of everybody's reach but the custodian's, by a wall of its own.
        has_words = any(
            isinstance(each, (TextField, CharField)) and not each.choices
            for each in model._meta.fields
        )
        excused = {model.__name__, model._meta.label} & NOT_STRUCK.keys()
        if issubclass(model, Strikable) == bool(excused) and has_words:
            silent.append(model.__name__)
    assert set(silent) <= {"RequestStep"}  # It is both: sealed, and only with its request.


def test_python_and_the_database_know_the_same_kinds(world: World) -> None:
    told = world.owner.execute("select kind, kept_in, moves from daybook.strikable").fetchall()
    assert {kind for kind, *_ in told} == set(Entered.values)
    assert {kind for kind, _table, moves in told if moves} == {each.value for each in MOVABLE}
    tables = {kind: table for kind, table, _moves in told}
    for kind, where in kept.items():
        assert where.model._meta.db_table == tables[kind.value]


# ---- Struck ----


@pytest.mark.parametrize("kind", [Entered.REQUEST, Entered.HANDOVER, Entered.LAST_NOTE,
                                  Entered.PART])  # fmt: skip
def test_it_leaves_every_page_at_once(
    world: World, entries: dict[Entered, Any], kind: Entered
) -> None:
    before = pages(world).count(WORDS)
    assert strike(world, kind, entries[kind]).status_code == 302
    after = pages(world).count(WORDS)
    assert after < before
    for other in entries.keys() - {kind, Entered.UNLOCK, Entered.CONCERN, Entered.PLAN}:
        assert strike(world, other, entries[other]).status_code == 302
    end_protections(world)
    for other in (Entered.UNLOCK, Entered.CONCERN, Entered.PLAN):
        assert strike(world, other, entries[other]).status_code == 302
    for name in (OFFICER, HEAD, "personal-officer", "governor"):
        assert WORDS not in pages(world, name), name
        assert "I promised: tray." not in pages(world, name), name


@pytest.mark.parametrize("kind", [Entered.UNLOCK, Entered.CONCERN, Entered.PLAN])
def test_what_protects_somebody_is_ended_by_name_first(
    world: World, entries: dict[Entered, Any], kind: Entered
) -> None:
    answer = strike(world, kind, entries[kind])
    assert "End it first" in answer.content.decode()
    assert WORDS in pages(world)
    with world.viewing(HEAD), connection.cursor() as cursor, pytest.raises(Exception, match="name"):
        cursor.execute(
            "select daybook.strike(%s, %s, %s, %s, null, null)",
            [new_key(), kind.value, entries[kind], WHY],
        )
    end_protections(world)
    assert strike(world, kind, entries[kind]).status_code == 302


def test_only_who_leads_strikes(world: World, entries: dict[Entered, Any]) -> None:
    for kind, entry in entries.items():
        for name in (OFFICER, "b-officer", "governor"):
            assert strike(world, kind, entry, by=name).status_code == 404, (kind, name)


def test_the_wall_hides_what_is_struck_from_every_role_of_the_app(
    world: World, entries: dict[Entered, Any]
) -> None:
    end_protections(world)
    for kind, entry in entries.items():
        assert strike(world, kind, entry).status_code == 302
    for name in (OFFICER, HEAD, "governor", "oversight", "personal-officer"):
        with world.viewing(name), connection.cursor() as cursor:
            for kind, entry in entries.items():
                table = kept[kind].model._meta.db_table
                cursor.execute(f"select count(*) from {table} where id = %s", [entry])
                assert cursor.fetchone() == (0,), (name, kind)
            cursor.execute("select count(*) from shifts_requeststep")
            assert cursor.fetchone() == (0,)
            cursor.execute("select count(*) from shifts_sharedevent")
            assert cursor.fetchone() == (0,), name


def test_no_word_of_it_is_changed_or_brought_back(
    world: World, entries: dict[Entered, Any]
) -> None:
    strike(world, Entered.HANDOVER, entries[Entered.HANDOVER])
    for change in ("words = 'other'", "struck_at = null"):
        with pytest.raises(Exception, match=r"never changed|stays as it was"):
            world.owner.execute(f"update shifts_handovernote set {change}")
    with pytest.raises(Exception, match=r"stays as it was"):
        world.owner.execute("update shifts_request set struck_at = now()")


def test_data_protection_opens_each_on_an_inquiry(
    world: World, entries: dict[Entered, Any]
) -> None:
    end_protections(world)
    officer = world.client("data-protection-officer")
    for kind, entry in entries.items():
        strike(world, kind, entry)
        [(key,)] = world.owner.execute(
            "select id from reflections_strike where record = %s", [entry]
        ).fetchall()
        answer = officer.post(
            reverse("reflections:sealed"), {"strike": key, "inquiry": "Ombudsman 12"}
        )
        assert WORDS in answer.content.decode(), kind
        if kind is Entered.PART:
            assert "Two men argued." in answer.content.decode()


# ---- Moved ----


@pytest.mark.parametrize("kind", [Entered.REQUEST, Entered.HANDOVER, Entered.LAST_NOTE,
                                  Entered.PART])  # fmt: skip
def test_it_moves_with_its_author_and_its_time(
    world: World, entries: dict[Entered, Any], kind: Entered
) -> None:
    assert move(world, kind, entries[kind]).status_code == 302
    model = kept[kind].model
    rows = world.owner.execute(
        f"select person_id, written_by_id, written_at from {model._meta.db_table}"
        " where struck_at is null"
    ).fetchall()
    [(person, by, at)] = rows
    assert (person, by) == (world.people[JONAS], world.staff[OFFICER])
    assert timezone.now() - at > timedelta(hours=1)
    assert WORDS in pages(world, person=JONAS)
    if kind is Entered.REQUEST:
        steps = world.owner.execute(
            "select person_id, words from shifts_requeststep where struck_at is null"
        ).fetchall()
        assert steps == [(world.people[JONAS], "I promised: tray.")]


def test_a_part_moves_to_nobody_who_has_one(world: World, entries: dict[Entered, Any]) -> None:
    world.owner.execute(
        "insert into shifts_eventpart (id, event_id, person_id, part, written_by_id, written_at)"
        " select gen_random_uuid(), event_id, %s, 'Stood by.', written_by_id, written_at"
        "   from shifts_eventpart",
        [world.people[JONAS]],
    )
    answer = move(world, Entered.PART, entries[Entered.PART])
    assert answer.status_code == 422
    assert "stand in that event already" in answer.content.decode()
    assert WORDS in pages(world)


def test_protections_move_to_nobody(world: World, entries: dict[Entered, Any]) -> None:
    end_protections(world)
    for kind in (Entered.UNLOCK, Entered.CONCERN, Entered.PLAN):
        assert move(world, kind, entries[kind]).status_code == 422
