"""What a check may find, in words for whoever has to ask about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class What(StrEnum):
    ALTERED = "altered"
    REMOVED = "removed"
    REORDERED = "reordered"
    INSERTED = "inserted"
    REWRITTEN = "rewritten"
    """Entries and their hashes alike: only a signed head tells."""
    UNSIGNED = "unsigned"
    """A head that none of the known keys signed."""
    RECORD_ALTERED = "record-altered"
    RECORD_GONE = "record-gone"
    SALT_GONE = "salt-gone"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is not as it was signed, at one entry or somewhere among several."""

    number: int
    last: int
    what: What
    words: str
    record: str = ""

    def as_dict(self) -> dict[str, object]:
        return {
            "what": self.what.value,
            "first": self.number,
            "last": self.last,
            "words": self.words,
            "record": self.record,
        }


@dataclass
class Report:
    """What was checked, and everything found, the first first."""

    entries: int = 0
    root: bytes = b""
    heads: int = 0
    outside: int = 0
    waiting: int = 0
    records: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.findings

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self.findings))

    def as_dict(self) -> dict[str, object]:
        return {
            "whole": self.whole,
            "entries": self.entries,
            "root": self.root.hex(),
            "heads": self.heads,
            "heads_outside": self.outside,
            "waiting_for_a_number": self.waiting,
            "records": self.records,
            "records_erased": self.erased,
            "findings": [finding.as_dict() for finding in self],
        }
