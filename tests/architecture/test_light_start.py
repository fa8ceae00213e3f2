"""What every process loads before its first page: its start-up time, and its memory."""

import subprocess
import sys

HEAVY = {"numba", "scipy", "altair", "vl_convert", "weasyprint", "dask", "pandas"}


def test_pages_open_without_what_only_night_work_and_papers_need() -> None:
    """A compiler takes a second to load and 60 MB in each process; it loads when it is asked."""
    asked = (
        "import django, sys; django.setup(); import daybook.config.urls; "
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
