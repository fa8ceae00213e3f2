"""Waiting for what a script does, on pages that refuse to make code out of words."""

import time

from playwright.sync_api import Page


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Ask until `expression` is true: our pages stop `wait_for_function` at a second look."""
    give_up = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < give_up, f"Never came true: {expression}"
        page.wait_for_timeout(50)
