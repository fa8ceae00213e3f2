"""Assessments of somebody in every state, as the owner writes them, for tests."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.understand.instruments.definition import Instrument
from tests.understand.assessments.assessed import instrument_id, typed
from tests.world import World

Given = dict[str, Any]


def assessed(world: World, who: int, *, lead: int, second: int) -> Given:
    """One that is being filled in, one that is signed, and one that is closed.

    ``lead`` opened each and has a sheet in each; ``second`` has one in what is signed.
    """
    now, day = timezone.now(), timezone.localdate()
    screen = instrument_id(world, "immediate-needs")
    full = instrument_id(world, "needs-and-strengths")
    whole = Instrument.model_validate(
        world.owner.execute(
            "select whole from instruments_definition where id = %s", [screen]
        ).fetchone()[0]
    )

    def add(table: str, **values: Any) -> Any:
        return world.insert(f"assessments_{table}", person_id=who, **values)

    def opened(definition: int, **values: Any) -> Any:
        return add(
            "assessment", id=new_key(), definition_id=definition, purpose="needs",
            because="first", opened_by_id=lead, opened_at=now, dropped_because="", **values,
        )  # fmt: skip

    def sheet(assessment: Any, assessor: int, **values: Any) -> Any:
        return add(
            "sheet", id=new_key(), assessment_id=assessment, assessor_id=assessor, given_at=now,
            **values,
        )  # fmt: skip

    def answered(of: Any, answer: str) -> None:
        add("basis", sheet_id=of, on_self_report="little", on_compliance="little", words="Seen.")
        add(
            "sheetanswer", id=new_key(), sheet_id=of, item="safety", answer=answer,
            fact="He said so.", reading="So it seems.", sources=["talk"], cited="On Monday.",
        )  # fmt: skip

    filling = opened(screen)
    mine = sheet(filling, lead)
    add("draft", sheet_id=mine, typed=json.dumps(typed(whole)), saved_at=now)
    talking = opened(full, signed_at=now)
    for assessor, answer in ((lead, "carries"), (second, "grows")):
        one = sheet(talking, assessor, signed_at=now)
        add("basis", sheet_id=one, on_self_report="little", on_compliance="little", words="Seen.")
        add(
            "sheetanswer", id=new_key(), sheet_id=one, item="ties", answer=answer, fact="Seen.",
            reading="", sources=["talk", "seen"], cited="",
        )  # fmt: skip
    add("talk", id=new_key(), assessment_id=talking, item="ties", answer="", words="We differ.",
        written_by_id=lead, written_at=now)  # fmt: skip
    done = opened(screen, signed_at=now)
    signed = sheet(done, lead, signed_at=now)
    answered(signed, "met")
    add("account", id=new_key(), sheet_id=signed, domain="today", words="Nothing new.",
        course="first")  # fmt: skip
    add(
        "closing", id=new_key(), assessment_id=done, summary="You feel safe here.", needs="Sleep.",
        support="Another cell.", own_view="said", own_words="It is loud.",
        again_on=day + timedelta(days=10), closed_by_id=lead, closed_at=now, copied_how="",
        copied_said="",
    )  # fmt: skip
    return {
        "assessment": talking, "item": "ties", "finished": done, "sheet": mine, "part": 1,
        "instrument": screen, "assessor": lead, "tool": "immediate-needs",
        "competence": world.insert(
            "staff_competence", id=new_key(), staff_id=lead, key="assessing-needs",
            since=day, until=day + timedelta(days=300), how="Two days.",
            written_by_id=world.staff["training-unit"], written_at=now,
        ),
    }  # fmt: skip
