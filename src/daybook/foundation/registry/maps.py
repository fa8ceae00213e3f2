"""Maps that say which column of a file holds what: YAML, checked key by key."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml


class WrongMap(ValueError):
    """A map that can't be followed; each problem names its key and says what belongs there."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("The map can't be followed. " + " ".join(self.problems))


def read_map(file: Path) -> dict[str, Any]:
    """The keys of a YAML file. Raises ``WrongMap``."""
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as why:
        mark = getattr(why, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise WrongMap([f"{file.name} is not YAML{where}."]) from None
    if not isinstance(read, dict):
        raise WrongMap([f"{file.name} holds no keys. See docs/import.md for an example."])
    return read


class Reader:
    """Takes keys out of one level of a map and collects what is wrong with them.

    ``at`` is the path of the level, as ``channels.mood``; ``problems`` is shared by all.
    """

    def __init__(self, keys: object, at: str = "", problems: list[str] | None = None) -> None:
        self.problems = [] if problems is None else problems
        self.at = at
        self._taken: set[str] = set()
        self._keys: Mapping[Any, Any] = {}
        if isinstance(keys, Mapping):
            self._keys = keys
        elif keys is not None:
            self.problems.append(f"{at}: give keys and values here.")

    def wrong(self, key: str, what: str) -> None:
        self.problems.append(f"{self._path(key)}: {what}")

    def text(self, key: str, *, needed: str = "", default: str = "") -> str:
        """A text; where ``needed`` says what belongs there, it must not be missing."""
        value = self.any(key)
        if value is None:
            if needed:
                self.wrong(key, f"is missing. Give {needed}.")
            return default
        if not isinstance(value, str):
            self.wrong(key, "write it in quotes.")
            return default
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> frozenset[str]:
        value = self.any(key)
        if value is None:
            return frozenset(default)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(key, 'give a list of texts in quotes, as in ["", "NA"].')
            return frozenset(default)
        return frozenset(value)

    def switch(self, key: str) -> bool:
        value = self.any(key)
        if value not in (None, True, False):
            self.wrong(key, "say true or false.")
        return value is True

    def level(self, key: str) -> "Reader":
        return Reader(self.any(key), self._path(key), self.problems)

    def names(self) -> list[str]:
        """The keys of this level itself, where they are the user's own."""
        self._taken.update(map(str, self._keys))
        return [str(key) for key in self._keys]

    def any(self, key: str) -> Any:
        self._taken.add(key)
        return self._keys.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def no_more(self) -> None:
        """Note keys that nobody asked for: a misspelt one must not pass for a missing one."""
        for key in self._keys:
            if str(key) not in self._taken:
                known = ", ".join(sorted(self._taken))
                self.wrong(str(key), f"is not known here. Known are: {known}.")

    def _path(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key
