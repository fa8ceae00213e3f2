"""What a reflection asks is the service's own; what was once written stays as it was asked."""

import html
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions import channels as actions
from daybook.observe.reflections.actions.pictures import draw
from daybook.observe.reflections.models import Channel
from daybook.ui.words import plain_date
from tests.observe.reflections.person_world import add_picture, ago
from tests.world import World


@pytest.fixture
def as_owner(world: World):
    """Commands run as the owner; in here the grants stand in for that."""
    world.owner.execute(
        "grant insert, update on reflections_channel, reflections_earlierwords to daybook_app;"
        "grant usage on all sequences in schema public to daybook_app"
    )
    return actions


def person_page(world: World, person: str = "Amir Kaya", who: str = "wing-officer") -> str:
    url = reverse("reflections:person", args=[world.people[person]])
    return html.unescape(world.client(who).get(url).content.decode())


def form(world: World) -> str:
    url = reverse("reflections:reflect", args=[world.people["Amir Kaya"]])
    return html.unescape(world.client("wing-officer").get(url).content.decode())


def write(world: World, **steps: int) -> None:
    url = reverse("reflections:reflect", args=[world.people["Amir Kaya"]])
    said = {"key": new_key(), "contact": "talk", **{f"step-{key}": n for key, n in steps.items()}}
    answer = world.client("wing-officer").post(url, said)
    assert answer.status_code == 302, answer.content.decode()


def add_sleep(actions) -> Channel:
    return actions.add_channel(by=None, key="sleep", name="Sleep", low="broken", high="sound")


def test_a_fifth_channel_is_asked_written_drawn_and_shown(world: World, as_owner) -> None:
    add_sleep(actions)
    assert "Sleep" in form(world)
    write(world, sleep=1)
    assert "Sleep “broken”" in person_page(world)
    with world.viewing("clerk") as clerk:
        draw(by=clerk, establishment_id=world.establishments["north"], today=timezone.localdate())
    page = reverse("reflections:chart", args=[world.people["Amir Kaya"], "sleep"])
    shown = world.client("wing-officer").get(page)
    assert shown.status_code == 200
    assert "from 1 broken to 5 sound" in shown.content.decode()
    board = world.client("wing-officer").get(reverse("reflections:board", args=["a"]))
    assert "?channel=sleep" in board.content.decode()


def test_a_retired_channel_keeps_its_past_and_asks_nothing(world: World, as_owner) -> None:
    sleep = add_sleep(actions)
    write(world, sleep=1)
    add_picture(world, channel="sleep")
    actions.retire_channel(by=None, channel=sleep)
    assert "step-sleep" not in form(world)
    page = person_page(world)
    assert "Sleep “broken”" in page
    assert "?channel=sleep" in page
    board = world.client("wing-officer").get(reverse("reflections:board", args=["a"]))
    assert "?channel=sleep" not in board.content.decode()
    address = reverse("reflections:chart", args=[world.people["Amir Kaya"], "sleep"])
    chart = html.unescape(world.client("wing-officer").get(address).content.decode())
    assert "no longer asked" in chart
    assert "Worth talking about" not in chart
    actions.restore_channel(by=None, channel=Channel.objects.get(key="sleep"))
    assert "step-sleep" in form(world)


def test_an_answer_given_while_the_form_lay_open_is_kept(world: World, as_owner) -> None:
    actions.retire_channel(by=None, channel=actions.channel_called("tension"))
    write(world, tension=5)
    assert "Tension “wound up”" in person_page(world)


def test_a_new_name_rewrites_no_entry(world: World, as_owner) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    world.add_reflection(
        "Amir Kaya", "b-officer", day=ago(1), saved_at=yesterday, steps={"mood": 1}
    )
    actions.rename_channel(
        by=None, channel=actions.channel_called("mood"), name="Spirits", low="flat"
    )
    assert "Spirits" in form(world)
    write(world, mood=1)
    page = person_page(world)
    assert "Mood “low”" in page
    assert "Spirits “flat”" in page
    actions.rename_channel(by=None, channel=actions.channel_called("mood"), name="Cheer")
    page = person_page(world)
    assert "Mood “low”" in page
    assert "Spirits “flat”" in page
    assert "Cheer" in form(world)


def test_each_change_is_in_the_log(world: World, as_owner) -> None:
    sleep = add_sleep(actions)
    actions.rename_channel(by=None, channel=sleep, high="deep")
    actions.retire_channel(by=None, channel=sleep)
    actions.restore_channel(by=None, channel=sleep)
    logged = world.owner.execute(
        "select kind, subject, record, reason from audit_entry where record = 'sleep' order by id"
    ).fetchall()
    assert logged == [
        ("alteration", "channel added", "sleep", "Sleep, broken – sound"),
        ("alteration", "channel renamed", "sleep", "Sleep, broken – sound → Sleep, broken – deep"),
        ("alteration", "channel retired", "sleep", ""),
        ("alteration", "channel restored", "sleep", ""),
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"key": "two words"}, "letters, digits"),
        ({"key": "s" * 51}, "at most 50"),
        ({"key": "mood"}, "is taken"),
        ({"name": " "}, "1 to 60"),
        ({"name": "Sl\x00eep"}, "1 to 60"),
        ({"name": "mood"}, "Another channel is called"),
        ({"low": ""}, "1 to 40"),
        ({"high": "s" * 41}, "1 to 40"),
        ({"low": "Sound"}, "different words"),
    ],
)
def test_what_does_not_do_is_said_plainly(world: World, as_owner, said, told) -> None:
    given = {"key": "sleep", "name": "Sleep", "low": "broken", "high": "sound"} | said
    with pytest.raises(Cannot, match=told):
        actions.add_channel(by=None, **given)
    assert Channel.objects.count() == 4


def test_no_more_are_asked_than_fit_and_never_none(world: World, as_owner) -> None:
    for key in ("sleep", "appetite"):
        actions.add_channel(by=None, key=key, name=key, low="little", high="much")
    with pytest.raises(Cannot, match="what fits a form"):
        actions.add_channel(by=None, key="work", name="Work", low="little", high="much")
    *others, last = Channel.objects.all()
    for each in others:
        actions.retire_channel(by=None, channel=each)
    with pytest.raises(Cannot, match="last channel"):
        actions.retire_channel(by=None, channel=last)


def test_earlier_words_stay_as_they_were(world: World, as_owner) -> None:
    actions.rename_channel(by=None, channel=actions.channel_called("mood"), name="Spirits")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute("update reflections_earlierwords set name = 'Other'")


# ---- Charts of days long ago ----


def test_an_old_history_shows_the_last_days_it_has(world: World) -> None:
    last = ago(400)
    for day in range(60):
        world.add_reflection(
            "Amir Kaya", "b-officer", day=last - timedelta(days=day), steps={"mood": 2 + day % 3}
        )
        world.add_reflection(
            "Jonas Petit", "b-officer", day=last - timedelta(days=day), steps={"mood": 2 + day % 2}
        )
    with world.viewing("clerk") as clerk:
        draw(by=clerk, establishment_id=world.establishments["north"], today=timezone.localdate())
    raw, drawn_to, state = world.owner.execute(
        "select raw, drawn_to, state from reflections_picture where person_id = %s",
        [world.people["Amir Kaya"]],
    ).fetchone()
    assert len(raw) == 60
    assert None not in raw
    assert (drawn_to, state) == (last, "baseline-forming")
    fits = world.owner.execute("select key, made_at from reflections_chartfit").fetchall()
    assert fits, "what was fitted for the charts is kept"
    with world.viewing("clerk") as clerk:
        draw(by=clerk, establishment_id=world.establishments["north"], today=timezone.localdate())
    again = world.owner.execute("select key, made_at from reflections_chartfit").fetchall()
    assert again == fits, "and drawing again fits nothing anew"
    page = person_page(world)
    assert "nothing written lately" in page
    assert plain_date(last) in page


def test_table_and_method_stand_below_the_chart_itself(world: World) -> None:
    add_picture(world)
    address = reverse("reflections:chart", args=[world.people["Amir Kaya"], "with-others"])
    shown = world.client("wing-officer").get(address).content.decode()
    assert shown.index("<svg role=") < shown.index("<table>")
    assert shown.count("<table>") == 1
