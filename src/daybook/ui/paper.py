"""Pages typeset as PDF, in whatever script a name is written."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

FONTS = ("fontpkg_noto_sans", "fontpkg_rubik")
"""Packages of letters: Latin, Greek, Cyrillic from the first, Arabic, Hebrew from the other."""


def typeset(template: Path, content: Mapping[str, Any]) -> bytes:
    """The PDF of a Typst template; ``content`` is what it reads as JSON from ``sys.inputs``.

    Words are set as they are: nothing in them is taken for a command.
    """
    page: bytes | None = typst.compile(
        str(template),
        font_paths=_letters(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content)},
    )
    assert page is not None
    return page


@cache
def _letters() -> list[str]:
    return [str(files(package).joinpath("files")) for package in FONTS]
