"""What an officer finds wherever they are: the way to raise a concern, and words that are kept."""

import re

import pytest
from django.urls import reverse

from tests.observe.reflections.person_world import well_known
from tests.walk import Stop, walk
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

# What concerns a colleague, what is asked in confidence, why a record is opened past one's reach,
# what is said of harm.
KEPT_NOWHERE = ("/conduct/", "/in-confidence/", "/break-glass/", "/information/")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)


@pytest.fixture
def pages(world: World) -> list[Stop]:
    well_known(world)
    stops = [stop for stop in walk(world.client("head-of-unit")) if "<html" in stop.html]
    assert len(stops) > 30
    return stops


def test_a_concern_is_two_touches_away_and_words_survive_a_lock(pages: list[Stop]) -> None:
    raise_it = re.compile(r'href="(/safety/concern/|/safety/people/\d+/concern/)"')
    raised = re.compile(r"/concern/$")
    # Somebody in custody holds it: it leads nowhere.
    handed_over = re.compile(r"/equality/$")
    without = {
        stop.url
        for stop in pages
        if not raise_it.search(stop.html)
        and not raised.search(stop.url)
        and not handed_over.search(stop.url)
    }
    assert without == set()
    lost = {
        stop.url
        for stop in pages
        for form in FORM.findall(stop.html)
        if "<textarea" in form and "data-draft" not in form
        if not stop.url.startswith(KEPT_NOWHERE)
    }
    # What is carried is sealed at the lock.
    assert lost == {reverse("carry:carry", args=["a"])}
