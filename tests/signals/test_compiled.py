"""What was compiled is kept for the next process, and not beyond a change in what it came from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import daybook.signals.compiled as module

CALLED = "from compiled import compiled\n\n@compiled()\ndef size():\n    return {size}\n"
CALLER = (
    "from called import size\nfrom compiled import compiled\n\n"
    "@compiled()\ndef twice():\n    return 2 * size()\n\n"
    "print(twice(), sum(twice.stats.cache_hits.values()))\n"
)


def said(folder: Path, size: int) -> list[str]:
    (folder / "called.py").write_text(CALLED.format(size=size))
    home = dict(os.environ, NUMBA_CACHE_DIR=str(folder / "kept"))
    done = subprocess.run(
        [sys.executable, "-c", "import caller"],
        cwd=folder, env=home, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_a_change_in_what_is_called_is_a_change_in_whoever_calls(tmp_path: Path) -> None:
    assert module.__file__ is not None
    shutil.copy(module.__file__, tmp_path / "compiled.py")
    (tmp_path / "caller.py").write_text(CALLER)
    assert said(tmp_path, 7) == ["14", "0"]
    assert said(tmp_path, 7) == ["14", "1"], "the second process finds it"
    assert said(tmp_path, 9) == ["18", "0"]
