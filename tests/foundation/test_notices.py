"""Notices: who is told, who sees it, what they wish to hear of, and how little is said."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.duties import actions, queries, tasks
from daybook.foundation.duties.kinds import NoticeKind, kinds
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)

PLAIN, URGENT, ASKED_FOR = "test-plain", "test-urgent", "test-asked-for"
ME, COLLEAGUE = "wing-officer", "head-of-unit"


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "known", dict(kinds.known))
    kinds.register(
        NoticeKind(PLAIN, "A plain thing waits"),
        NoticeKind(URGENT, "Somebody is needed now", urgent=True),
        NoticeKind(ASKED_FOR, "A thing some ask for", default_on=False),
    )


def tell(world, *to, by=COLLEAGUE, kind=PLAIN, path="/actions/", **more):
    with world.viewing(by) as viewer:
        actions.notify(
            by=viewer, kind=kind, staff_ids=[world.staff[name] for name in to], path=path, **more
        )


@contextmanager
def sql_as(world, name):
    with world.viewing(name), connection.cursor() as cursor:
        yield cursor


def told(world, name):
    with world.viewing(name) as viewer:
        return queries.my_notices(viewer=viewer)


def waiting(world, name):
    with world.viewing(name) as viewer:
        return viewer.waiting


def key_of(world, name):
    (notice,) = told(world, name)
    return notice.id


# ---- Who is told, and who sees it ----


def test_a_notice_reaches_its_recipient_and_is_seen_by_nobody_else(world):
    tell(world, ME)
    for name in world.staff:
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute("select count(*) from duties_notice")
            # Daybook itself sees that there is one, to send word of it.
            assert cursor.fetchone()[0] == (name in {ME, "clerk"}), name
            cursor.execute("select count(*) from duties_delivery")
            assert cursor.fetchone()[0] == 0
    assert [notice.label for notice in told(world, ME)] == ["A plain thing waits"]


def test_nobody_marks_answers_or_rewrites_somebody_else_s(world):
    tell(world, ME)
    key = key_of(world, ME)
    with pytest.raises(Http404), world.viewing(COLLEAGUE) as viewer:
        actions.mark_seen(by=viewer, notice_id=key)
    with pytest.raises(Http404), world.viewing(COLLEAGUE) as viewer:
        queries.notice_path(key, viewer=viewer)
    for change in ("path = '/x/'", "staff_id = staff_id + 1", "answered_at = now()"):
        with pytest.raises(DatabaseError, match="permission denied"), sql_as(world, ME) as cursor:
            cursor.execute(f"update duties_notice set {change}")
    with world.viewing(COLLEAGUE), connection.cursor() as cursor:
        cursor.execute("update duties_notice set seen_at = now()")
        assert cursor.rowcount == 0
    assert world.client(COLLEAGUE).post(reverse("duties:seen", args=[key])).status_code == 404


@pytest.mark.parametrize("name", ["oversight", "governor", "clerk", "nobody"])
def test_any_viewer_may_leave_one(world, name):
    tell(world, ME, by=name)
    assert waiting(world, ME) == 1


def test_nobody_signed_in_leaves_none(world):
    leave = "select daybook.notify('x', %s, null, '/', false, '', true, '{}')"
    with pytest.raises(DatabaseError, match="Nobody is looking"), connection.cursor() as cursor:
        cursor.execute(leave, [[world.staff[ME]]])


def test_whoever_has_left_is_told_nothing(world):
    world.owner.execute(
        "update staff_staff set is_active = false where id = %s", [world.staff["b-officer"]]
    )
    tell(world, ME, "b-officer")
    assert world.owner.execute("select count(*) from duties_notice").fetchone() == (1,)


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere", "/\\elsewhere", ""])
def test_a_notice_leads_nowhere_but_here(world, path):
    with pytest.raises(DatabaseError, match="stays_on_this_site"):
        tell(world, ME, path=path)


def test_an_unknown_kind_is_a_mistake(world):
    with pytest.raises(KeyError):
        tell(world, ME, kind="nonsense")
    with pytest.raises(ValueError, match="another kind"):
        kinds.register(NoticeKind(PLAIN, "Something else"))


def test_it_stands_or_falls_with_what_it_tells_of(world):
    with world.viewing(COLLEAGUE) as viewer:
        actions.notify(by=viewer, kind=PLAIN, staff_ids=[world.staff[ME]], path="/")
        transaction.set_rollback(True)
    assert waiting(world, ME) == 0


# ---- Once ----


def test_the_same_thing_is_told_once_to_each(world):
    tell(world, ME, once="review 7")
    tell(world, ME, "b-officer", once="review 7")
    tell(world, ME, ME, once="")
    tell(world, ME, once="")
    assert (waiting(world, ME), waiting(world, "b-officer")) == (3, 1)


def test_told_at_the_same_moment_it_is_still_told_once(world):
    together, failed = Barrier(4), []

    def at_once(names):
        try:
            together.wait(10)
            tell(world, *names, once="the same")
        except Exception as failure:
            failed.append(failure)
        finally:
            connection.close()

    names = [ME, "b-officer", "personal-officer"]
    threads = [Thread(target=at_once, args=[names[::turn]]) for turn in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert world.owner.execute("select count(*) from duties_notice").fetchone() == (3,)


def test_what_was_answered_waits_for_nobody(world):
    tell(world, ME, "b-officer", once="concern 1", kind=URGENT)
    tell(world, ME, once="concern 2")
    with world.viewing(COLLEAGUE) as viewer:
        assert actions.answered(by=viewer, once="concern 1") == 2
        assert actions.answered(by=viewer, once="concern 1") == 0
    assert (waiting(world, ME), waiting(world, "b-officer")) == (1, 0)
    assert "answered meanwhile" in page(world, "b-officer")


# ---- Wishes ----


def wish(world, name, **wishes):
    with world.viewing(name) as viewer:
        actions.wish(by=viewer, wishes={slug.replace("_", "-"): w for slug, w in wishes.items()})


def test_what_somebody_does_not_wish_to_hear_of_is_not_told(world):
    wish(world, ME, test_plain=[])
    tell(world, ME, "b-officer")
    assert (waiting(world, ME), waiting(world, "b-officer")) == (0, 1)
    wish(world, ME, test_plain=["app"])
    tell(world, ME)
    assert waiting(world, ME) == 1


def test_some_kinds_are_quiet_until_asked_for(world):
    tell(world, ME, "b-officer", kind=ASKED_FOR)
    assert waiting(world, ME) == 0
    wish(world, ME, test_asked_for=["app"])
    tell(world, ME, "b-officer", kind=ASKED_FOR)
    assert (waiting(world, ME), waiting(world, "b-officer")) == (1, 0)


def test_what_is_urgent_can_t_be_switched_off(world):
    wish(world, ME, test_urgent=[])
    world.insert("duties_wish", staff_id=world.staff[ME], kind=URGENT, ways=[])
    tell(world, ME, kind=URGENT)
    assert waiting(world, ME) == 1
    html = world.client(ME).get(reverse("duties:wishes")).content.decode()
    assert 'name="test-urgent"' not in html
    assert "Somebody is needed now" in html
    assert "can’t be switched off" in html


def test_wishes_are_one_s_own(world):
    wish(world, ME, test_plain=[])
    with world.viewing("oversight"), connection.cursor() as cursor:
        cursor.execute("select count(*) from duties_wish")
        assert cursor.fetchone()[0] == 0
    write = "insert into duties_wish (staff_id, kind, ways) values (%s, 'x', '{}')"
    with pytest.raises(DatabaseError, match="row-level security"), sql_as(world, ME) as cursor:
        cursor.execute(write, [world.staff[COLLEAGUE]])


def test_the_page_of_wishes_keeps_what_was_ticked(world, settings):
    settings.NOTICES_BY_EMAIL = True
    officer, address = world.client(ME), reverse("duties:wishes")
    assert officer.post(address, {PLAIN: ["email"], ASKED_FOR: []}).status_code == 302
    with world.viewing(ME) as viewer:
        held = queries.my_wishes(viewer=viewer)
    # Word that something waits in Daybook needs something that waits in Daybook.
    assert (held[PLAIN], held[ASKED_FOR]) == (["app", "email"], [])
    assert "Also by e-mail" in officer.get(address).content.decode()
    assert officer.post(address, {PLAIN: ["pigeon"]}).status_code == 422


# ---- The page ----


def page(world, name, query=""):
    return world.client(name).get(reverse("duties:notices") + query).content.decode()


def test_a_name_is_found_when_it_is_read_and_only_within_reach(world):
    tell(world, ME, "b-officer", person_id=world.people["Amir Kaya"])
    assert "Amir" in page(world, ME)
    assert "Amir" not in page(world, "b-officer")
    assert "about somebody you don’t reach now" in page(world, "b-officer")
    held = world.owner.execute("select row_to_json(n)::text from duties_notice n").fetchall()
    assert not any("Amir" in row for (row,) in held)


def test_opening_one_marks_it_and_leads_on(world):
    tell(world, ME, path="/actions/")
    officer, address = world.client(ME), reverse("duties:seen", args=[key_of(world, ME)])
    assert officer.post(address, {"then": "open"})["Location"] == "/actions/"
    first = told(world, ME)[0].seen_at
    assert officer.post(address)["Location"] == reverse("duties:notices")
    assert told(world, ME)[0].seen_at == first
    assert waiting(world, ME) == 0
    assert officer.post(reverse("duties:seen", args=[new_key()])).status_code == 404


def test_ticking_off_takes_what_stood_there_and_nothing_urgent(world):
    tell(world, ME)
    tell(world, ME, kind=URGENT)
    drawn = timezone.now().isoformat()
    tell(world, ME)
    officer, address = world.client(ME), reverse("duties:all-seen")
    officer.post(address, {"until": "nonsense"})
    officer.post(address, {"until": "2026-99-99T00:00"})
    assert waiting(world, ME) == 3
    officer.post(address, {"until": drawn})
    assert waiting(world, ME) == 2


def test_due_and_overdue_alone(world):
    tell(world, ME)
    tell(world, ME, kind="actions-due")
    assert "A plain thing waits" in page(world, ME)
    narrowed = page(world, ME, "?show=due")
    assert "A plain thing waits" not in narrowed
    assert "due today" in narrowed


def test_the_head_of_a_page_says_how_many_wait_without_asking_again(world):
    officer = world.client(ME)
    quiet = officer.get("/glossary/").content.decode()
    assert ">Notices</a>" in quiet
    with CaptureQueriesContext(connection) as before:
        officer.get("/glossary/")
    for _ in range(3):
        tell(world, ME)
    with CaptureQueriesContext(connection) as after:
        assert ">3 waiting</a>" in officer.get("/glossary/").content.decode()
    assert len(before) == len(after)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_many(world, count, django_assert_max_num_queries):
    for person in [world.people["Amir Kaya"], *world.add_people(count, "a")]:
        tell(world, ME, person_id=person)
    officer, address = world.client(ME), reverse("duties:notices")
    officer.get(address)
    with django_assert_max_num_queries(11):
        officer.get(address)


# ---- Due actions, and forgetting ----


def owe(world, owner, days, done=False):
    return world.insert(
        "duties_action", id=new_key(), person_id=world.people["Amir Kaya"], what="Ring his sister",
        owner_id=world.staff[owner], due_on=timezone.localdate() + timedelta(days=days),
        raised_by_id=world.staff[owner], raised_at=timezone.now(), source="", outcome="",
        effect="helped" if done else "", done_at=timezone.now() if done else None,
    )  # fmt: skip


def kinds_told(world, name):
    return sorted(
        kind
        for (kind,) in world.owner.execute(
            "select kind from duties_notice where staff_id = %s", [world.staff[name]]
        )
    )


def test_owners_hear_in_the_morning_of_what_is_due_and_once_of_what_is_overdue(world):
    for days in (0, 0, -1, -5, 3):
        owe(world, ME, days)
    owe(world, "b-officer", 1)
    owe(world, "personal-officer", 0, done=True)
    for _ in range(2):
        tasks.remind_of_actions()
    assert kinds_told(world, ME) == ["actions-due", "actions-overdue"]
    assert kinds_told(world, "b-officer") == kinds_told(world, "personal-officer") == []


def test_nobody_is_told_again_of_what_stays_overdue(world):
    owe(world, ME, -5)
    tasks.remind_of_actions()
    with transaction.atomic(), at_the_desk() as clerk:
        from daybook.foundation.duties.actions.reminders import remind

        remind(by=clerk, today=timezone.localdate() + timedelta(days=1))
    assert kinds_told(world, ME) == ["actions-overdue"]
    owe(world, ME, -2)
    tasks.remind_of_actions()
    assert kinds_told(world, ME) == ["actions-overdue", "actions-overdue"]


def test_what_was_dealt_with_a_month_ago_goes_and_what_waits_stays(world):
    for once in ("seen long ago", "answered long ago", "seen lately", "waits"):
        tell(world, ME, once=once)
    for column, once, days in (
        ("seen_at", "seen long ago", 31),
        ("answered_at", "answered long ago", 31),
        ("seen_at", "seen lately", 29),
    ):
        world.owner.execute(
            f"update duties_notice set {column} = now() - make_interval(days => %s)"
            " where once = %s",
            [days, once],
        )
    world.owner.execute(
        "insert into duties_delivery (notice_id, channel, attempts, outcome, failed)"
        " select id, 'email', 0, 'no-address', '' from duties_notice"
    )
    for _ in range(2):
        tasks.forget_notices()
    left = world.owner.execute("select once from duties_notice order by once").fetchall()
    assert left == [("seen lately",), ("waits",)]
    assert world.owner.execute("select count(*) from duties_delivery").fetchone() == (2,)


@pytest.mark.parametrize("name", [ME, "administrator", "oversight"])
def test_nobody_but_daybook_itself_lets_notices_go(world, name):
    with pytest.raises(DatabaseError, match="only at the desk"), sql_as(world, name) as cursor:
        cursor.execute("select daybook.forget_notices(now() - interval '1 year')")
