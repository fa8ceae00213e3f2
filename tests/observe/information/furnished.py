"""One row of every kind of information about somebody, as the owner writes it, for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

Given = dict[str, Any]


def informed(
    world: World, who: int, prison: str, unit: str, *, writer: int, second: int, lead: int
) -> Given:
    """A concern that is confirmed, another about the same person, what lies beside them."""
    now, day = timezone.now(), timezone.localdate()

    def add(table: str, by: int, at: Any = now, **values: Any) -> Any:
        return world.insert(
            f"information_{table}", id=new_key(), person_id=who, written_by_id=by,
            written_at=at, **values,
        )  # fmt: skip

    concern, other = (
        add(
            "report", writer, establishment_id=world.establishments[prison],
            unit_id=world.units[unit], behaviour="pressed", harmed=["prisoners"], how="For coffee.",
            fact="Took his coffee.", assessment="", sure="saw", happened_on=day, place="Here",
            others="", ordinary="standing", ordinary_words="A debt.", regime="", fears=[],
            whoever=True,
        )
        for _ in range(2)
    )  # fmt: skip
    for step, reason in (("basis", "Prison Act."), ("weighed", "A debt.")):
        add("concernstep", second, concern_id=concern, step=step, reason=reason, ended_how="")
    add(
        "grading",
        second,
        concern_id=concern,
        scheme="3x5x2",
        source_grade="1",
        information_grade="A",
        handling="P",
        conditions="",
        doubted=False,
        reason="Seen.",
    )
    add(
        "levelling",
        second,
        concern_id=concern,
        capability="unknown",
        capability_evidence="",
        intent="unknown",
        intent_evidence="",
        engagement="unknown",
        engagement_evidence="",
        meant_for=[],
        from_others="no",
        from_others_words="",
        influence="unknown",
        influence_words="",
    )

    def account(by: int, kind: str, laid: bool = True) -> Any:
        beside = {"concern_id": concern, "laid_at": now, "laid_by_id": second} if laid else {}
        return add(
            "account",
            by,
            kind=kind,
            words="I know him.",
            told_by="",
            chaplain=False,
            agency="",
            **beside,
        )

    account(second, "close")
    account(lead, "clinical")
    return {
        "information": concern, "other concern": other,
        "account": account(writer, "dynamic"),
        "offered": account(second, "close", laid=False),
        "asking": add("asking", second, concern_id=concern, kind="close", question="How is he?",
                      asked_id=writer, reply=""),
        "held": add("copy", second, concern_id=concern, recipient="The police", purpose="A hearing",
                    legal_basis="Prison Act.", scheme="3x5x2", handling="P", conditions="",
                    told_how=""),
        "use": add("use", writer, concern_id=concern, kind="case", record=new_key(),
                   why="Its review.", reopened_at=now, looked_words=""),
    }  # fmt: skip


def exchanged(world: World, who: int, prison: str, *, by: int, beside: Any) -> Given:
    """Two questions to an outside service; one has an answer and lies beside a concern."""
    now, day = timezone.now(), timezone.localdate()
    waits, answered = (
        world.insert(
            "information_enquiry", id=new_key(), person_id=who, concern_id=beside, way="out",
            establishment_id=world.establishments[prison], agency="The police",
            question="Is he known?", legal_basis="Prison Act.", due_on=day, written_by_id=by,
            written_at=now,
        )
        for _ in range(2)
    )  # fmt: skip
    world.insert(
        "information_answer", id=new_key(), enquiry_id=answered, person_id=who, words="No.",
        conditions="", written_by_id=by, written_at=now,
    )  # fmt: skip
    return {"enquiry": waits, "answered": answered}


def urged(world: World, who: int, prison: str, *, by: int, on: Any, decided: Any) -> Given:
    """A concern shown to the duty manager; and an urgent step on another, to be reviewed now."""
    now, before = timezone.now(), timezone.now() - timedelta(hours=25)
    world.insert(
        "information_urging", id=new_key(), concern_id=on, person_id=who, why="Tonight.",
        staff_id=world.staff["duty-manager"], written_by_id=by, written_at=now,
    )  # fmt: skip
    step = world.insert(
        "information_protection", id=new_key(), concern_id=decided, person_id=who,
        establishment_id=world.establishments[prison], danger="A fight.", why_now="Tonight.",
        step="A talk.", instead_of="None.", until=before + timedelta(hours=4), reviewed_words="",
        review_on=timezone.localtime(before).date() + timedelta(days=1), written_by_id=by,
        written_at=before,
    )  # fmt: skip
    return {"protection": step}


def in_every_table(world: World, who: int, reflection: Any) -> Given:
    """The same, with what lies in the other tables beside a concern."""
    by, now, day = world.staff["analyst"], timezone.now(), timezone.localdate()
    given = informed(
        world, who, "north", "a", writer=world.staff["wing-officer"],
        second=by, lead=world.staff["psychologist"],
    )  # fmt: skip
    beside = {"concern_id": given["information"]}

    def add(table: str, **values: Any) -> Any:
        return world.insert(
            f"information_{table}", id=new_key(), person_id=who, written_by_id=by,
            written_at=now, **values,
        )  # fmt: skip

    add("attachment", reflection=reflection, reflection_author_id=by, reason="It was that day.",
        **beside)  # fmt: skip
    enquiry = add(
        "enquiry", establishment_id=world.establishments["north"], way="out", agency="The police",
        question="Is he known to you?", legal_basis="Prison Act.", due_on=day, **beside,
    )  # fmt: skip
    add("answer", enquiry_id=enquiry, words="No.", conditions="")
    add("feedback", enquiry_id=enquiry, words="It helped.")
    add("urging", staff_id=world.staff["duty-manager"], why="Tonight.", **beside)
    add("protection", establishment_id=world.establishments["north"], danger="A fight.",
        why_now="Tonight.", step="Another cell.", instead_of="Talking.",
        until=now + timedelta(hours=4), review_on=day + timedelta(days=1),
        reviewed_words="", **beside)  # fmt: skip
    return given
