"""Reading a definition: whole, or refused with the line and the reason, and nothing loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from .definition import ADDED_UP, Instrument
from .sound import NO_NUMBER, unsound

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Five hundred items take ten times as long without the parser in C, which not every build has."""
LARGEST = 1_000_000
"""Bytes of a file: five hundred items with long anchors are a tenth of it."""
PLAIN = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "map", "seq")
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a definition: where, and why."""

    line: int
    where: str
    why: str

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"Line {self.line}{place}: {self.why}"


class BadDefinition(Exception):
    """A definition that can't be used. ``wrong`` says all that is wrong, in order of lines."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = sorted(wrong, key=lambda each: each.line)
        super().__init__("\n".join(map(str, self.wrong)))


def read(text: str) -> Instrument:
    """The instrument that a YAML text defines. Raises ``BadDefinition``."""
    if len(text.encode()) > LARGEST:
        raise BadDefinition([Wrong(1, "", "The file is larger than a megabyte.")])
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as unread:
        line = unread.problem_mark.line + 1 if unread.problem_mark else 1
        why = f"This is no YAML: {unread.problem or 'it can’t be read'}."
        raise BadDefinition([Wrong(line, "", why)]) from None
    except yaml.YAMLError:
        raise BadDefinition([Wrong(1, "", "This is no YAML.")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise BadDefinition([Wrong(1, "", "A definition begins with “key:” and its other parts.")])
    if wrong := list(_strange(node)) or [*_twice(node), *_added_up(node)]:
        raise BadDefinition(wrong)
    return _validated(_constructed(node), node)


def read_plain(plain: dict[str, Any]) -> Instrument:
    """The instrument that plain values define, such as an import's. Raises ``BadDefinition``."""
    return _validated(plain, yaml.ScalarNode("", "", yaml.Mark("", 0, 0, 0, "", 0)))


def _validated(plain: Any, node: yaml.Node) -> Instrument:
    try:
        found = Instrument.model_validate(plain)
    except ValidationError as refused:
        raise BadDefinition(
            [
                Wrong(_line(node, error["loc"]), _path(error["loc"]), _why(error))
                for error in _causes(refused)
            ]
        ) from None
    # What several places take over from one is wrong once.
    said = {(_line(node, path), why): _path(path) for path, why in unsound(found)}
    if said:
        raise BadDefinition([Wrong(line, where, why) for (line, why), where in said.items()])
    return found


def _constructed(node: yaml.Node) -> Any:
    try:
        return yaml.SafeLoader("").construct_document(node)
    except yaml.MarkedYAMLError as unread:
        line = unread.problem_mark.line + 1 if unread.problem_mark else 1
        why = f"This can’t be read: {unread.problem}."
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        line, why = 1, "This can’t be read."
    raise BadDefinition([Wrong(line, "", why)])


def _strange(top: yaml.Node) -> Iterator[Wrong]:
    """What YAML knows and a definition has no use for, or what is not what it says it is."""
    for node, is_name in _nodes(top):
        line = node.start_mark.line + 1
        if is_name and not isinstance(node, yaml.ScalarNode):
            yield Wrong(line, "", "A part is named by a word, not by a list or by other parts.")
        elif node.tag not in PLAIN:
            kind = node.tag.removeprefix("tag:yaml.org,2002:").lstrip("!")
            why = f"A definition holds words, numbers and lists. Leave “!{kind}” out."
            yield Wrong(line, "", why)
        elif isinstance(node, yaml.ScalarNode) and not _readable(node):
            why = f"“{node.value}” can’t be read. Put it in quotation marks if it is a word."
            yield Wrong(line, "", why)


def _readable(node: yaml.ScalarNode) -> bool:
    if node.tag.endswith((":str", ":merge")):
        return True
    try:
        yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError, LookupError):
        return False
    return True


def _nodes(top: yaml.Node) -> Iterator[tuple[yaml.Node, bool]]:
    """Every node once, and whether it is the name of a part."""
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, bool]] = [(top, False)]
    while waiting:
        node, is_name = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node, is_name
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                waiting += [(value, False), (key, True)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, False) for value in node.value]


def _causes(refused: ValidationError) -> list[Any]:
    """What is wrong, without what follows from it: a list whose parts are wrong isn't short."""
    errors = refused.errors(include_url=False)
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(
            other["loc"][: len(error["loc"])] == error["loc"]
            for other in errors
            if other is not error
        )
    ]


def _added_up(top: yaml.Node) -> Iterator[Wrong]:
    """Where a definition would add items up, or set one answer above another by a number."""
    for key, where in _parts(top):
        word = str(key.value).lower().replace("_", "-")
        if any(part in ADDED_UP for part in word.split("-")):
            yield Wrong(key.start_mark.line + 1, _path(where), NO_NUMBER)


def _twice(top: yaml.Node) -> Iterator[Wrong]:
    """Parts that stand twice: YAML would keep the last one and say nothing."""
    seen: set[tuple[Any, ...]] = set()
    for key, where in _parts(top):
        if where in seen:
            why = f"“{key.value}” stands here a second time."
            yield Wrong(key.start_mark.line + 1, _path(where), why)
        seen.add(where)


def _parts(top: yaml.Node) -> Iterator[tuple[yaml.Node, tuple[Any, ...]]]:
    """Every key of every mapping with the way to it. What stands in several places by an alias is
    looked at once, so that a few lines can't be made into billions."""
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, tuple[Any, ...]]] = [(top, ())]
    while waiting:
        node, where = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield key, (*where, key.value)
                waiting.append((value, (*where, key.value)))
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, (*where, number)) for number, value in enumerate(node.value)]


def _line(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """The line of the innermost part of ``path`` that is there."""
    line = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                return line
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                return line
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _path(path: tuple[Any, ...]) -> str:
    return " › ".join(str(step + 1) if isinstance(step, int) else str(step) for step in path)


def _why(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "This part is missing."
        case "extra_forbidden":
            return "An instrument has no such part. Leave it out, or see the schema."
        case "value_error":
            return str(error["ctx"]["error"])
        case "string_pattern_mismatch":
            return (
                f"“{error['input']}” doesn’t fit: small letters, digits and hyphens for keys, "
                "numbers with dots for versions."
            )
    return f"{error['msg']}."
