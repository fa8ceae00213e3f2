"""Grading schemes: the source and the information apart, and how a copy must be handled.

Three are shipped: 3x5x2 (United Kingdom, since 2016), 5x5x5 (before it, and wide-spread) and the
Admiralty scale (NATO). Each grade lists what it means in a few common meanings; grades of two
schemes that share a meaning correspond. Where one grade meets several, or none, that is said:
a conversion is read beside a grade, and never written in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade: its code, what it says, and the common meanings it covers."""

    code: str
    words: object
    means: frozenset[str] = frozenset()
    doubted: bool = False
    """Held to be false: nothing may rest on it."""

    @property
    def label(self) -> str:
        return f"{self.code} · {self.words}"


@dataclass(frozen=True, slots=True)
class Handling:
    """What may be done with a copy."""

    code: str
    words: object
    conditions: bool = False
    """Conditions must be written down, and travel with every copy."""

    @property
    def label(self) -> str:
        return f"{self.code} · {self.words}"


@dataclass(frozen=True)
class Scheme:
    key: str
    name: str
    sources: tuple[Grade, ...]
    information: tuple[Grade, ...]
    handling: tuple[Handling, ...]

    def source(self, code: str) -> Grade | None:
        return _with(code, self.sources)

    def information_grade(self, code: str) -> Grade | None:
        return _with(code, self.information)

    def handled(self, code: str) -> Handling | None:
        return next((each for each in self.handling if each.code == code), None)


def _with(code: str, grades: tuple[Grade, ...]) -> Grade | None:
    return next((grade for grade in grades if grade.code == code), None)


def _grade(code: str, words: object, *means: str, doubted: bool = False) -> Grade:
    return Grade(code, words, frozenset(means), doubted)


_MAY_BE_SHARED = Handling("P", gettext_lazy("may be shared where the law lets it"))
_ON_CONDITIONS = Handling("C", gettext_lazy("may be shared on these conditions"), conditions=True)

THREE_FIVE_TWO = Scheme(
    "3x5x2",
    "3x5x2",
    (
        _grade("1", gettext_lazy("reliable source"), "always", "mostly"),
        _grade("2", gettext_lazy("untested source"), "untested"),
        _grade("3", gettext_lazy("unreliable source"), "seldom", "never"),
    ),
    (
        _grade("A", gettext_lazy("the source knows it first hand"), "first-hand"),
        _grade("B", gettext_lazy("second hand, and borne out by others"), "borne-out"),
        _grade("C", gettext_lazy("second hand"), "second-hand"),
        _grade("D", gettext_lazy("not known how the source knows"), "open"),
        _grade("E", gettext_lazy("held to be false"), "false", doubted=True),
    ),
    (_MAY_BE_SHARED, _ON_CONDITIONS),
)
FIVE_FIVE_FIVE = Scheme(
    "5x5x5",
    "5x5x5",
    (
        _grade("A", gettext_lazy("always reliable"), "always"),
        _grade("B", gettext_lazy("mostly reliable"), "mostly"),
        _grade("C", gettext_lazy("sometimes reliable"), "sometimes"),
        _grade("D", gettext_lazy("unreliable"), "seldom", "never"),
        _grade("E", gettext_lazy("untested"), "untested"),
    ),
    (
        _grade("1", gettext_lazy("known to be true, without reserve"), "certain"),
        _grade("2", gettext_lazy("known first hand by the source"), "first-hand"),
        _grade("3", gettext_lazy("second hand, and borne out by others"), "borne-out"),
        _grade("4", gettext_lazy("can’t be judged"), "open", "second-hand"),
        _grade("5", gettext_lazy("held to be false"), "false", doubted=True),
    ),
    (
        Handling("1", gettext_lazy("may go to law enforcement in the country")),
        Handling("2", gettext_lazy("may also go to others in the country with a lawful need")),
        Handling("3", gettext_lazy("may also go abroad, as the law lets it")),
        Handling("4", gettext_lazy("stays within this service")),
        Handling("5", gettext_lazy("may be shared on these conditions"), conditions=True),
    ),
)
ADMIRALTY = Scheme(
    "admiralty",
    "Admiralty",
    (
        _grade("A", gettext_lazy("completely reliable"), "always"),
        _grade("B", gettext_lazy("usually reliable"), "mostly"),
        _grade("C", gettext_lazy("fairly reliable"), "sometimes"),
        _grade("D", gettext_lazy("not usually reliable"), "seldom"),
        _grade("E", gettext_lazy("unreliable"), "never"),
        _grade("F", gettext_lazy("can’t be judged"), "untested"),
    ),
    (
        _grade("1", gettext_lazy("confirmed by others"), "certain", "borne-out"),
        _grade("2", gettext_lazy("probably true"), "first-hand"),
        _grade("3", gettext_lazy("possibly true"), "second-hand"),
        _grade("4", gettext_lazy("doubtful"), "doubtful"),
        _grade("5", gettext_lazy("improbable"), "false", doubted=True),
        _grade("6", gettext_lazy("can’t be judged"), "open"),
    ),
    (_MAY_BE_SHARED, _ON_CONDITIONS),
)
SCHEMES: Mapping[str, Scheme] = {
    scheme.key: scheme for scheme in (THREE_FIVE_TWO, FIVE_FIVE_FIVE, ADMIRALTY)
}


def counterparts(grade: Grade, others: tuple[Grade, ...]) -> list[Grade]:
    """The grades of another scheme that share a meaning with this one, in their order."""
    return [other for other in others if grade.means & other.means]


def converted(grade: Grade, others: tuple[Grade, ...]) -> str:
    """How another scheme would say it, in words that hide nothing: exactly, roughly, or not."""
    found = counterparts(grade, others)
    codes = _(" or ").join(other.code for other in found)
    if not found:
        return _("no counterpart")
    if len(found) == 1 and found[0].means == grade.means:
        return codes
    return _("about {codes}").format(codes=codes)


def beside(scheme: Scheme, source: str, information: str) -> list[tuple[str, str, str]]:
    """How each other scheme would grade it: its name, the source, the information."""
    by = scheme.source(source), scheme.information_grade(information)
    if by[0] is None or by[1] is None:
        return []
    return [
        (other.name, converted(by[0], other.sources), converted(by[1], other.information))
        for other in SCHEMES.values()
        if other.key != scheme.key
    ]


def problems_with(
    scheme: str, source: str, information: str, handling: str, conditions: str
) -> dict[str, str]:
    """What is wrong with a grading, by field; nothing where all is well."""
    known = SCHEMES.get(scheme)
    if known is None:
        return {"scheme": _("Daybook doesn’t know this scheme. Choose one of those listed.")}
    found = {}
    outside = _("{code} is no grade of {scheme}. Choose one of its own.")
    if known.source(source) is None:
        found["source_grade"] = outside.format(code=source, scheme=known.name)
    if known.information_grade(information) is None:
        found["information_grade"] = outside.format(code=information, scheme=known.name)
    handled = known.handled(handling)
    if handled is None:
        found["handling"] = _("{code} is no handling code of {scheme}.").format(
            code=handling, scheme=known.name
        )
    elif handled.conditions and not conditions:
        found["conditions"] = _("This code says “on conditions”. Write which.")
    return found
