"""Instruments to and from FHIR R5 ``Questionnaire``: the same items, with nothing added up.

What FHIR has no place for travels in extensions under ``BASE``; what a questionnaire of somebody
else lacks is asked of whoever imports it, never guessed. Read against HL7 FHIR R5 (2023).
"""

import json
from typing import Any

from .definition import Instrument
from .foreign import not_ours
from .reading import BadDefinition, Wrong, read_plain

BASE = "https://daybook.example/fhir/StructureDefinition/"
OURS = "instrument"
WHOLE = (
    "protocol", "specialist", "for_purposes", "uses", "assessors", "again_after_days", "again_at",
)  # fmt: skip
OF_ITEM = ("evidence", "sources", "about", "help", "known")
OF_ANSWER = ("anchor", "apart")


def to_fhir(instrument: Instrument) -> dict[str, Any]:
    """The instrument as a ``Questionnaire``: a group a domain, a choice an item."""
    plain = instrument.model_dump(mode="json")
    return {
        "resourceType": "Questionnaire",
        "url": f"{BASE}{OURS}/{instrument.key}",
        "name": instrument.key,
        "version": instrument.version,
        "title": instrument.name,
        "status": "active",
        "description": instrument.says,
        "copyright": instrument.licence,
        "language": instrument.language,
        "extension": [_said(name, plain[name]) for name in WHOLE],
        "item": [
            {
                "linkId": domain["key"],
                "type": "group",
                "text": domain["name"],
                **({"extension": [_said("says", domain["says"])]} if domain["says"] else {}),
                # FHIR knows no empty list: a tool that is only referenced has no items.
                **(
                    {"item": [_question(item) for item in domain["items"]]}
                    if domain["items"]
                    else {}
                ),
            }
            for domain in plain["domains"]
        ],
    }


def _question(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "linkId": item["key"],
        "type": "coding",
        "text": item["asks"],
        "required": True,
        "extension": [_said(name, item[name]) for name in OF_ITEM],
        "answerOption": [
            {
                "valueCoding": {"code": answer["key"], "display": answer["label"]},
                "extension": [_said(name, answer[name]) for name in OF_ANSWER],
            }
            for answer in item["answers"]
        ],
    }


def from_fhir(questionnaire: dict[str, Any]) -> Instrument:
    """The instrument that a ``Questionnaire`` holds. Raises ``BadDefinition`` for one that adds
    answers up, for one that holds what a sheet can't ask, and for one that lacks what an instrument
    of the house must say."""
    if questionnaire.get("resourceType") != "Questionnaire":
        raise BadDefinition([Wrong(1, "resourceType", "This is no Questionnaire.")])
    if wrong := not_ours(questionnaire, BASE):
        raise BadDefinition(wrong)
    plain = {
        "key": questionnaire.get("name"),
        "version": questionnaire.get("version"),
        "name": questionnaire.get("title"),
        "says": questionnaire.get("description"),
        "licence": questionnaire.get("copyright"),
        "language": questionnaire.get("language", "en"),
        **_only(WHOLE, _extensions(questionnaire)),
        "domains": [
            {
                "key": group.get("linkId"),
                "name": group.get("text"),
                "says": _extensions(group).get("says", ""),
                "items": [_item(item) for item in group.get("item", [])],
            }
            for group in questionnaire.get("item", [])
        ],
    }
    return read_plain({name: value for name, value in plain.items() if value is not None})


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": item.get("linkId"),
        "asks": item.get("text"),
        **_only(OF_ITEM, _extensions(item)),
        "answers": [
            {
                "key": option.get("valueCoding", {}).get("code"),
                "label": option.get("valueCoding", {}).get("display"),
                **_only(OF_ANSWER, _extensions(option)),
            }
            for option in item.get("answerOption", [])
        ],
    }


def _said(name: str, value: Any) -> dict[str, Any]:
    return {"url": f"{BASE}{name}", "valueString": json.dumps(value, ensure_ascii=False)}


def _only(names: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in names if name in said}


def _extensions(part: dict[str, Any]) -> dict[str, Any]:
    return {
        each["url"].removeprefix(BASE): json.loads(each["valueString"])
        for each in part.get("extension", [])
        if str(each.get("url", "")).startswith(BASE) and "valueString" in each
    }
