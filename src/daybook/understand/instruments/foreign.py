"""What of a ``Questionnaire`` can't be taken over: named with the way to it, never left out."""

import json
from collections.abc import Iterator
from typing import Any

from .reading import Wrong

COUNTING = ("ordinalvalue", "itemweight", "calculatedexpression")
"""Extensions by which others add answers up."""


def not_ours(questionnaire: dict[str, Any], base: str) -> list[Wrong]:
    """All that keeps it from being read; what lies under ``base`` is the house's own."""
    return list(_shape(questionnaire)) or [
        *_counting(questionnaire),
        *_own(questionnaire, base),
        *_beyond(questionnaire),
    ]


def _shape(part: Any, where: str = "") -> Iterator[Wrong]:
    for name in ("item", "answerOption", "extension"):
        listed = part.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            yield Wrong(1, _to(where, name), "A list of objects belongs here.")
            continue
        for number, each in enumerate(listed, 1):
            yield from _shape(each, _to(where, name, number))
    if not isinstance(part.get("valueCoding", {}), dict):
        yield Wrong(1, _to(where, "valueCoding"), "An object with code and display belongs here.")


def _counting(part: Any, where: str = "") -> Iterator[Wrong]:
    if isinstance(part, dict):
        if any(word in _url(part) for word in COUNTING):
            yield Wrong(1, where, "It adds answers up. An instrument here declares no total.")
        for name, value in part.items():
            yield from _counting(value, _to(where, name))
    elif isinstance(part, list):
        for number, value in enumerate(part, 1):
            yield from _counting(value, _to(where, number))


def _own(part: dict[str, Any], base: str, where: str = "") -> Iterator[Wrong]:
    """Extensions of the house's own that hold no JSON."""
    for number, each in enumerate(part.get("extension", []), 1):
        if str(each.get("url", "")).startswith(base) and "valueString" in each:
            try:
                json.loads(each["valueString"])
            except (ValueError, TypeError):
                yield Wrong(1, _to(where, "extension", number), "Its valueString is no JSON.")
    for name in ("item", "answerOption"):
        for number, each in enumerate(part.get(name, []), 1):
            yield from _own(each, base, _to(where, name, number))


def _beyond(part: dict[str, Any], where: str = "", depth: int = 0) -> Iterator[Wrong]:
    """What would ask otherwise than a sheet does: questions under questions, questions that only
    some answers raise, and answers that are worked out."""
    if part.get("enableWhen"):
        yield Wrong(
            1,
            _to(where, "enableWhen"),
            "A sheet asks every item. Leave it out, and give the item an answer for where it "
            "does not apply.",
        )
    for number, each in enumerate(part.get("extension", []), 1):
        kind = _url(each).rsplit("/", 1)[-1]
        if kind == "variable" or kind.endswith(("-variable", "expression")):
            if any(word in kind for word in COUNTING):
                continue
            yield Wrong(
                1, _to(where, "extension", number), "A sheet works nothing out. Leave it out."
            )
    for number, each in enumerate(part.get("item", []), 1):
        here = _to(where, "item", number)
        if depth == 1 and each.get("item"):
            yield Wrong(
                1,
                _to(here, "item"),
                "A domain holds items, and no item holds others: put them beside it.",
            )
        else:
            yield from _beyond(each, here, depth + 1)
    for number, each in enumerate(part.get("answerOption", []), 1):
        yield from _beyond(each, _to(where, "answerOption", number), depth + 1)


def _url(part: dict[str, Any]) -> str:
    return str(part.get("url", "")).lower()


def _to(where: str, *steps: int | str) -> str:
    return " › ".join([*([where] if where else []), *map(str, steps)])
