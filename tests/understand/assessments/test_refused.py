"""What the database refuses, whoever asks it and how; and what is done twice."""

import re
from datetime import timedelta
from threading import Thread
from unittest.mock import patch

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.understand.assessments.actions import opening, sheets
from daybook.understand.assessments.models import Assessment, Sheet, SheetAnswer
from daybook.understand.assessments.rules.typed import lacks
from daybook.understand.instruments.loading import VersionTaken, load, shipped
from daybook.understand.instruments.models import Definition
from tests.world import World

from .assessed import (
    AMIR,
    BOTH,
    LEAD,
    PSYCHOLOGIST,
    begin,
    close,
    closed,
    fill,
    instrument_id,
    made_earlier,
    sheet_of,
    sign,
    talk,
    train,
    trained,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(world: World) -> World:
    trained(world)
    return world


def test_a_specialist_tool_stands_beside_a_general_assessment_that_is_not_old(ready: World):
    train(ready, PSYCHOLOGIST, "vera-2r")
    alone = {"by": PSYCHOLOGIST, "assessors": (PSYCHOLOGIST,)}
    with pytest.raises(Cannot, match="never instead of one"):
        begin(ready, "vera-2r", **alone)
    general = closed(ready)
    tool = begin(ready, "vera-2r", **alone)
    sign(ready, tool, PSYCHOLOGIST)
    close(ready, tool, PSYCHOLOGIST)
    beside = ready.owner.execute(
        "select beside_id from assessments_assessment where id = %s", [tool]
    ).fetchone()
    assert beside == (general,)
    made_earlier(ready, general, 120)
    with pytest.raises(Cannot, match="never instead of one"):
        begin(ready, "vera-2r", **alone)


def test_a_tool_kept_elsewhere_needs_the_training_for_it(ready: World):
    closed(ready)
    tool = begin(ready, "erg", by=PSYCHOLOGIST, assessors=(PSYCHOLOGIST,))
    with pytest.raises(Cannot, match="training"):
        sign(ready, tool, PSYCHOLOGIST)


def test_two_colleagues_answer_what_asks_for_two_and_only_who_works_with_the_person(ready: World):
    with pytest.raises(Cannot, match="2 colleagues"):
        begin(ready, assessors=(LEAD,))
    with pytest.raises(Cannot, match="work with this person"):
        begin(ready, assessors=(LEAD, "wing-officer"))
    with pytest.raises(Cannot, match="not made for that"):
        begin(ready, "trap-18", purpose="placement", assessors=(PSYCHOLOGIST,), by=PSYCHOLOGIST)
    with pytest.raises(Http404):
        begin(ready, by="analyst")


def test_an_answer_outside_its_anchors_is_signed_by_nobody(ready: World):
    made = begin(ready)
    key = fill(ready, made, LEAD, ties="a-number")
    with ready.viewing(LEAD) as viewer, pytest.raises(Cannot, match="missing on the sheet"):
        sheets.sign(by=viewer, key=key)
    # Nor past the pages: the database reads the version itself.
    of = {"sheet_id": key, "person_id": ready.people[AMIR]}
    with ready.viewing(LEAD):
        SheetAnswer.objects.bulk_create([SheetAnswer(**of, item="ties", answer="9", fact="x")])
        with pytest.raises(IntegrityError, match="not whole"), transaction.atomic():
            Sheet.objects.filter(id=key).update(signed_at=timezone.now())


def test_several_sources_are_cited_and_not_only_ticked(ready: World):
    made = begin(ready)
    key = fill(ready, made, LEAD)
    with ready.viewing(LEAD) as viewer:
        mine = sheets.keep(by=viewer, key=key, typed={"cited_ties": " "})
        [lack] = lacks(mine.instrument, mine.typed, timezone.localdate())
        assert lack.what == "Write from whom or what, and when."
        with pytest.raises(Cannot, match="missing on the sheet"):
            sheets.sign(by=viewer, key=key)
        # What can't be said needs no source.
        sheets.keep(by=viewer, key=key, typed={"answer_ties": "unknown"})
        sheets.sign(by=viewer, key=key)
    # Nor past the pages.
    key = fill(ready, made, PSYCHOLOGIST)
    with ready.viewing(PSYCHOLOGIST) as viewer:
        sheets.keep(by=viewer, key=key, typed={"cited_ties": ""})
        with (
            patch("daybook.understand.assessments.rules.typed.lacks", return_value=[]),
            pytest.raises(Cannot, match="missing on the sheet"),
        ):
            sheets.sign(by=viewer, key=key)


def test_what_is_signed_stays_and_takes_nothing_more(ready: World):
    made = begin(ready)
    key = sign(ready, made, LEAD)
    with ready.viewing(LEAD) as viewer, pytest.raises(Cannot, match="stays as it is"):
        sheets.keep(by=viewer, key=key, typed={"answer_ties": "thin"})
    with pytest.raises(psycopg.Error):
        ready.owner.execute("update assessments_sheetanswer set answer = 'thin'")
    ready.owner.rollback()


def test_one_s_own_sheet_is_nobody_else_s(ready: World):
    made = begin(ready)
    key = fill(ready, made, LEAD)
    for who in (PSYCHOLOGIST, "governor", "wing-officer"):
        with ready.viewing(who) as viewer, pytest.raises(Http404):
            sheets.keep(by=viewer, key=key, typed={})
        with ready.viewing(who) as viewer, pytest.raises(Http404):
            sheets.sign(by=viewer, key=key)


def test_signing_closing_and_opening_twice_is_doing_it_once(ready: World):
    made = begin(ready)
    key = sign(ready, made, LEAD)
    with ready.viewing(LEAD) as viewer:
        sheets.sign(by=viewer, key=key)
        opening.open_assessment(
            by=viewer, key=made, person_id=ready.people[AMIR],
            definition_id=instrument_id(ready, "needs-and-strengths"), purpose="needs",
            because="first", assessors=[ready.staff[who] for who in BOTH],
        )  # fmt: skip
    assert ready.owner.execute("select count(*) from assessments_sheet").fetchone() == (2,)


def test_of_two_who_sign_at_once_the_second_opens_it(ready: World):
    made = begin(ready)
    for who in BOTH:
        fill(ready, made, who)

    def press(who: str) -> None:
        try:
            with ready.viewing(who) as viewer:
                sheets.sign(by=viewer, key=sheet_of_app(made, who))
        finally:
            connections.close_all()

    def sheet_of_app(assessment, who):
        return Sheet.objects.values_list("id", flat=True).get(
            assessment_id=assessment, assessor_id=ready.staff[who]
        )

    threads = [Thread(target=press, args=[who]) for who in BOTH]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    signed = ready.owner.execute("select signed_at from assessments_assessment").fetchone()[0]
    assert signed is not None


def test_a_close_needs_its_words_and_a_day_on_which_it_is_old(ready: World):
    made = begin(ready)
    for who in BOTH:
        sign(ready, made, who)
    later = timezone.localdate() + timedelta(days=400)
    with pytest.raises(Cannot, match="due again"):
        close(ready, made, again_on=later)
    with pytest.raises(IntegrityError):
        close(ready, made, support="")
    with pytest.raises(IntegrityError):
        close(ready, made, own_view="said", own_words="")
    with pytest.raises(Http404):
        close(ready, made, by="governor")


def test_a_talk_stays_within_the_anchors(ready: World):
    made = begin(ready)
    for who in BOTH:
        sign(ready, made, who)
    with pytest.raises(Cannot, match="no such answer"):
        talk(ready, made, "ties", "nine")


def test_what_is_given_up_is_filled_in_by_nobody(ready: World):
    made = begin(ready)
    key = sheet_of(ready, made, PSYCHOLOGIST)
    for who in ("governor", "wing-officer", "oversight"):
        with ready.viewing(who) as viewer, pytest.raises(Http404):
            opening.give_up(by=viewer, key=made, reason="He was moved.")
    with ready.viewing(LEAD) as viewer:
        opening.give_up(by=viewer, key=made, reason="He was moved.")
        opening.give_up(by=viewer, key=made, reason="He was moved.")
    with ready.viewing(PSYCHOLOGIST) as viewer, pytest.raises(Cannot, match="given up"):
        sheets.keep(by=viewer, key=key, typed={})
    with ready.viewing(LEAD):
        assert Assessment.objects.filter(id=made, dropped_at__isnull=False).exists()


def test_one_whose_opener_has_gone_is_given_up_by_a_colleague_and_is_due_again(ready: World):
    made_earlier(ready, closed(ready), 100)
    made = begin(ready)
    ready.owner.execute(
        "update access_assignment set until = now() where staff_id = %s", [ready.staff[LEAD]]
    )
    client = ready.client(PSYCHOLOGIST)
    page = reverse("assessments:one", args=[made])
    give_up = reverse("assessments:give-up", args=[made])
    assert give_up in client.get(page).content.decode()
    assert "Look again" not in client.get(reverse("home")).content.decode()
    assert client.post(give_up, {"reason": "His lead has left."}).status_code == 302
    assert re.search("Given up .* by .*Psychologist", client.get(page).content.decode())
    assert "Look again, Needs and strengths" in client.get(reverse("home")).content.decode()


def test_a_version_never_changes_and_no_second_text_takes_its_place(world: World):
    with pytest.raises(psycopg.Error, match="stays as it was loaded"):
        world.owner.execute("update instruments_definition set name = 'x'")
    world.owner.rollback()
    first = shipped()[0]
    other = first.model_copy(update={"says": "Something else."})
    assert Definition.objects.filter(key=first.key).count() == 1
    with pytest.raises(VersionTaken, match="Raise the version"):
        load(other)


def test_the_app_loads_no_definition(world: World):
    own = Definition(
        key="x", version="1", name="x", protocol="light", specialist=False, whole={},
        loaded_at=timezone.now(),
    )  # fmt: skip
    with world.viewing(LEAD), pytest.raises(ProgrammingError, match="permission denied"):
        own.save()
