"""Everything about somebody: whole, readable, without others, and in the log."""

import io
import json

import pytest
from django.db import DatabaseError, connection
from django.http import Http404
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from daybook.foundation.disclosures.actions.giving import decide, give
from daybook.foundation.disclosures.forms import RequestForm
from daybook.foundation.disclosures.queries.everything import columns, everything
from daybook.foundation.disclosures.queries.requests import request_with
from daybook.foundation.disclosures.rules import Names, redactor
from daybook.foundation.disclosures.views import as_pdf
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.records import records
from tests.security.test_two_walls import TABLES, fill

DPO = "data-protection-officer"
world_of = pytest.mark.django_db(transaction=True)


def names(**given):
    usual = {
        "subject": ("Amir", "Kaya", "Emo"),
        "people": (("Jonas", "Petit", ""), ("Amir", "Bo", "Will")),
        "staff": {"7": ("Alex", "Wing Officer", "officer")},
        "units": {},
        "names_staff": False,
    }
    return Names(**(usual | given))


def test_others_are_unreadable_and_oneself_is_not():
    redact = redactor(names())
    said = redact("Emo and Jonas Petit quarrelled; Jonas P. left, Petit came back to Amir Kaya.")
    assert said == (
        "Emo and [another person] quarrelled; [another person] left, [another person] came back "
        "to Amir Kaya."
    )
    assert redact("Alex Wing Officer said so, and Will did.") == (
        "[a member of staff] said so, and [another person] did."
    )
    # Somebody else of the same first name: the full name goes, the first name alone is one's own.
    assert redact("Amir Bo and Amir") == "[another person] and Amir"
    assert redactor(names(names_staff=True))("Alex Wing Officer") == "Alex Wing Officer"


@given(st.text(), st.text(alphabet="abcdefghij ", max_size=30))
def test_text_without_a_name_stays_as_it_is(before, words):
    redact = redactor(names(people=(("Zxqvw", "Qqzzk", ""),), staff={}))
    assert redact(words) == words
    if "Zxqvw" not in before and "Qqzzk" not in before:
        assert redact(before) == before
    assert "Zxqvw" not in redact(f"{words} Zxqvw Qqzzk {words}")


def ask(world, person, by=DPO, **changed):
    usual = RequestForm.usual() | {
        "recipient": "Amir Kaya", "justification": "Prison Act, section 30.", "names_staff": False,
    }  # fmt: skip
    with world.viewing(by) as viewer:
        decide(by=viewer, person_id=world.people[person], **(usual | changed))
    return (usual | changed)["key"]


def fetch(world, key, by=DPO):
    with world.viewing(by) as viewer:
        return give(by=viewer, key=key, form="PDF")


@pytest.fixture
def filled(world):
    for table, (_, person) in TABLES.items():
        fill(world, table, person, list(world.people.values()))
    return world


@world_of
def test_every_kind_of_record_is_gathered_or_withheld_with_a_reason(filled):
    _asked, found = fetch(filled, ask(filled, "Amir Kaya"))
    told = {kind.kind for kind in found.kinds if kind.records}
    withheld = {kept.kind for kept in records if kept.withheld}
    amir = filled.people["Amir Kaya"]
    stands = {
        kept.kind
        for kept in records
        if filled.owner.execute(
            f"select exists (select from {kept.model._meta.db_table} where {kept.person} = %s)",
            [amir],
        ).fetchone()[0]
    }
    assert len(stands) > 15
    # A disclosure is written with the giving itself, of which it tells the next time.
    assert stands - told - withheld == {"disclosure"}
    assert all(each.because for each in found.withheld)
    tables = {
        model._meta.db_table for kept in records if not kept.withheld for model in kept.models()
    }
    assert {table for table in TABLES if table.startswith(("reflections", "people"))} - tables == {
        "reflections_move"
    }


@world_of
def test_nobody_else_is_in_it(filled):
    filled.add_reflection(
        "Amir Kaya", "personal-officer", seen_heard="Played chess with Jonas Petit all evening."
    )
    filled.insert(
        "safety_unlocknote", id=new_key(), person_id=filled.people["Amir Kaya"], kind="keep-apart",
        apart_from_id=filled.people["Jonas Petit"], pair=new_key(), instruction="Apart.",
        reason="A debt to Jonas.", written_by_id=filled.staff["wing-officer"],
        written_at=timezone.now(), review_on="2030-01-01", ended_because="",
    )  # fmt: skip
    asked, found = fetch(filled, ask(filled, "Amir Kaya"))
    text = found.as_json(asked).decode()
    assert "Played chess with [another person] all evening." in text
    assert "A debt to [another person]." in text
    assert "Jonas" not in text
    assert "Petit" not in text
    assert "Alex" not in text
    pages = PdfReader(io.BytesIO(as_pdf(asked, found))).pages
    paper = "".join(page.extract_text() for page in pages)
    assert "Played chess with" in paper
    assert "Everything that is kept about Amir Kaya" in paper
    assert "What is not given, and why" in paper
    assert "Petit" not in paper
    assert json.loads(text)["records"]


@world_of
def test_struck_entries_stay_sealed_and_are_counted(filled):
    entry = filled.add_reflection("Amir Kaya", "personal-officer", seen_heard="Of another man.")
    filled.owner.execute("alter table reflections_reflection disable trigger user")
    filled.owner.execute(
        "update reflections_reflection set struck_at = now() where id = %s", [entry]
    )
    filled.owner.execute("alter table reflections_reflection enable trigger user")
    asked, found = fetch(filled, ask(filled, "Amir Kaya"))
    assert "Of another man." not in found.as_json(asked).decode()
    assert {kind.kind: kind.struck for kind in found.kinds}["reflection"] == 1


@world_of
def test_what_is_withheld_never_leaves_the_database(filled):
    key = ask(
        filled, "Amir Kaya", withheld=["concern", "plan"], withheld_because="Somebody is at risk."
    )
    with filled.viewing(DPO) as viewer:
        found = everything(request_with(key, viewer=viewer))
    assert not {"concern", "plan"} & {kind.kind for kind in found.kinds}
    assert [each.because for each in found.withheld] == ["Somebody is at risk."] * 2


@world_of
def test_data_protection_and_who_leads_the_case_decide_and_nobody_else(filled):
    for name in ("wing-officer", "governor", "head-of-unit", "administrator", "psychologist"):
        with pytest.raises(Http404):
            ask(filled, "Amir Kaya", by=name)
    key = ask(filled, "Amir Kaya", by="case-lead")
    assert fetch(filled, key, by="case-lead")[1].count > 10
    with pytest.raises(Http404):
        ask(filled, "Bao Tran", by="case-lead")
    with pytest.raises(Http404):
        fetch(filled, key, by="governor")
    with (
        pytest.raises(DatabaseError),
        filled.viewing("governor"),
        connection.cursor() as cursor,
    ):
        cursor.execute("select daybook.everything(%s)", [key])


@world_of
def test_each_time_it_is_given_stands_in_the_log_with_recipient_and_reason(filled):
    key = ask(filled, "Amir Kaya")
    fetch(filled, key)
    fetch(filled, key)
    logged = filled.owner.execute(
        "select recipient, reason, people from audit_entry where kind = 'disclosure'"
    ).fetchall()
    amir = filled.people["Amir Kaya"]
    assert logged == [("Amir Kaya", "Prison Act, section 30.", [amir])] * 2
    given = filled.owner.execute(
        "select count(*) from disclosures_disclosure where person_id = %s and request_id = %s",
        [amir, key],
    ).fetchone()
    assert given == (2,)


def test_every_column_that_is_told_says_what_it_holds():
    silent = [
        f"{model._meta.db_table}.{name}"
        for kept in records
        for model in kept.models()
        for name, column in columns(model).items()
        if not column.words
    ]
    assert not silent
