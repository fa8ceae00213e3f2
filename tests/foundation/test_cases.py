"""Cases: work on a concern, seen by its team alone, that ends by itself."""

from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.cases import actions, queries
from daybook.foundation.cases.models import Case, CaseReview
from daybook.foundation.cases.rules import Standing, date_problems, standing
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = date(2026, 3, 12)
TEAM = {"case-lead", "psychologist", "probation-officer"}
NO_DESK = {"clerk"}
READS_EVERY_CASE = {"oversight"}
PAGES = ("cases:case", "cases:review", "cases:close", "cases:team")


def days(number):
    return timedelta(days=number)


def asked(**more):
    """What somebody fills in who opens a case."""
    today = timezone.localdate()
    return {
        "key": str(new_key()),
        "legal_basis": "Prison Act, section 12",
        "opened_for": "Two letters that frightened his sister. He may be in debt. Debt advice.",
        "review_on": str(today + days(28)),
        "ends_on": str(today + days(90)),
    } | more


def open_page(world, person="Amir Kaya"):
    return reverse("cases:open", args=[world.people[person]])


def page_of(world, name="cases:case", person="Amir Kaya"):
    return reverse(name, args=[world.cases[person]])


def logged(world, subject):
    return world.owner.execute(
        "select people, reason from audit_entry where subject = %s order by at", [subject]
    ).fetchall()


# ---- Dates ----


@pytest.mark.parametrize(
    ("review", "ends", "closed", "stands"),
    [
        (8, 90, False, Standing.RUNNING),
        (7, 90, False, Standing.REVIEW_SOON),
        (0, 90, False, Standing.REVIEW_SOON),
        (-1, 90, False, Standing.REVIEW_OVERDUE),
        (-9, 0, False, Standing.REVIEW_OVERDUE),
        (-9, -1, False, Standing.LAPSED),
        (-9, -1, True, Standing.CLOSED),
    ],
)
def test_where_a_case_stands(review, ends, closed, stands):
    assert (
        standing(
            review_on=THURSDAY + days(review),
            ends_on=THURSDAY + days(ends),
            closed=closed,
            today=THURSDAY,
        )
        is stands
    )


@pytest.mark.parametrize(
    ("review", "ends", "wrong"),
    [
        (28, 90, set()),
        (1, 180, set()),
        (28, 28, set()),
        (0, 90, {"review_on"}),
        (28, 181, {"ends_on"}),
        (28, 27, {"ends_on"}),
    ],
)
def test_a_case_is_reviewed_soon_and_ends_within_half_a_year(review, ends, wrong):
    assert date_problems(THURSDAY + days(review), THURSDAY + days(ends), THURSDAY).keys() == wrong


# ---- Opening ----


def test_whoever_opens_a_case_leads_it_and_is_asked_for_the_team(world):
    client = world.client("head-of-unit")
    drawn = client.get(open_page(world)).content.decode()
    assert "Amir K." in drawn
    assert str(timezone.localdate() + days(28)) in drawn
    assert str(timezone.localdate() + days(90)) in drawn

    given = asked()
    answer = client.post(open_page(world), given)
    assert answer.status_code == 302
    assert answer.url == reverse("cases:team", args=[given["key"]])
    with world.viewing("head-of-unit") as viewer:
        file = queries.case_file(given["key"], viewer=viewer)
    assert file.line.led_by_viewer
    assert [member.staff_id for member in file.team] == [world.staff["head-of-unit"]]
    assert logged(world, "case opened") == [([world.people["Amir Kaya"]], "")]


def test_a_double_tap_opens_one_case(world):
    client = world.client("head-of-unit")
    given = asked()
    for _ in range(2):
        assert client.post(open_page(world), given).status_code == 302
    assert world.owner.execute(
        "select count(*) from cases_case where id = %s", [given["key"]]
    ).fetchone() == (1,)
    assert len(logged(world, "case opened")) == 1


def test_somebody_elses_key_opens_nothing(world):
    client = world.client("head-of-unit")
    theirs = asked(key=str(world.cases["Amir Kaya"]))
    assert client.post(open_page(world), theirs).status_code == 404


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world):
    client = world.client("head-of-unit")
    given = asked(legal_basis=" ", ends_on=str(timezone.localdate() + days(181)))
    answer = client.post(open_page(world), given)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Without a legal basis there can be no case." in said
    assert "within 180 days" in said
    assert "frightened his sister" in said
    assert given["key"] in said


OPENS_CASES = {"duty-manager", "head-of-unit", "case-lead", "psychologist", "probation-officer"}


def test_whoever_leads_or_works_on_cases_opens_them_and_nobody_else():
    rights = {key: role.rights.get(Compartment.CASES, frozenset()) for key, role in ROLES.items()}
    assert {key for key, held in rights.items() if Right.WRITE in held} == OPENS_CASES


@pytest.mark.parametrize("role", sorted(ROLES.keys() - NO_DESK))
def test_a_case_is_opened_by_those_roles_about_people_in_reach(world, role):
    able = role in OPENS_CASES
    client = world.client(role)
    assert client.get(open_page(world)).status_code == (200 if able else 404)
    assert client.post(open_page(world), asked()).status_code == (302 if able else 404)
    assert client.get(open_page(world, "Cem Demir")).status_code == 404


@pytest.mark.parametrize("role", ["wing-officer", "activity-staff", "chaplain"])
def test_the_database_too_opens_no_case_for_those_who_only_write_notes(world, role):
    case = Case(
        id=new_key(),
        person_id=world.people["Amir Kaya"],
        lead_id=world.staff[role],
        legal_basis="Prison Act, section 12",
        opened_for="Because",
        opened_at=timezone.now(),
        review_on=timezone.localdate() + days(1),
        ends_on=timezone.localdate() + days(2),
    )
    with pytest.raises(ProgrammingError, match="row-level security"), world.viewing(role):
        Case.objects.bulk_create([case])


# ---- Who sees a case ----


@pytest.mark.parametrize("role", sorted(ROLES.keys() - NO_DESK))
def test_the_team_reads_a_case_and_everyone_else_meets_nothing(world, role):
    client = world.client(role)
    answer = client.get(page_of(world))
    assert answer.status_code == (200 if role in TEAM | READS_EVERY_CASE else 404)
    assert ("Help before release" in answer.content.decode()) is (answer.status_code == 200)
    mine = client.get(reverse("cases:mine"))
    assert mine.status_code == 200
    assert ("Help before release" in mine.content.decode()) is (role in TEAM)


@pytest.mark.parametrize("role", sorted(ROLES.keys() - NO_DESK - {"case-lead"}))
def test_only_the_lead_changes_a_case(world, role):
    client = world.client(role)
    member = uuid4()
    for name in PAGES[1:]:
        assert client.get(page_of(world, name)).status_code == 404
    posts = [page_of(world, name) for name in ("cases:review", "cases:close")]
    posts += [page_of(world, name) for name in ("cases:join", "cases:hand-over")]
    posts.append(reverse("cases:leave", args=[world.cases["Amir Kaya"], member]))
    given = asked(reason="because", staff_id=world.staff["nobody"])
    for address in posts:
        assert client.post(address, given).status_code == 404, address
    assert world.owner.execute("select closed_at from cases_case").fetchone() == (None,)


def test_the_first_wall_stands_alone(world):
    for table in ("cases_case", "cases_teammember", "people_person", "people_stay"):
        world.owner.execute(f"alter table {table} disable row level security")
    for name in ("governor", "wing-officer", "duty-manager", "nobody"):
        with world.viewing(name) as viewer:
            assert queries.my_cases(viewer=viewer) == []
            with pytest.raises(Http404):
                queries.case_file(world.cases["Amir Kaya"], viewer=viewer)
            with pytest.raises(Http404), transaction.atomic():
                actions.close_case(by=viewer, key=world.cases["Amir Kaya"], reason="because")


def test_who_left_the_team_no_longer_sees_the_case(world):
    client = world.client("case-lead")
    with world.viewing("case-lead") as viewer:
        file = queries.case_file(world.cases["Amir Kaya"], viewer=viewer)
    [psychologist] = [m for m in file.team if m.staff_id == world.staff["psychologist"]]
    leave = reverse("cases:leave", args=[world.cases["Amir Kaya"], psychologist.id])
    assert client.post(leave).status_code == 302
    assert world.client("psychologist").get(page_of(world)).status_code == 404
    assert "P. Psychologist" not in client.get(page_of(world, "cases:team")).content.decode()
    earlier = client.get(page_of(world)).content.decode()
    assert "Earlier" in earlier
    assert "Psychologist" in earlier


def test_the_log_tells_that_a_case_was_read(world):
    world.client("psychologist").get(page_of(world))
    [(people, _)] = logged(world, "cases:case: cases, names")
    assert people == [world.people["Amir Kaya"]]


# ---- The team ----


def test_a_colleague_is_found_by_name_or_post_and_joins(world):
    world.owner.execute(
        "update staff_staff set post = 'Resettlement worker' where username = 'nobody'"
    )
    client = world.client("case-lead")
    team = page_of(world, "cases:team")
    for words in ("nobo", "ALEX nobody", "resettlement"):
        assert "A. Nobody" in client.post(team, {"q": words}, follow=True).content.decode(), words
    assert "Nobody by that name" in client.post(team, {"q": "zzz"}, follow=True).content.decode()
    assert "A. Psychologist" not in _found(client.post(team, {"q": "psych"}, follow=True))

    joined = {"staff_id": world.staff["nobody"], "part": "a flat to go to"}
    for _ in range(2):
        assert client.post(page_of(world, "cases:join"), joined).status_code == 302
    assert "a flat to go to" in client.get(page_of(world)).content.decode()
    assert world.client("nobody").get(page_of(world)).status_code == 200
    assert len(logged(world, "case team: joined")) == 1


def test_no_address_holds_the_name_that_was_looked_for(world):
    client, team = world.client("case-lead"), page_of(world, "cases:team")
    shown = client.post(team, {"q": "Nobody"}, follow=True)
    assert shown.redirect_chain == [(team, 302)], "the name stays out of histories and logs"
    assert 'value="Nobody"' in shown.content.decode()
    assert "A. Nobody" not in _found(client.get(team)), "shown once, it is forgotten"
    assert "A. Nobody" not in _found(client.get(team, {"q": "Nobody"})), "no link asks for a name"


def _found(answer):
    return answer.content.decode().partition('id="add"')[2]


def test_the_lead_cannot_walk_away_from_a_case(world):
    with world.viewing("case-lead") as viewer:
        file = queries.case_file(world.cases["Amir Kaya"], viewer=viewer)
    [lead] = [member for member in file.team if member.leads]
    client = world.client("case-lead")
    leave = reverse("cases:leave", args=[world.cases["Amir Kaya"], lead.id])
    assert "Hand it over first" in client.post(leave, follow=True).content.decode()


def test_a_case_is_handed_over_within_the_team(world):
    client = world.client("case-lead")
    outsider = {"staff_id": world.staff["nobody"]}
    refused = client.post(page_of(world, "cases:hand-over"), outsider, follow=True)
    assert "Only somebody on the team can lead" in refused.content.decode()

    given = {"staff_id": world.staff["probation-officer"]}
    answer = client.post(page_of(world, "cases:hand-over"), given, follow=True)
    assert "You are still on the team" in answer.content.decode()
    assert client.get(page_of(world, "cases:review")).status_code == 404
    new_lead = world.client("probation-officer")
    assert new_lead.get(page_of(world, "cases:review")).status_code == 200
    assert len(logged(world, "case handed over")) == 1


def test_a_second_tap_on_hand_over_leads_to_the_case(world):
    client = world.client("case-lead")
    given = {"staff_id": world.staff["probation-officer"]}
    for _ in range(2):
        answer = client.post(page_of(world, "cases:hand-over"), given, follow=True)
        assert answer.redirect_chain == [(page_of(world), 302)]
        assert "The case is handed over" in answer.content.decode()
    assert len(logged(world, "case handed over")) == 1
    # What was not given to them, nobody takes or gives away.
    other = {"staff_id": world.staff["psychologist"]}
    assert client.post(page_of(world, "cases:hand-over"), other).status_code == 404
    assert world.client("oversight").post(page_of(world, "cases:hand-over"), given).status_code == (
        404
    )


# ---- Review, lapse, close ----


def test_a_review_needs_a_reason_and_moves_the_days(world):
    client = world.client("case-lead")
    today = timezone.localdate()
    given = {
        "key": str(new_key()),
        "review_on": str(today + days(14)),
        "ends_on": str(today + days(120)),
    }
    silent = client.post(page_of(world, "cases:review"), given)
    assert silent.status_code == 422
    assert "Say why it goes on" in silent.content.decode()
    assert logged(world, "case reviewed") == []

    given["reason"] = "The flat is promised but not signed"
    for _ in range(2):
        assert client.post(page_of(world, "cases:review"), given).status_code == 302
    assert logged(world, "case reviewed") == [([world.people["Amir Kaya"]], given["reason"])]
    assert world.owner.execute("select review_on, ends_on from cases_case").fetchone() == (
        today + days(14),
        today + days(120),
    )


def test_why_it_goes_on_stays_with_the_case_for_its_team(world):
    client = world.client("case-lead")
    for reason in ("The flat is promised", "The flat is signed"):
        answer = client.post(page_of(world, "cases:review"), asked(reason=reason))
        assert answer.status_code == 302
    read = world.client("psychologist").get(page_of(world)).content.decode()
    first, second = read.index("The flat is signed"), read.index("The flat is promised")
    assert first < second
    assert "by A. Case Lead" in read
    with world.viewing("psychologist"), pytest.raises(ProgrammingError, match="row-level security"):
        CaseReview.objects.bulk_create(
            [
                CaseReview(
                    case_id=world.cases["Amir Kaya"],
                    reviewed_by_id=world.staff["psychologist"],
                    reviewed_at=timezone.now(),
                    reason="because",
                    review_on=timezone.localdate(),
                    ends_on=timezone.localdate(),
                )
            ]
        )
    with world.viewing("wing-officer"):
        assert not CaseReview.objects.exists()
    with world.viewing("oversight"):
        assert CaseReview.objects.count() == 2


def test_a_review_that_cannot_be_logged_does_not_happen(world):
    world.owner.execute("revoke insert on audit_entry from daybook_app")
    today = timezone.localdate()
    with pytest.raises(ProgrammingError), world.viewing("case-lead") as viewer:
        actions.review_case(
            by=viewer,
            case_id=world.cases["Amir Kaya"],
            key=new_key(),
            review_on=today + days(1),
            ends_on=today + days(2),
            reason="because",
        )
    assert world.owner.execute("select review_on from cases_case").fetchone() == (today + days(28),)


def test_an_overdue_review_is_said_in_words(world):
    move_dates(world, review=-3, ends=40)
    said = world.client("psychologist").get(reverse("cases:mine")).content.decode()
    assert "Review overdue since" in said


def test_a_case_nobody_renewed_leaves_the_work_in_hand_and_can_be_renewed(world):
    move_dates(world, review=-20, ends=-2)
    client = world.client("case-lead")
    mine = client.get(reverse("cases:mine")).content.decode()
    assert "No case in hand" in mine
    assert "unless renewed" in mine
    assert "Renew it" in client.get(page_of(world)).content.decode()

    drawn = client.get(page_of(world, "cases:review")).content.decode()
    assert str(timezone.localdate() + days(28)) in drawn
    today = timezone.localdate()
    given = {
        "key": str(new_key()),
        "reason": "Release was put off",
        "review_on": str(today + days(28)),
        "ends_on": str(today + days(28)),
    }
    assert client.post(page_of(world, "cases:review"), given).status_code == 302
    assert "No case in hand" not in client.get(reverse("cases:mine")).content.decode()


def move_dates(world, *, review, ends):
    today = timezone.localdate()
    world.owner.execute(
        "update cases_case set review_on = %s, ends_on = %s",
        [today + days(review), today + days(ends)],
    )


def test_closing_asks_for_one_sentence_and_ends_the_reach(world):
    client = world.client("case-lead")
    assert client.post(page_of(world, "cases:close"), {"reason": " "}).status_code == 422
    for _ in range(2):
        answer = client.post(page_of(world, "cases:close"), {"reason": "He went home"})
        assert answer.status_code == 302
    assert len(logged(world, "case closed")) == 1
    with world.viewing("psychologist") as viewer:
        assert world.people["Amir Kaya"] not in viewer.people(Compartment.WING)

    read = world.client("psychologist").get(page_of(world)).content.decode()
    assert "He went home" in read
    assert "A. Case Lead" in read
    assert "Amir" not in read


def test_a_closed_case_stays_closed(world):
    client = world.client("case-lead")
    client.post(page_of(world, "cases:close"), {"reason": "He went home"})
    again = client.post(page_of(world, "cases:close"), {"reason": "For another reason"})
    assert "stays as it is" in again.content.decode()
    late = client.post(page_of(world, "cases:review"), asked(reason="and yet"))
    assert "stays as it is" in late.content.decode()
    with world.viewing("case-lead") as viewer, pytest.raises(Cannot):
        actions.add_to_team(by=viewer, key=world.cases["Amir Kaya"], staff_id=world.staff["nobody"])


def test_a_closed_case_is_read_for_thirty_days(world):
    for ago, status in ((29, 200), (31, 404)):
        key = world.add_case("Jonas Petit", "case-lead")
        world.owner.execute(
            "update cases_case set closed_at = now() - %s, closed_by_id = lead_id,"
            " closed_because = 'Done' where id = %s",
            [days(ago), key],
        )
        assert world.client("case-lead").get(page_of(world, person="Jonas Petit")).status_code == (
            status
        )


# ---- What the database holds by itself ----


@pytest.mark.parametrize(
    "change",
    [
        "update cases_case set person_id = person_id + 1",
        "update cases_case set opened_for = 'something worse'",
        "delete from cases_teammember",
        "update cases_teammember set staff_id = staff_id + 1",
        "update cases_casereview set reason = 'for another reason'",
        "delete from cases_casereview",
    ],
)
def test_not_even_the_owner_rewrites_a_case(world, change):
    world.insert(
        "cases_casereview", id=new_key(), case_id=world.cases["Amir Kaya"],
        reviewed_by_id=world.staff["case-lead"], reviewed_at=timezone.now(), reason="because",
        review_on=timezone.localdate(), ends_on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(change)


def test_a_case_cannot_be_given_away_by_anyone_but_its_lead(world):
    with world.viewing("psychologist"):
        assert Case.objects.update(lead_id=world.staff["psychologist"]) == 0


# ---- Cost ----


@pytest.mark.parametrize("cases", [1, 20])
def test_the_list_costs_the_same_however_long_it_is(world, cases):
    for number in range(cases):
        world.add_person(f"Person{number:02d} Test", "a")
        world.add_case(f"Person{number:02d} Test", "nobody", "case-lead")
    client = world.client("case-lead")
    client.get(reverse("cases:mine"))
    with CaptureQueriesContext(connection) as asked_for:
        client.get(reverse("cases:mine"))
    read = [q["sql"] for q in asked_for if "cases" in q["sql"] or "people_" in q["sql"]]
    assert len([sql for sql in read if sql.lower().startswith("select")]) == 3, read
