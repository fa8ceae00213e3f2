"""Giving and ending roles, opening and closing accounts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from daybook.foundation.access.actions import administrating, end_role, give_role, leave
from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, ROLES, Reach
from daybook.foundation.access.rules import Term, why_not
from daybook.foundation.audit.models import Entry
from daybook.foundation.places.doors import names_of_cells
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff import accounts
from daybook.foundation.staff.models import Staff
from tests.world import World

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
UNIT, PRISON = 1, 2


def term(role: str, **values: Any) -> Term:
    places = {
        Reach.UNIT: {"unit_id": UNIT},
        Reach.ESTABLISHMENT: {"establishment_id": PRISON},
        Reach.ANSWERING: {"establishment_id": PRISON},
    }
    place = places.get(ROLES[role].reach, {}) if role in ROLES else {}
    given = {"unit_id": None, "establishment_id": None, "since": NOW, "until": None}
    return Term(role=role, **{**given, **place, **values})


@pytest.mark.parametrize("role", [key for key in ROLES if key != "clerk"])
def test_every_role_can_be_given_where_it_belongs(role: str) -> None:
    assert why_not(term(role), [], now=NOW) == ""


@pytest.mark.parametrize("role", [key for key in ROLES if key != "clerk"])
def test_a_role_is_held_for_the_kind_of_place_by_which_it_reaches(role: str) -> None:
    both = term(role, unit_id=UNIT, establishment_id=PRISON)
    assert role in why_not(both, [], now=NOW)
    option = {Reach.UNIT: "--unit", **dict.fromkeys(AT_AN_ESTABLISHMENT, "--establishment")}
    if ROLES[role].reach in option:
        nowhere = term(role, unit_id=None, establishment_id=None)
        assert option[ROLES[role].reach] in why_not(nowhere, [], now=NOW)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (term("warder"), "There is no role warder. There are: wing-officer,"),
        (term("clerk"), "Daybook's own"),
        (term("governor", since=NOW - timedelta(days=1)), "begins today or later"),
        (term("governor", since=NOW + timedelta(days=400)), "within a year"),
        (term("governor", until=NOW), "last day"),
        (term("governor", since=NOW + timedelta(days=9), until=NOW + timedelta(days=8)), "last"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(wanted: Term, told: str) -> None:
    assert told in why_not(wanted, [], now=NOW)


def test_a_role_held_alone_stands_beside_no_other() -> None:
    officer, oversight = term("wing-officer"), term("oversight")
    assert "end wing-officer first" in why_not(oversight, [officer], now=NOW)
    assert "oversight is held by itself" in why_not(officer, [oversight], now=NOW)


def test_a_role_held_alone_may_follow_another() -> None:
    later = NOW + timedelta(days=10)
    ends = term("wing-officer", until=later)
    assert why_not(term("oversight", since=later), [ends], now=NOW) == ""
    begins = term("oversight", since=later)
    assert why_not(term("wing-officer", until=later), [begins], now=NOW) == ""


def test_the_same_role_is_held_once_in_one_place() -> None:
    held = [term("wing-officer")]
    assert "already" in why_not(term("wing-officer"), held, now=NOW)
    assert why_not(term("wing-officer", unit_id=UNIT + 1), held, now=NOW) == ""


@pytest.fixture
def service(world: World, desk: Any) -> Iterator[World]:
    """The small service, worked on as its owner."""
    settings = connection.settings_dict
    app = {part: settings[part] for part in ("USER", "PASSWORD")}
    owner = urlsplit(desk.clones.url("daybook_owner", desk.database))
    connection.close()
    settings.update(USER=owner.username, PASSWORD=unquote(owner.password or ""))
    yield world
    connection.close()
    settings.update(app)


def staff(username: str) -> Staff:
    return Staff.objects.get(username=username)


def reached(world: World, name: str) -> set[str]:
    with world.viewing(name) as viewer:
        from daybook.foundation.access.roles import Compartment

        ids = viewer.people(Compartment.WING)
    return {person for person, key in world.people.items() if key in ids}


def test_a_role_opens_its_people_at_once_and_ending_it_closes_them(service: World) -> None:
    unit = Unit.objects.get(code="a")
    assert reached(service, "nobody") == set()
    with administrating("administrator") as by:
        give_role(by=by, staff=staff("nobody"), role="wing-officer", unit=unit)
    assert reached(service, "nobody") == {"Amir Kaya", "Jonas Petit"}
    with administrating("administrator") as by:
        end_role(by=by, staff=staff("nobody"), role="wing-officer")
    assert reached(service, "nobody") == set()


def test_the_log_says_which_administrator_gave_and_ended_what(service: World) -> None:
    north = Establishment.objects.get(code="north")
    with administrating("administrator") as by:
        give_role(by=by, staff=staff("nobody"), role="governor", establishment=north)
        end_role(by=by, staff=staff("nobody"), role="governor")
    who = staff("administrator").key
    subjects = Entry.objects.filter(staff_key=who).order_by("id").values_list("subject", flat=True)
    assert list(subjects) == [
        "sign-in began",
        "role given: governor",
        "role ended: governor",
        "sign-in ended",
    ]


def test_nothing_is_given_when_the_log_can_not_be_written(
    service: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError("the log is full")

    monkeypatch.setattr("daybook.foundation.access.actions.record", full)
    with pytest.raises(OSError, match="full"), administrating("administrator") as by:
        give_role(by=by, staff=staff("nobody"), role="researcher")
    assert not Assignment.objects.filter(staff=staff("nobody")).exists()


def test_once_there_is_an_administrator_only_one_of_them_may(service: World) -> None:
    for name in ("", "governor", "nobody", "who-is-this"):
        with pytest.raises(Cannot), administrating(name):
            raise AssertionError(f"{name} gets in")


def test_before_the_first_administrator_nobody_need_be_named(service: World) -> None:
    end_role(by=None, staff=staff("administrator"), role="administrator")
    with administrating("") as by:
        give_role(by=by, staff=staff("nobody"), role="administrator")
    with pytest.raises(Cannot), administrating(""):
        raise AssertionError("there is one now")


def test_a_role_held_for_several_places_asks_for_which_to_end(service: World) -> None:
    b = Unit.objects.get(code="b")
    with administrating("administrator") as by:
        give_role(by=by, staff=staff("wing-officer"), role="wing-officer", unit=b)
        with pytest.raises(Cannot, match="say which"):
            end_role(by=by, staff=staff("wing-officer"), role="wing-officer")
        end_role(by=by, staff=staff("wing-officer"), role="wing-officer", unit=b)
    assert reached(service, "wing-officer") == {"Amir Kaya", "Jonas Petit"}


def test_a_role_ended_before_it_begins_was_never_held(service: World) -> None:
    soon = timezone.now() + timedelta(days=5)
    with administrating("administrator") as by:
        give_role(by=by, staff=staff("nobody"), role="researcher", since=soon)
        end_role(by=by, staff=staff("nobody"), role="researcher")
    held = Assignment.objects.get(staff=staff("nobody"))
    assert held.until == held.since == soon


def test_whoever_leaves_reaches_nobody_and_is_signed_out(service: World) -> None:
    client = service.client("wing-officer")
    with administrating("administrator") as by:
        leave(by=by, staff=staff("wing-officer"))
    assert not Assignment.objects.filter(staff=staff("wing-officer"), until=None).exists()
    assert "/sign-in/" in client.get("/my-people/").url
    with administrating("administrator") as by, pytest.raises(Cannot, match="closed"):
        give_role(by=by, staff=staff("wing-officer"), role="researcher")


def test_daybooks_own_account_can_be_neither_closed_nor_opened(service: World) -> None:
    clerk = staff("daybook")
    with pytest.raises(Cannot):
        leave(by=None, staff=clerk)
    with pytest.raises(Cannot):
        give_role(by=None, staff=clerk, role="administrator")
    with pytest.raises(Cannot):
        accounts.renew_password(by=None, staff=clerk, password=accounts.first_password())


def test_an_account_that_can_not_be_opened_says_why(service: World) -> None:
    said = {
        "username": "n.new",
        "given_name": "Noor",
        "family_name": "New",
        "password": accounts.first_password(),
    }
    for field, value, told in (
        ("username", "wing-officer", "has an account already"),
        ("username", "WING-officer", "has an account already"),
        ("username", "two words", "letters, digits"),
        ("username", "x" * 61, "at most 60"),
        ("password", "short", "at least 12"),
        ("family_name", " ", "family name"),
    ):
        with pytest.raises(Cannot, match=told):
            accounts.open_account(by=None, **(said | {field: value}))


def test_a_new_password_signs_out_whoever_knew_the_old_one(service: World) -> None:
    client = service.client("wing-officer")
    accounts.renew_password(
        by=None, staff=staff("wing-officer"), password=accounts.first_password()
    )
    assert "/sign-in/" in client.get("/my-people/").url


def test_cells_are_named_one_by_one_or_counted() -> None:
    assert names_of_cells(["A-08..A-10", "A-21", "A-09", "12..13"]) == [
        "A-08", "A-09", "A-10", "A-21", "12", "13",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [[], [""], ["A..B"], ["A-9..B-11"], ["A-9..A-1"], ["1..9999"]])
def test_names_that_can_not_be_counted_are_refused(wrong: list[str]) -> None:
    with pytest.raises(Cannot):
        names_of_cells(wrong)
