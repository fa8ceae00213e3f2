"""Reports, and what became of them, as they stand once somebody signed them, for tests."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.information.actions import context, desk, given, reporting
from daybook.observe.information.queries import citable as citables
from tests.world import World

AMIR = "Amir Kaya"
FACT = "He told Bao to hand over his canteen or be sorry."
ACCOUNT = "He lost his visit on Monday and has been short with everybody since."


def words(**more: Any) -> dict[str, Any]:
    """A report as a writer signs it."""
    return {
        "behaviour": "pressed",
        "harmed": ["prisoners"],
        "how": "Two packs of coffee, three weeks running.",
        "fact": FACT,
        "assessment": "I think there is a debt behind it.",
        "sure": "saw",
        "happened_on": timezone.localdate(),
        "place": "A wing landing, about four",
        "others": "",
        "ordinary": "standing",
        "ordinary_words": "Both lend and borrow tobacco.",
        "regime": "",
        "fears": [],
        "whoever": True,
        "source": None,
    } | more


def report(world: World, by: str = "wing-officer", about: str = AMIR, **more: Any) -> UUID:
    key = new_key()
    with world.viewing(by) as viewer:
        reporting.report(by=viewer, key=key, person_id=world.people[about], **words(**more))
    return key


def grade(world: World, concern: UUID, by: str = "analyst", **more: Any) -> None:
    said = {
        "scheme": "3x5x2", "source_grade": "1", "information_grade": "A", "handling": "C",
        "conditions": "For the case team alone.", "reason": "Seen by staff.",
    } | more  # fmt: skip
    with world.viewing(by) as viewer:
        desk.grade(by=viewer, concern=concern, key=new_key(), **said)


def levels(world: World, concern: UUID, by: str = "analyst", **more: Any) -> None:
    said = {
        "capability": "some", "capability_evidence": "He has done it three times.",
        "intent": "unknown", "intent_evidence": "",
        "engagement": "none-seen", "engagement_evidence": "Nobody else took part.",
        "meant_for": ["prisoners"], "from_others": "no", "from_others_words": "",
        "influence": "mixed", "influence_words": "Younger men listen to him; he calmed a fight.",
    } | more  # fmt: skip
    with world.viewing(by) as viewer:
        desk.set_levels(by=viewer, concern=concern, key=new_key(), **said)


def basis(world: World, concern: UUID, by: str = "analyst") -> None:
    with world.viewing(by) as viewer:
        desk.set_basis(by=viewer, concern=concern, key=new_key(), reason="Prison Act, section 40")


def weigh(world: World, concern: UUID, by: str = "analyst") -> None:
    with world.viewing(by) as viewer:
        desk.weigh(by=viewer, concern=concern, key=new_key(), reason="A debt speaks for it.")


def ask(
    world: World, concern: UUID, kind: str = "close", whom: str = "personal-officer",
    by: str = "analyst", about: str = AMIR,
) -> UUID:  # fmt: skip
    key = new_key()
    with world.viewing(by) as viewer:
        context.ask(
            by=viewer, concern=concern, key=key, kind=kind, asked=world.staff[whom],
            question="How has he been lately?",
        )  # fmt: skip
    return key


def answer(
    world: World, asking: UUID, by: str = "personal-officer", reply: str = "given", **more: Any
) -> UUID:
    key = new_key()
    said = {"words": ACCOUNT if reply == "given" else ""} | more
    with world.viewing(by) as viewer:
        context.answer(by=viewer, asking=asking, key=key, reply=reply, **said)
    return key


def offer(world: World, by: str = "chaplain", about: str = AMIR, **more: Any) -> UUID:
    key = new_key()
    said = {"kind": "close", "words": "He came to me and asked how to make peace."} | more
    with world.viewing(by) as viewer:
        context.offer(by=viewer, key=key, person_id=world.people[about], **said)
    return key


def lay(world: World, account: UUID, concern: UUID, **more: Any) -> None:
    with world.viewing("analyst") as viewer:
        context.lay(by=viewer, account=account, concern=concern, **more)


def confirm(world: World, concern: UUID) -> None:
    """All that a concern lacks, done by those who do it."""
    grade(world, concern)
    levels(world, concern)
    basis(world, concern)
    weigh(world, concern)
    answer(world, ask(world, concern))
    answer(world, ask(world, concern, kind="clinical", whom="psychologist"), by="psychologist")


def confirmed(world: World, **more: Any) -> UUID:
    key = report(world, **more)
    confirm(world, key)
    return key


def dismiss(
    world: World, concern: UUID, how: str = "explained", by: str = "analyst", **more: Any
) -> None:
    with world.viewing(by) as viewer:
        desk.dismiss(
            by=viewer, concern=concern, key=more.pop("key", new_key()), ended_how=how,
            reason="It was a debt over tobacco, settled on Tuesday.",
        )  # fmt: skip


def give(world: World, concern: UUID, to: str = "probation-officer", **more: Any) -> UUID:
    key = new_key()
    said = {"staff": world.staff[to]} | more
    with world.viewing("analyst") as viewer:
        given.give_copy(
            by=viewer, concern=concern, key=key, purpose="Release on licence",
            legal_basis="Prison Act, section 41", **said,
        )  # fmt: skip
    return key


def citable(world: World, who: str) -> set[UUID]:
    with world.viewing(who) as viewer:
        return {each.key for each in citables.citable(viewer=viewer)}


def age(world: World, concern: UUID, days: int) -> None:
    """As if so many days had passed since it was reported."""
    back = timedelta(days=days)
    for statement in (
        "update information_concern set opened_at = opened_at - %(back)s,"
        " review_on = review_on - %(days)s, ends_on = ends_on - %(days)s where id = %(key)s",
    ):
        with world.owner.transaction():
            world.owner.execute("alter table information_concern disable trigger user")
            world.owner.execute(statement, {"back": back, "days": days, "key": concern})
            world.owner.execute("alter table information_concern enable trigger user")


def today() -> date:
    return timezone.localdate()
