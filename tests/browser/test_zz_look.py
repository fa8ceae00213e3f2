import pytest

from tests.browser.pages import KINDS
from tests.browser.test_every_page import go

LOOK = [k for k in KINDS if k.name.startswith(("assessments:", "training:"))]


@pytest.mark.browser
@pytest.mark.parametrize("kind", LOOK, ids=str)
def test_look(service, page, kind):
    name = str(kind).replace(":", "-").replace(" ", "-")
    go(page, service, kind, 1440, "light")
    page.screenshot(path=f"/tmp/look/{name}-1440.png", full_page=True)
    go(page, service, kind, 390, "dark")
    page.screenshot(path=f"/tmp/look/{name}-390.png", full_page=True)
