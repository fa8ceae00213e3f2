"""Two hundred days of reflections, and the charts drawn from them."""

from collections.abc import Iterator
from datetime import timedelta

from daybook.demo.world import columns as c
from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.registry.keys import new_key
from daybook.learn.training.actions import work_out
from daybook.learn.training.rules import last_whole_month, window
from daybook.observe.reflections.actions.bulk import Signed, save_many
from daybook.observe.reflections.actions.pictures import draw
from daybook.observe.reflections.models import Addition, Channel
from daybook.observe.reflections.rules.recording import Entry
from daybook.observe.reflections.vocabulary import Form

from .keys import REASON, Filling

OF_WHAT = ("mood", "tension", "contact with staff", "contact with others")
ON_THE_SHEET = timedelta(minutes=50)
WAYS = {1: "more", -1: "less", 0: ""}
CHANNELS = {"mood": "mood", "tension": "tension", "with_staff": "with-staff",
            "with_others": "with-others"}  # fmt: skip


def fill(filling: Filling) -> None:
    signed = list(_signed(filling))
    filling.reflections = [one.entry.key for one in signed]
    save_many(by=filling.by, signed=signed, reason=REASON)
    whose = filling.world.reflections.person.tolist()
    add_many(
        Addition,
        ("id", "reflection_id", "person_id", "author_id", "text", "added_at"),
        [
            (
                new_key(),
                filling.reflections[addition.reflection],
                filling.people[whose[addition.reflection]],
                filling.staff[addition.by],
                addition.text,
                filling.at(addition.at),
            )
            for addition in filling.world.additions
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )


def draw_charts(filling: Filling) -> None:
    for establishment in filling.establishments:
        with at_the_desk() as clerk:
            draw(by=clerk, establishment_id=establishment, today=filling.world.until)


def work_out_habits(filling: Filling) -> None:
    """As it is done once a month, for the last months of which enough is there."""
    month = last_whole_month(filling.world.until)
    months = [month]
    while window(months[-1])[0] > filling.world.first_day and len(months) < 4:
        months.append(last_whole_month(months[-1]))
    for establishment in filling.establishments:
        for each in months:
            with at_the_desk() as clerk:
                work_out(by=clerk, establishment_id=establishment, month=each)


def _signed(filling: Filling) -> Iterator[Signed]:
    written = filling.world.reflections
    by_key = dict(Channel.objects.values_list("key", "id"))
    channels = [by_key[CHANNELS[name]] for name in c.CHANNELS]
    texts = written.texts
    # Plain lists: reading numpy arrays number by number is many times slower.
    rows = zip(
        *(
            column.tolist()
            for column in (
                written.person, written.author, written.unit, written.day, written.minute,
                written.form, written.setting, written.contact, written.ratings,
                written.difference, written.more_or_less, written.of_what, written.leaning,
                written.chips, written.own_mark, written.seen_heard, written.reading,
                written.own_words, written.did, written.opened,
            )
        ),
        strict=True,
    )  # fmt: skip
    for (
        person, author, unit, day, minute, form, setting, contact, ratings, difference, way,
        of_what, leaning, chips, own_mark, seen_heard, reading, own_words, did, opened,
    ) in rows:  # fmt: skip
        on = filling.world.first_day + timedelta(days=day)
        saved_at = filling.morning(on) + timedelta(minutes=minute)
        # Now and then the round was made with a sheet in the hand, and entered later.
        on_paper = c.FORMS[form] == Form.QUICK and (day * 7 + author) % 41 == 0
        entry = Entry(
            key=new_key(),
            person_id=filling.people[person],
            day=on,
            form=Form.PAPER if on_paper else c.FORMS[form],
            setting=c.SETTINGS[setting],
            contact=c.CONTACTS[contact],
            steps={
                channel: None if step == c.CANT_TELL else step
                for channel, step in zip(channels, ratings, strict=True)
                if step != c.LEFT_OUT
            },
            difference=c.DIFFERENCES[difference],
            way=WAYS[way],
            of_what=OF_WHAT[of_what] if of_what >= 0 else "",
            leaning=c.LEANINGS[leaning],
            circumstances=c.chip_names(chips),
            own_mark=None if own_mark == c.LEFT_OUT else own_mark,
            seen_heard=texts[seen_heard],
            reading=texts[reading],
            own_words=texts[own_words],
            response=texts[did],
            opening=texts[opened],
            noted_at=saved_at - ON_THE_SHEET if on_paper else None,
        )
        yield Signed(
            entry=entry,
            author_id=filling.staff[author],
            unit_id=filling.units[unit] if unit >= 0 else None,
            saved_at=saved_at,
        )
