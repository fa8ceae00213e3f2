"""Which Chromium the tests use, and how it is started."""

import os
import shutil
from typing import Any


def launch_arguments() -> dict[str, Any]:
    """For Playwright's ``launch``: the system's Chromium if there is one, else its own."""
    arguments = ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return {"executable_path": next(filter(None, found), None), "args": arguments}
