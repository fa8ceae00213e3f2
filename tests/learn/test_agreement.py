"""How assessors agree, as a whole and for oneself; who may write down a training."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Competence
from daybook.learn.training.agreement.rules import agreed, in_words, share_apart, stand
from daybook.understand.instruments.loading import shipped
from tests.understand.assessments.assessed import instrument_id
from tests.world import World

FULL = next(each for each in shipped() if each.key == "needs-and-strengths")
ANSWERS = ("carries", "grows", "thin", "absent")


def twice(world: World, one: int, other: int, answers: tuple[str, str], person: int) -> None:
    """One assessment that two answered apart, as it stands once both have signed."""
    now = timezone.now()
    key = world.insert(
        "assessments_assessment", id=new_key(), person_id=person,
        definition_id=instrument_id(world, "needs-and-strengths"), purpose="needs",
        because="first", opened_by_id=one, opened_at=now, signed_at=now, dropped_because="",
    )  # fmt: skip
    for staff, answer in zip((one, other), answers, strict=True):
        sheet = world.insert(
            "assessments_sheet", id=new_key(), assessment_id=key, person_id=person,
            assessor_id=staff, given_at=now, signed_at=now,
        )  # fmt: skip
        world.insert(
            "assessments_sheetanswer", id=new_key(), sheet_id=sheet, person_id=person, item="ties",
            answer=answer, fact="Seen.", reading="", sources=["talk"], cited="",
        )  # fmt: skip


def assessors(world: World, count: int) -> list[int]:
    return [world.add_staff(f"assessor-{number}") for number in range(count)]


def test_agreement_of_each_item_as_published_methods_have_it():
    # Hand-worked: 10 pairs, one a step apart. ICC(A,1), alpha and kappa are checked against what is
    # published in tests/published; here that pairs reach them as they were answered.
    pairs = [("ties", each, each, 3) for each in ANSWERS[:3]] + [("ties", "carries", "grows", 1)]
    [found] = agreed(FULL, [*pairs, ("ties", "unknown", "thin", 5)])
    assert found.pairs == 10
    assert found.kappa.value == pytest.approx(1 - 1 / 13.5, abs=0.01)
    assert 0.9 < found.icc.value < 1
    assert 0.9 < found.alpha.value < 1
    assert agreed(FULL, []) == []


def test_one_stands_beside_colleagues_by_assessments_and_not_by_items():
    same = [(talk, "ties", "thin", "thin") for talk in range(9)]
    found = stand(FULL, same)
    assert found is not None
    assert not found.is_told
    assert "no difference can be told" in in_words(found)
    better = [(talk, "ties", "grows" if talk else "carries", "thin") for talk in range(9)]
    found = stand(FULL, better)
    assert found is not None
    assert found.mean == pytest.approx(-10 / 9)
    assert "better than colleagues" in in_words(found)
    assert stand(FULL, same[:4]) is None
    assert stand(FULL, [(1, item.key, "thin", "grows") for item in FULL.items()]) is None


def test_of_fewer_than_ten_assessors_nothing_is_said():
    told = stand(FULL, [(talk, "ties", "grows", "thin") for talk in range(8)])
    assert told is not None
    assert share_apart([told] * 9) is None
    assert share_apart([told] * 10) == 100


@pytest.mark.django_db(transaction=True)
def test_a_whole_is_shown_only_where_nobody_can_be_told_apart(world: World):
    where = reverse("training:how-assessors-agree")
    few = assessors(world, 4)
    for number, (one, other) in enumerate(list(combinations(few, 2)) * 8):
        answer = ANSWERS[number % 4]
        twice(world, one, other, (answer, answer), world.people["Amir Kaya"])
    page = world.client("training-unit").get(where).content.decode()
    assert "Too few pairs" in page
    assert world.client("case-lead").get(where).status_code == 404
    fifth = world.add_staff("assessor-5")
    twice(world, few[0], fifth, ("thin", "grows"), world.people["Amir Kaya"])
    page = world.client("training-unit").get(where).content.decode()
    assert "Family, friends, somebody to love" in page
    assert "49" in page
    for name in ("Assessor", "Amir", "Kaya"):
        assert name not in page


@pytest.mark.django_db(transaction=True)
def test_one_reads_one_s_own_and_nobody_else_does(world: World):
    lead, other = world.staff["case-lead"], world.staff["psychologist"]
    for _ in range(6):
        twice(world, lead, other, ("carries", "thin"), world.people["Amir Kaya"])
    where = reverse("training:my-answers")
    mine = world.client("case-lead").get(where).content.decode()
    assert "About 2.0 steps" in mine or "about 2.0 steps better" in mine
    assert "worse than colleagues" in world.client("psychologist").get(where).content.decode()
    assert "Nothing yet" in world.client("probation-officer").get(where).content.decode()
    with world.viewing("governor"), transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("select * from daybook.answers_beside(1)")
            assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True)
def test_a_training_is_written_by_those_who_train_and_never_of_oneself(world: World):
    where = reverse("training:who-is-trained")
    client = world.client("training-unit")
    said = {
        "key": new_key(), "number": "psychologist", "for_what": "vera-2r",
        "since": timezone.localdate(), "until": timezone.localdate() + timedelta(days=300),
        "how": "Four days.",
    }  # fmt: skip
    assert world.client("governor").post(where, said).status_code == 404
    assert client.post(where, said).status_code == 302
    assert client.post(where, said).status_code == 302
    assert "holds up to" in client.get(where).content.decode()
    mine = world.client("psychologist").get(reverse("training:my-training")).content.decode()
    assert "vera-2r" in mine
    own = client.post(where, said | {"key": new_key(), "number": "training-unit"})
    assert "A colleague writes down your own training" in own.content.decode()
    nobody = client.post(where, said | {"key": new_key(), "number": "nobody-at-all"})
    assert "Nobody who works here has this staff number" in nobody.content.decode()
    assert "nobody-at-all" in nobody.content.decode()
    back = client.post(where, said | {"key": new_key(), "until": "2020-01-01"})
    assert "choose a later day" in back.content.decode()
    # Nor past the page.
    row = Competence(
        staff_id=world.staff["case-lead"], key="erg", since=timezone.localdate(),
        until=timezone.localdate(), how="x", written_by_id=world.staff["case-lead"],
        written_at=timezone.now(),
    )  # fmt: skip
    with world.viewing("case-lead"), pytest.raises(ProgrammingError, match="row-level security"):
        Competence.objects.bulk_create([row])
    key = world.owner.execute("select id from staff_competence").fetchone()[0]
    assert client.post(reverse("training:take-back", args=[key])).status_code == 302
    assert "Taken back" in client.get(where).content.decode()
