"""No text of the fictional service says what Daybook does not say."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from daybook.demo.world import World, days, words_said, words_seen, words_team

UNWANTED = re.compile(
    r"\b(risk\w*|alert\w*|suspicio\w+|non-?complian\w+|flag\w*|scor\w+|danger\w*|radical\w*"
    r"|extremis\w*|religi\w*|faith\w*|pray\w*|church\w*|mosque\w*|temple\w*|god|bible|qur\w*"
    r"|koran|imam\w*|priest\w*|chapl\w*|worship\w*|muslim\w*|islam\w*|christ\w*|jew\w*|hindu\w*"
    r"|ramadan|easter|halal|kosher|beard\w*|headscarf|turban\w*|cloth(?:es|ing)|dress(?:ed|es)?"
    r"|ethnic\w*|foreign\w*|immigra\w*|accent\w*|homeland)\b",
    re.IGNORECASE,
)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def test_no_text_uses_words_we_do_not_use(world: World) -> None:
    left_out = {"people", "staff", "posts", "truth", "seed"}
    for field in fields(World):
        if field.name not in left_out:
            for text in texts_in(getattr(world, field.name)):
                assert not UNWANTED.search(text), text


def test_no_fragment_in_the_bank_uses_them_either() -> None:
    for module in (words_seen, words_said, words_team, days):
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for text in texts_in(value):
                    assert not UNWANTED.search(text), text


def test_every_slot_is_filled_and_every_sentence_stands(world: World) -> None:
    for text in world.reflections.texts[1:]:
        assert not re.search(r"[{}|]|  |\bThey (?:is|was|has|wants|likes|says)\b", text), text
        assert text == text.strip()
        assert text[-1] in '.?!"', text
        assert text[0].isupper() or text[0] in '"', text


def test_texts_are_varied(world: World) -> None:
    r = world.reflections
    used = Counter(r.seen_heard[r.seen_heard > 0].tolist())
    assert len(used) > 1500
    assert max(used.values()) < 0.04 * sum(used.values())
