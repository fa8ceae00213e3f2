"""Forty reports in the fictional service: most were nothing, and none says who anybody is."""

import re
from collections import Counter

from daybook.demo.world.harm import CAME_IN, CLOSE, CONFIRMED, DYNAMIC, STORIES, UNCONFIRMED
from daybook.observe.information.vocabulary import Behaviour, Harmed, Ordinary, Sure

WHO = re.compile(
    r"relig|faith|pray|mosque|church|bible|koran|muslim|christ|jew|beard|veil|ethnic|foreign|"
    r"migrant|black|white|arab|roma\b|gay|radical|extrem|jihad|nazi",
    re.IGNORECASE,
)


def test_forty_in_every_state_and_most_were_nothing():
    assert len(STORIES) == 40
    ended = Counter(story.ended for story in STORIES if story.ended)
    assert ended.keys() == {"explained", "invalid", "out-of-date", "lapsed"}
    nothing = ended["explained"] + ended["invalid"] + ended["out-of-date"]
    assert nothing > 40 / 2
    going_on = {number for number, story in enumerate(STORIES) if not story.ended}
    assert going_on == {*CAME_IN, *UNCONFIRMED, *CONFIRMED}


def test_each_is_a_report_as_the_form_takes_it():
    for story in STORIES:
        assert story.behaviour in Behaviour.values
        assert story.harmed in Harmed.values
        assert story.ordinary in Ordinary.values
        assert story.sure in Sure.values
        assert story.fact
        assert story.how
        assert story.ordinary_words
        assert bool(story.found) is (story.ended not in ("", "lapsed"))


def test_no_story_says_who_somebody_is_or_what_they_believe():
    said = [text for story in STORIES for text in (story.fact, story.how, story.found)]
    assert [text for text in (*said, *CLOSE, *DYNAMIC) if WHO.search(text)] == []
    assert len({story.fact for story in STORIES}) == len(STORIES)
