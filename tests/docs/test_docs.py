"""What the documentation names is there: pages, files, commands, settings."""

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from daybook.config import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/**/*.md")])
ROOMS = {
    "audit": "audit", "channels": "channels", "person": "person",
    "import": "imports", "places": "places",
    "signals": "signals", "staff": "staff", "vault": "vault",
}  # fmt: skip
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def each_page() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("doc", PAGES, ids=lambda doc: str(doc.relative_to(ROOT)))


@each_page()
def test_links_lead_somewhere(doc: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", doc.read_text(encoding="utf-8")):
        place, _, heading = target.partition("#")
        if place.startswith(("http:", "https:", "mailto:")):
            continue
        found = doc.parent / place if place else doc
        assert found.exists(), f"{target} leads nowhere"
        if heading and found.suffix == ".md":
            assert heading in headings(found), f"{target}: no such heading"


def headings(doc: Path) -> set[str]:
    """Addresses of headings, as they are made from the words."""
    lines = re.findall(r"^#+ (.+)$", doc.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in lines}


@each_page()
def test_commands_are_as_they_are_written(doc: Path) -> None:
    for line in commands(doc):
        check_command(line)


def commands(doc: Path) -> Iterator[str]:
    """Everything in code type that begins with the command."""
    for block, word in CODE.findall(doc.read_text(encoding="utf-8")):
        for line in (block or word).splitlines():
            line = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
            if line == "daybook" or line.startswith("daybook "):
                yield line


def check_command(line: str) -> None:
    words = shlex.split(line)[1:]
    command: Any = typer.main.get_command(cli.app)
    while words and (below := commands_below(command)):
        name = words.pop(0)
        assert name in below, f"{line}: there is no {name}"
        command = below[name]
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    for word in words:
        if word.startswith("-"):
            assert word.partition("=")[0] in {*known, "--help", "-h"}, f"{line}: no {word}"


def commands_below(command: Any) -> dict[str, Any]:
    """The commands of a group by name; rooms of the command open their own module first."""
    if command.name in ROOMS and not hasattr(command, "commands"):
        module = importlib.import_module(f"daybook.config.commands.{ROOMS[command.name]}")
        command = typer.main.get_command(module.app)
    return getattr(command, "commands", {})


@each_page()
def test_targets_of_make_exist(doc: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for block, word in CODE.findall(doc.read_text(encoding="utf-8")):
        for target in re.findall(r"\bmake ([a-z][a-z-]*)", block or word):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}?"


@each_page()
def test_files_of_the_tree_exist(doc: Path) -> None:
    places = [ROOT, ROOT / "src" / "daybook", doc.parent]
    for block, word in CODE.findall(doc.read_text(encoding="utf-8")):
        for path in re.findall(
            r"(?<![\w/.])(?:[\w.-]+/)+[\w-]+\.(?:py|sql|md|toml|txt)\b", block or word
        ):
            if not path.startswith("var/"):
                assert any((place / path).exists() for place in places), f"{path} is not there"


def test_every_setting_of_the_environment_is_explained() -> None:
    used = {
        name
        for file in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bDAYBOOK_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }
    told = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    inside = {"DAYBOOK_AS", "DAYBOOK_DEMO_SIGN_INS"}
    assert {name for name in used - inside if f"`{name}`" not in told} == set()


def test_the_start_page_leads_to_every_page() -> None:
    start = ROOT / "docs" / "README.md"
    linked = re.findall(r"\]\(([^)\s]+)\)", start.read_text(encoding="utf-8"))
    reached = {(start.parent / target).resolve() for target in linked}
    missing = set((ROOT / "docs").rglob("*.md")) - {start} - reached
    assert missing == set()


def test_a_command_that_is_not_there_is_found_out() -> None:
    for wrong in ("daybook dmeo", "daybook staff hire", "daybook serve --prot 1"):
        with pytest.raises(AssertionError):
            check_command(wrong)
