"""Instruments as data: read whole, or refused with the line and the reason."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from daybook.understand import instruments
from daybook.understand.instruments.definition import ADDED_UP, Instrument, json_schema
from daybook.understand.instruments.fhir import BASE, from_fhir, to_fhir
from daybook.understand.instruments.reading import BadDefinition, read
from daybook.understand.instruments.sound import COUNTS

HOME = Path(instruments.__file__).parent
SHIPPED = sorted((HOME / "shipped").glob("*.yaml"))
SMALL = """\
key: small
version: "1"
name: Small
says: As small as it can be.
licence: ours
protocol: light
for_purposes: [needs]
uses: {roles: [case-lead]}
again_after_days: 30
domains:
  - key: one
    name: One
    items:
      - key: first
        asks: Is it there?
        about: need
        answers:
          - {key: there, label: there, anchor: It was seen.}
          - {key: unknown, label: unknown, anchor: Nobody looked.}
"""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_reads_and_is_named_after_its_file(path: Path):
    instrument = read(path.read_text(encoding="utf-8"))
    assert instrument.key == path.stem
    carries = {item.about for item in instrument.items()} & {"strength", "protection"}
    assert carries or instrument.referenced
    assert all(item.answers[-1].key == "unknown" for item in instrument.items())


def test_for_stays_of_two_weeks_there_is_a_screen_of_ten_minutes():
    screen = read((HOME / "shipped" / "immediate-needs.yaml").read_text(encoding="utf-8"))
    assert screen.protocol == "screen"
    assert screen.again_after_days == 14
    assert len(list(screen.items())) <= 10


def refused(text: str) -> list[str]:
    with pytest.raises(BadDefinition) as bad:
        read(text)
    return [str(each) for each in bad.value.wrong]


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('version: "1"', "version: first", 2, "“first” doesn’t fit"),
        ("licence: ours\n", "", 1, "This part is missing"),
        ("again_after_days: 30", "again_after_days: 0", 9, "greater than or equal to 1"),
        ("        about: need", "        about: danger", 16, "need"),
        ("key: unknown,", "key: there,", 14, "two answers with the key 'there'"),
        ("    name: One", "    name: One\n    colour: red", 13, "no such part"),
        ("      - key: first", "     - key: first", 15, "This is no YAML"),
        ("name: Small", "name: Small\nname: Large", 4, "a second time"),
        ("protocol: light", "protocol: [light", 7, "This is no YAML"),
        ("name: Small", "name: 2023-02-30", 3, "“2023-02-30” can’t be read"),
        ("again_after_days: 30", "again_after_days: !!int abc", 9, "“abc” can’t be read"),
        ("name: Small", "name: !foo Small", 3, "Leave “!foo” out"),
        ("name: Small", "name: !!binary '*'", 3, "Leave “!binary” out"),
        ("name: Small", "name: Small\n? [a, b]\n: c", 4, "named by a word"),
        ("name: Small", "name: Small\n<<: [1, 2]", 4, "This can’t be read"),
        ("roles: [case-lead]", "roles: [case-leed]", 8, "no role “case-leed”"),
        ("label: there,", "label: there, apart: true,", 17, "Two answers at least stand in order"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, line: int, why: str):
    said = refused(SMALL.replace(old, new))
    assert said[0].startswith(f"Line {line}"), said
    assert why in said[0]


@pytest.mark.parametrize("word", ADDED_UP)
@pytest.mark.parametrize(
    "place", ["key: small", "    name: One", "        asks: Is it there?"], ids=str.strip
)
def test_a_definition_that_would_add_items_up_is_refused(word: str, place: str):
    indent = place[: len(place) - len(place.lstrip())]
    said = refused(SMALL.replace(place, f"{place}\n{indent}{word}: 3"))
    assert len(said) == 1
    assert "nobody’s future is a number" in said[0]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("- key: one", "- key: total", 11),
        ("name: One", "name: Risk score", 12),
        ("key: first", "key: total-score", 14),
        ("asks: Is it there?", "asks: Total risk score (add the answers above)", 15),
        ("asks: Is it there?", "asks: Is it there?\n        help: Adding the answers up.", 16),
        ("{key: there,", "{key: band-1,", 18),
        ("label: there", "label: 'Low: 0 to 9 points'", 18),
        ("anchor: It was seen.", "anchor: Likely to come back; 20 %.", 18),
        ("anchor: It was seen.", "anchor: Above the cut-off.", 18),
    ],
)
def test_a_total_is_refused_as_an_item_as_well(old: str, new: str, line: int):
    assert old in SMALL
    [said] = refused(SMALL.replace(old, new))
    assert said.startswith(f"Line {line}")
    assert "nobody’s future is a number" in said


def test_words_that_count_nothing_are_taken():
    for said in ("Has lost weight since spring.", "Plays in the band.", "Points at the door.",
                 "A sum was promised.", "Held a rank once."):  # fmt: skip
        assert read(SMALL.replace("It was seen.", said))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("specialist: true\n", "", 2),
        ("  competences: [erg]\n", "", 12),
    ],
)
def test_a_tool_kept_elsewhere_needs_a_general_one_beside_and_training(old: str, new: str, line):
    text = (HOME / "shipped" / "erg.yaml").read_text(encoding="utf-8")
    assert old in text
    [said] = refused(text.replace(old, new))
    assert said.startswith(f"Line {line}")


def test_what_was_loaded_before_is_read_as_it_stands():
    """A rule that came later makes no record of then unreadable."""
    plain = yaml.safe_load(SMALL) | {"uses": {"roles": ["role-of-then"]}}
    assert Instrument.model_validate(plain).uses.roles == ("role-of-then",)


def test_everything_that_is_wrong_is_said_at_once():
    text = SMALL.replace("protocol: light", "protocol: heavy").replace("key: first", "key: First")
    assert [each.split(":")[0].split(" (")[0] for each in refused(text)] == ["Line 6", "Line 14"]


def test_a_file_of_somebody_else_s_is_no_definition():
    for text in ("", "- a\n- b\n", "just words", "\0", "key: &a [*a]"):
        assert refused(text)


def test_an_alias_bomb_is_small_work():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(bomb)


def test_the_published_schema_is_the_one_that_is_held():
    published = json.loads((HOME / "schema.json").read_text(encoding="utf-8"))
    assert published == json_schema()


# ---- FHIR ----


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_to_fhir_and_back_loses_nothing(path: Path):
    instrument = read(path.read_text(encoding="utf-8"))
    sent = json.loads(json.dumps(to_fhir(instrument)))
    assert sent["resourceType"] == "Questionnaire"
    assert from_fhir(sent) == instrument


keys = st.from_regex(r"\A[a-z][a-z0-9-]{0,8}\Z").filter(
    lambda key: not set(key.split("-")) & set(ADDED_UP)
)
words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20).filter(
    lambda said: not COUNTS.search(said)
)


@st.composite
def whole(draw: st.DrawFn) -> Instrument:
    plain = yaml.safe_load(SMALL)
    plain |= {"key": draw(keys), "name": draw(words), "says": draw(words)}
    names = draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    plain["domains"] = [
        {
            "key": f"d-{name}",
            "name": draw(words),
            "items": [
                {
                    "key": name,
                    "asks": draw(words),
                    "about": draw(st.sampled_from(["need", "strength", "risk", "protection"])),
                    "sources": draw(st.integers(1, 5)),
                    "answers": [
                        {"key": key, "label": draw(words), "anchor": draw(words)}
                        for key in draw(st.lists(keys, min_size=2, max_size=4, unique=True))
                    ],
                }
            ],
        }
        for name in names
    ]
    return Instrument.model_validate(plain)


@given(whole())
def test_any_instrument_goes_there_and_back(instrument: Instrument):
    assert from_fhir(json.loads(json.dumps(to_fhir(instrument)))) == instrument


@pytest.mark.parametrize(
    "extension",
    [
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
    ],
)
def test_a_questionnaire_that_adds_up_is_refused(extension: str):
    sent = to_fhir(read(SMALL))
    sent["item"][0]["item"][0]["answerOption"][0]["extension"].append(
        {"url": extension, "valueDecimal": 3}
    )
    with pytest.raises(BadDefinition, match="declares no total"):
        from_fhir(sent)


def test_what_a_strange_questionnaire_lacks_is_asked_for_by_name():
    with pytest.raises(BadDefinition) as bad:
        from_fhir({"resourceType": "Questionnaire", "name": "x", "title": "X", "item": []})
    lacking = {each.where for each in bad.value.wrong}
    assert {"licence", "protocol", "uses", "again_after_days", "domains"} <= lacking


SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"


@pytest.mark.parametrize(
    ("at", "name", "value", "where"),
    [
        ("question", "item", [{"linkId": "more", "type": "coding"}], "item › 1 › item › 1 › item"),
        ("question", "enableWhen", [{"question": "x", "operator": "exists"}],
         "item › 1 › item › 1 › enableWhen"),
        ("group", "enableWhen", [{"question": "x", "operator": "exists"}],
         "item › 1 › enableWhen"),
        ("group", "extension", [{"url": "http://hl7.org/fhir/StructureDefinition/variable"}],
         "item › 1 › extension › 1"),
        ("question", "extension", [{"url": f"{SDC}enableWhenExpression"}],
         "item › 1 › item › 1 › extension › 1"),
        ("question", "extension", [{"url": f"{BASE}about", "valueString": "{"}],
         "item › 1 › item › 1 › extension › 1"),
        ("question", "answerOption", [{"valueCoding": "x"}],
         "item › 1 › item › 1 › answerOption › 1 › valueCoding"),
        ("group", "item", {"linkId": "alone"}, "item › 1 › item"),
        ("top", "item", ["x"], "item"),
    ],
)  # fmt: skip
def test_what_a_sheet_can_not_ask_is_refused_with_the_way_to_it(at, name, value, where):
    sent = to_fhir(read(SMALL))
    group = sent["item"][0]
    {"top": sent, "group": group, "question": group["item"][0]}[at][name] = value
    with pytest.raises(BadDefinition) as bad:
        from_fhir(sent)
    assert [each.where for each in bad.value.wrong] == [where]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_sent_has_no_empty_list_and_asks_for_every_item(path: Path):
    def parts(part):
        if isinstance(part, dict):
            yield part
            for value in part.values():
                yield from parts(value)
        elif isinstance(part, list):
            assert part
            for value in part:
                yield from parts(value)

    sent = list(parts(to_fhir(read(path.read_text(encoding="utf-8")))))
    assert all(part["required"] for part in sent if part.get("type") == "coding")
