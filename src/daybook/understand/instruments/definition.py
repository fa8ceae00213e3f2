"""What an instrument is: domains, items, anchored answers, who may use it, and how often.

The JSON Schema that is published for writers of instruments is made of these classes, so that the
two can't differ. Nothing here has a place for a weight, a score or a total.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Label = Annotated[str, Field(min_length=1, max_length=200)]

ADDED_UP = ("score", "weight", "total", "sum", "points", "cutoff", "threshold", "rank", "band")
"""What a definition may not so much as name: no future of anybody is a number."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Purpose(StrEnum):
    """What an instrument is used for. The purpose of each use is recorded with it."""

    NEEDS = "needs"
    PLACEMENT = "placement"
    PROGRAMMES = "programmes"
    SUPPORT = "support"


class Trigger(StrEnum):
    """Times of change, at which it is due again, whatever its interval."""

    TRANSFER = "transfer"
    LOST_VISIT = "lost-visit"
    BEREAVEMENT = "bereavement"
    COURT = "court"
    RELEASE_DATE = "release-date"
    INCIDENT = "incident"
    CHANGE_IN_THE_RECORD = "change-in-the-record"


class Answer(Strict):
    """One anchored answer: a word, and what is seen where it fits."""

    key: Key
    label: Label
    anchor: Words
    apart: bool = False
    """It stands beside the order, as "unknown" does: nothing becomes better or worse by it."""


class Known(Strict):
    """What is known of how alike an item is answered, from a study that is named."""

    reliability: Annotated[float, Field(gt=0, lt=1)]
    spread: Annotated[float, Field(gt=0, le=9)]
    """Standard deviation over people, in steps from one answer to the next."""
    source: Words


class Item(Strict):
    """One question about one thing, with its anchored answers, the best for the person first."""

    key: Key
    asks: Words
    help: str = ""
    answers: tuple[Answer, ...] = Field(min_length=2, max_length=9)
    evidence: Literal["required", "unless-unknown", "optional"] = "unless-unknown"
    sources: Annotated[int, Field(ge=1, le=5)] = 1
    """From how many sources an answer is to be cited."""
    about: Literal["need", "strength", "risk", "protection"]
    known: Known | None = None

    @model_validator(mode="after")
    def _answers_differ(self) -> "Item":
        _once("answer", (answer.key for answer in self.answers))
        return self

    def answer(self, key: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)

    @property
    def ordered(self) -> tuple[str, ...]:
        """Keys of the answers that stand in order, the best first."""
        return tuple(answer.key for answer in self.answers if not answer.apart)

    def step(self, key: str) -> int | None:
        """The place of an answer in the order, from 0 for the best; None for one apart."""
        return self.ordered.index(key) if key in self.ordered else None


class Domain(Strict):
    key: Key
    name: Label
    says: str = ""
    items: tuple[Item, ...] = Field(default=(), max_length=500)


class Uses(Strict):
    """Who may use it: roles of the house, and competences that must be current."""

    roles: tuple[Key, ...] = Field(min_length=1)
    competences: tuple[Key, ...] = ()


class Instrument(Strict):
    """One version of one instrument, whole."""

    key: Key
    version: Annotated[str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$")]
    name: Label
    says: Words
    licence: Words
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    protocol: Literal["light", "full", "screen", "referenced"]
    """``referenced``: a tool that is kept elsewhere. Its domains have a name and no items."""
    specialist: bool = False
    """Used beside a general assessment, never instead of one."""
    for_purposes: tuple[Purpose, ...] = Field(min_length=1)
    uses: Uses
    assessors: Annotated[int, Field(ge=1, le=2)] = 1
    """Two rate blind, each by themselves, and see each other afterwards."""
    again_after_days: Annotated[int, Field(ge=1, le=366)]
    again_at: tuple[Trigger, ...] = ()
    domains: tuple[Domain, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _keys_differ(self) -> "Instrument":
        _once("domain", (domain.key for domain in self.domains))
        _once("item", (item.key for item in self.items()))
        return self

    @model_validator(mode="after")
    def _items_are_ours_to_ask(self) -> "Instrument":
        for domain in self.domains:
            if bool(domain.items) == self.referenced:
                raise ValueError(
                    f"{domain.name}: a tool that is only referenced has no items here."
                    if self.referenced
                    else f"{domain.name}: a domain needs items."
                )
        return self

    @property
    def referenced(self) -> bool:
        return self.protocol == "referenced"

    def domain(self, key: str) -> Domain | None:
        return next((domain for domain in self.domains if domain.key == key), None)

    def items(self) -> Iterator[Item]:
        for domain in self.domains:
            yield from domain.items

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items() if item.key == key), None)


def _once(what: str, keys: Iterator[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"There are two {what}s with the key {key!r}.")
        seen.add(key)


def json_schema() -> dict[str, Any]:
    """The schema that is published: JSON Schema 2020-12."""
    schema = Instrument.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Instrument of Daybook",
        **{name: value for name, value in schema.items() if name != "title"},
    }
