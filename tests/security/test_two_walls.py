"""Each wall alone holds the role table: the queries as the owner, the policies as raw SQL."""

import pytest
from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import ROLES, Compartment, Reach, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.table import rows
from daybook.foundation.people import queries as people

pytestmark = pytest.mark.django_db(transaction=True)

REACHED = {
    Reach.UNIT: {"Amir Kaya", "Jonas Petit"},
    Reach.OWN: {"Amir Kaya"},
    Reach.CASE: {"Amir Kaya"},
    Reach.CASE_ACROSS: {"Amir Kaya"},
    Reach.ESTABLISHMENT: {"Amir Kaya", "Jonas Petit", "Bao Tran"},
    # Nobody is owed an answer in this world; tests of safety raise concerns.
    Reach.ANSWERING: set(),
    Reach.SERVICE: {"Amir Kaya", "Jonas Petit", "Bao Tran", "Cem Demir"},
    Reach.NONE: set(),
}

# Every table about people, and the compartment whose row of the table it follows.
TABLES = {
    "people_person": (Compartment.IDENTITY, "id"),
    "people_identifier": (Compartment.IDENTITY, "person_id"),
    "people_searchword": (Compartment.IDENTITY, "person_id"),
    "people_legalstatus": (Compartment.IDENTITY, "person_id"),
    "people_keydate": (Compartment.IDENTITY, "person_id"),
    "people_stay": (Compartment.IDENTITY, "person_id"),
    "people_escort": (Compartment.WING, "person_id"),
    "people_coming": (Compartment.WING, "person_id"),
    "people_personalofficer": (Compartment.IDENTITY, "person_id"),
    "people_cover": (Compartment.IDENTITY, "person_id"),
    "duties_action": (Compartment.WING, "person_id"),
    "reflections_reflection": (Compartment.WING, "person_id"),
    "reflections_rating": (Compartment.WING, "person_id"),
    "reflections_addition": (Compartment.WING, "person_id"),
    "reflections_usualpattern": (Compartment.WING, "person_id"),
    "reflections_earlysign": (Compartment.WING, "person_id"),
    "reflections_told": (Compartment.WING, "person_id"),
    "reflections_answer": (Compartment.WING, "person_id"),
    "reflections_truststep": (Compartment.WING, "person_id"),
    "reflections_strength": (Compartment.WING, "person_id"),
    "reflections_meetingperson": (Compartment.WING, "person_id"),
    "reflections_explanation": (Compartment.WING, "person_id"),
    "reflections_takenasusual": (Compartment.WING, "person_id"),
    "reflections_care": (Compartment.WING, "person_id"),
    "reflections_picture": (Compartment.WING, "person_id"),
    "reflections_move": (Compartment.WING, "person_id"),
}
TABLES |= dict.fromkeys(
    (
        "safety_unlocknote", "safety_concern", "safety_call", "safety_plan", "safety_review",
        "safety_check", "safety_checkin", "safety_separation", "safety_contactday",
    ),
    (Compartment.SAFETY, "person_id"),
)  # fmt: skip
TABLES |= dict.fromkeys(
    ("shifts_request", "shifts_requeststep", "shifts_eventpart", "shifts_lastnote"),
    (Compartment.WING, "person_id"),
)
# Walled by something else than one person's reach, each with a test of its own below, or with
# its app's tests.
OTHERWISE = {"cases_case", "cases_casereview", "cases_teammember", "reflections_meeting"}
OTHERWISE |= {
    "shifts_sharedevent", "shifts_staffpart", "shifts_handovernote", "shifts_signature",
}  # fmt: skip
OTHERWISE |= {"reflections_strike"}
OTHERWISE |= {"duties_notice", "duties_wish", "duties_delivery", "carry_arrival"}
OTHERWISE |= {"training_habit", "staff_competence"}
OTHERWISE |= {
    "confidences_confidence", "confidences_addition", "confidences_source",
    "confidences_question", "confidences_answer", "confidences_consent",
}  # fmt: skip
OTHERWISE |= {"conduct_observation", "conduct_outcome", "retention_erasure", "retention_hold"}
OTHERWISE |= {"breakglass_opening", "breakglass_review"}
OTHERWISE |= {"disclosures_accessrequest", "disclosures_disclosure"}
OTHERWISE |= {
    f"information_{table}"
    for table in (
        "report", "concern", "concernstep", "grading", "levelling", "attachment", "asking",
        "account", "copy", "use", "enquiry", "answer", "feedback", "urging", "protection",
        "fairnessanswer",
    )
}  # fmt: skip
# Of the people whose casework one reads, and of those one was asked into: their app's tests.
OTHERWISE |= {
    f"assessments_{table}"
    for table in (
        "assessment", "sheet", "draft", "basis", "sheetanswer", "account", "talk", "closing",
    )
}  # fmt: skip
OTHERWISE |= {
    f"reviews_{table}"
    for table in (
        "review", "member", "hypothesis", "hypothesistest", "evidence", "membermarks", "note",
        "closing", "saidsince", "recordreading", "recordquality",
    )
}  # fmt: skip
OTHERWISE |= {"contests_contest", "contests_settlement", "contests_correction"}
# Everybody sees the wing's weather; Daybook itself draws it.
WEATHER = {"reflections_unitpicture"}
# Shut to whoever looks: keys go out by name, `tests/foundation/test_vault.py`; what the charts were
# fitted with, and where they go on from, is Daybook’s own; what people say of themselves leaves as
# figures alone, `tests/foundation/equality/test_walls.py`.
SHUT = {"vault_datakey", "reflections_chartfit", "reflections_chartday", "equality_declaration"}
# Hold nothing about people in custody.
OPEN = {
    "places_establishment", "places_unit", "places_cell", "places_unitday", "terms_term",
    "access_assignment", "access_accessright", "access_proposal", "access_approval",
    "staff_staff", "staff_signin", "instruments_definition",
    "staff_desk", "staff_badge", "staff_tries", "mfa_authenticator",
    "audit_entry", "audit_salt",
    "audit_leaf", "audit_node", "audit_head",
    "reflections_channel", "reflections_earlierwords", "safety_turn", "retention_setlimit",
}  # fmt: skip


@pytest.fixture
def filled(world):
    """One row about each of the four people in every table."""
    everyone = list(world.people.values())
    for table, (_, person) in TABLES.items():
        fill(world, table, person, everyone)
    return world


def fill(world, table, person, everyone):
    """Copy a table's shape: any row will do, the walls read only whom it is about."""
    if table in {"people_person", "people_stay", "people_legalstatus", "people_searchword"}:
        return
    columns = world.owner.execute(
        "select column_name, data_type, character_maximum_length from information_schema.columns"
        " where table_schema = 'public' and table_name = %s and is_nullable = 'NO'"
        " and is_identity = 'NO'",
        [table],
    ).fetchall()
    for key in everyone:
        values = {name: sample(world, table, name, kind, key) for name, kind, _ in columns}
        world.insert(table, **(values | whole(world, table, key) | {person: key}))


def whole(world, table, person):
    """What some rows of safety need together; every one of them is answered and ended."""
    at, staff = "2026-01-01T10:00Z", world.staff["wing-officer"]
    if table == "reflections_move":
        return {"kind": "trust", "strike_id": a_strike(world, person)}
    if table == "safety_review":
        note = "select id from safety_unlocknote where person_id = %s"
        return {"note_id": world.owner.execute(note, [person]).fetchone()[0]}
    return {
        "safety_unlocknote": {"kind": "medical", "ended_because": ""},
        "safety_concern": {
            "kind": "health", "acknowledged_at": at, "acknowledged_by_id": staff,
            "ended_at": at, "ended_by_id": staff, "ended_how": "helped",
        },
        "safety_call": {"step": "called"},
        "safety_plan": {"every_minutes": 60, "handed_back_at": at, "handed_back_by_id": staff},
        "safety_checkin": {
            "occasion": "day-7", "came_of_it": "", "words": "", "due_at": "2100-01-01",
        },
        "safety_separation": {"apart_for": "own-wish", "ended_because": ""},
        "safety_contactday": {"minutes": 30},
    }.get(table, {})  # fmt: skip


def sample(world, table, name, kind, person):
    from daybook.foundation.registry.keys import new_key

    known = {
        "contact": "talk", "form": "full", "status": "sentenced", "state": "no-lasting-change",
        "outcome": "waiting", "word": "check-in", "shift": "late", "side": "B", "kind": None,
        "how": "in-person",
        "pronoun": "they", "setting": "", "difference": "", "way": "", "leaning": "",
        "effect": "", "assignment_id": None,
    }  # fmt: skip
    kinds = {
        "people_keydate": "hearing", "people_escort": "court", "people_coming": "visit",
        "reflections_explanation": "ordinary", "shifts_requeststep": "no",
    }  # fmt: skip
    staff = world.staff["wing-officer"]
    references = {
        "author_id": staff, "rater_id": staff, "staff_id": staff, "owner_id": staff,
        "raised_by_id": staff, "written_by_id": staff, "told_by_id": staff, "answered_by_id": staff,
        "offered_by_id": staff, "said_by_id": staff,
        "asked_of_id": staff, "set_by_id": staff, "moved_by_id": staff, "strike_id": None,
        "made_by_id": staff, "reviewed_by_id": staff,
        "checked_by_id": staff, "decided_by_id": staff,
        "establishment_id": world.establishments["north"], "channel_id": 1,
        "unit_id": world.units["a"],
    }  # fmt: skip
    parents = {
        "request_id": "shifts_request",
        "reflection_id": "reflections_reflection", "pattern_id": "reflections_usualpattern",
        "told_id": "reflections_told",
        "discussion_id": "reflections_meetingperson", "assignment_id": "people_personalofficer",
        "concern_id": "safety_concern", "plan_id": "safety_plan",
        "separation_id": "safety_separation",
    }  # fmt: skip
    if name == "kind":
        return kinds.get(table)
    if name in parents:
        return world.owner.execute(
            f"select id from {parents[name]} where person_id = %s", [person]
        ).fetchone()[0]
    if name == "meeting_id":
        found = world.owner.execute("select id from reflections_meeting").fetchone()
        return found[0] if found else meeting(world)
    if name == "event_id":
        found = world.owner.execute("select id from shifts_sharedevent").fetchone()
        return found[0] if found else shared_event(world)
    if name in references:
        return references[name]
    if known.get(name) is not None:
        return known[name]
    if kind == "uuid":
        return new_key()
    if name in {"until", "ends_at"}:
        return "2100-01-01"
    return {
        "date": "2026-01-01", "timestamp with time zone": "2026-01-01T10:00Z", "smallint": 1,
        "bigint": person, "integer": 1, "boolean": True, "ARRAY": "{}", "jsonb": "{}",
    }.get(kind, f"words {person}")  # fmt: skip


def meeting(world, unit="a"):
    from daybook.foundation.registry.keys import new_key

    staff = world.staff["wing-officer"]
    return world.insert(
        "reflections_meeting", id=new_key(), unit_id=world.units[unit], shift="late",
        opened_at="2026-01-01T10:00Z", opened_by_id=staff, led_by_id=staff, went_well="",
        how_we_are="", theme="",
    )  # fmt: skip


def a_strike(world, person):
    from daybook.foundation.registry.keys import new_key

    staff = world.staff["head-of-unit"]
    struck = world.owner.execute(
        "select id from reflections_truststep where person_id = %s", [person]
    ).fetchone()
    return world.insert(
        "reflections_strike", id=new_key(), kind="trust", record=struck[0], person_id=person,
        author_id=staff, moved=True, struck_by_id=staff, struck_at="2026-01-01T10:00Z",
        reason="About somebody else.",
    )  # fmt: skip


def shared_event(world):
    from daybook.foundation.registry.keys import new_key

    return world.insert(
        "shifts_sharedevent", id=new_key(), unit_id=world.units["a"], kind="game", place="the yard",
        happened_at="2026-01-01T10:00Z", fact="A match, six a side.", reading="", responses=[],
        response="", opening="", present="", others=False,
        written_by_id=world.staff["wing-officer"], written_at="2026-01-01T11:00Z",
    )  # fmt: skip


def expected(role, compartment, right=Right.READ):
    return REACHED[role.reach] if right in role.rights.get(compartment, ()) else set()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_raw_sql_as_the_app_sees_what_the_role_table_says(filled, role):
    names = {key: name for name, key in filled.people.items()}
    with filled.viewing(role.key), connection.cursor() as cursor:
        for table, (compartment, person) in TABLES.items():
            cursor.execute(f"select {person} from {table}")
            seen = {names[key] for (key,) in cursor.fetchall()}
            assert seen == expected(role, compartment), f"{role.key} in {table}"


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_the_first_wall_alone_says_the_same(filled, role):
    everyone = set(filled.people)
    take_the_second_wall_down(filled)
    with filled.viewing(role.key) as viewer:
        found = people.people_with(filled.people.values(), viewer=viewer)
        assert {line.full_name for line in found.values()} == expected(role, Compartment.IDENTITY)
        for compartment in Compartment:
            for right in Right:
                reached = {
                    name for name in everyone if reaches(filled, name, viewer, compartment, right)
                }
                assert reached == expected(role, compartment, right), (compartment, right)


def reaches(world, name, viewer, compartment, right):
    try:
        require(world.people[name], viewer=viewer, compartment=compartment, right=right)
    except Http404:
        return False
    return True


def take_the_second_wall_down(world):
    for table in TABLES:
        world.owner.execute(f"alter table {table} disable row level security")


def test_nobody_signed_in_sees_nothing(filled):
    with connection.cursor() as cursor:
        for table in [*TABLES, *OTHERWISE]:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0, table


def test_claiming_to_be_somebody_without_their_sign_in_shows_nothing(filled):
    from django.db import transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select set_config('daybook.staff', %s, true), set_config('daybook.sign_in', %s, true)",
            [str(filled.staff["governor"]), "00000000-0000-4000-8000-000000000000"],
        )
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone()[0] == 0


def test_a_case_is_visible_to_its_team_only(world):
    seen = set()
    for name in world.staff:
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from cases_case), count(*) from cases_teammember"
            )
            if cursor.fetchone() != (0, 0):
                seen.add(name)
    assert seen == {"case-lead", "psychologist", "probation-officer", "oversight"}


def test_whoever_sent_somebody_away_may_add_for_72_hours_and_not_read(world):
    amir = world.people["Amir Kaya"]
    for hours, may_add in ((71, True), (73, False)):
        world.owner.execute("delete from people_stay where person_id = %s", [amir])
        for unit, ended in (("a", f"{hours} hours"), ("b", None)):
            world.owner.execute(
                "insert into people_stay (person_id, unit_id, began_at, ended_at, reason, source)"
                " values (%s, %s, now() - interval '90 days', now() - %s::interval, '', '')",
                [amir, world.units[unit], ended],
            )
        with world.viewing("wing-officer") as viewer:
            assert (amir in viewer.people(Compartment.WING, Right.WRITE)) is may_add
            assert amir not in viewer.people(Compartment.WING, Right.READ)


def test_every_table_is_named_here_and_none_lets_the_app_remove_a_row(owner_connection):
    ours = {
        name
        for (name,) in owner_connection.execute(
            "select tablename from pg_tables where schemaname = 'public'"
            " and tablename !~ '^(django|auth|procrastinate)_'"
        )
    }
    assert ours == TABLES.keys() | OTHERWISE | WEATHER | SHUT | OPEN
    walled = {
        name
        for (name,) in owner_connection.execute(
            "select relname from pg_class where relrowsecurity and relkind = 'r'"
        )
    }
    assert walled == TABLES.keys() | OTHERWISE | WEATHER | SHUT
    removable = {
        name
        for (name,) in owner_connection.execute(
            "select table_name from information_schema.role_table_grants"
            " where grantee like 'daybook_%' and grantee not in ('daybook_owner', 'daybook_eraser')"
            " and privilege_type in ('DELETE', 'TRUNCATE') and table_schema = 'public'"
        )
    }
    assert not removable & ours


def test_no_policy_holds_an_or(owner_connection):
    policies = owner_connection.execute(
        "select tablename, policyname, coalesce(qual, '') || coalesce(with_check, '')"
        " from pg_policies"
    ).fetchall()
    assert policies
    assert not [(table, name) for table, name, text in policies if " or " in text.lower()]


def test_the_database_holds_the_table_that_the_code_ships(owner_connection):
    held = owner_connection.execute(
        "select role, compartment, reach, reads, writes from access_accessright"
    ).fetchall()
    assert set(held) == rows()


def test_no_security_role_reaches_what_is_told_in_confidence():
    kept_apart = {Compartment.PASTORAL, Compartment.HEALTH, Compartment.SOURCE_IDENTITY}
    for role in ROLES.values():
        if role.key in {"chaplain", "psychologist", "on-call-care"}:
            continue
        assert not kept_apart & role.rights.keys(), role.key
