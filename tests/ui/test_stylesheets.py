"""What holds for every page because the stylesheets and templates keep to it."""

import re
from itertools import product
from pathlib import Path

import pytest

import daybook.ui

UI = Path(daybook.ui.__file__).parent
SHEETS = sorted((UI / "static" / "ui").glob("*.css"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))

PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:left|right|top|bottom|(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|float\s*:\s*(?:left|right))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)",
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_logical_properties_so_that_right_to_left_mirrors(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/|@media[^{]*", "", sheet.read_text(), flags=re.S)
    assert PHYSICAL.findall(css) == []
    four = re.findall(r"(?:margin|padding|inset)\s*:\s*(\S+ \S+ \S+ \S+);", css)
    assert four == [], "four values name a left and a right"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_are_named_once(sheet: Path) -> None:
    if sheet.name in {"tokens.css", "print.css"}:
        return
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text()) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_nothing_inline_so_that_a_strict_policy_can_hold(template: Path) -> None:
    html = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)


def tokens() -> dict[str, tuple[str, str]]:
    css = (UI / "static" / "ui" / "tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


READ = [
    *product(("ink", "quiet", "accent", "higher", "lower"), ("ground", "surface")),
    ("on-accent", "accent"),
    ("ink", "band"),
    ("ink", "accent-wash"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "under"), READ, ids=lambda name: name)
def test_text_can_be_read(text: str, under: str, theme: int) -> None:
    assert contrast(tokens()[text][theme], tokens()[under][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("shape", ["edge", "weather", "quiet"])
def test_edges_of_fields_and_lines_can_be_seen(shape: str, theme: int) -> None:
    for under in ("ground", "surface"):
        assert contrast(tokens()[shape][theme], tokens()[under][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_neither_direction_is_drawn_more_strongly(theme: int) -> None:
    higher, lower = (
        contrast(tokens()[name][theme], tokens()["surface"][theme]) for name in ("higher", "lower")
    )
    assert 0.8 < higher / lower < 1.25
