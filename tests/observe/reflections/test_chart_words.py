"""Where silence of a chart is no news, it says so, and what would help."""

from datetime import UTC, date, datetime

import pytest

from daybook.observe.reflections.rules.chart import ChannelPicture, sentence, state_in_words
from daybook.observe.reflections.vocabulary import ChartState
from daybook.signals import Because

TODAY = date(2026, 5, 4)


def drawn(because: str) -> ChannelPicture:
    return ChannelPicture(
        key="mood", name="Mood", low="low", high="bright", state=ChartState.HARD_TO_SEE,
        because=because, direction=None, since=None, size=None, wing_share=None, chance=40.0,
        usual=3.0, band=(2.0, 4.0), first_day=date(2026, 1, 4), drawn_to=TODAY,
        drawn_at=datetime(2026, 5, 4, tzinfo=UTC), method="2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("because", "helps"),
    [
        (Because.FEW_RATINGS, "It helps to write on more days."),
        (Because.AT_ONE_END, "It helps to use the steps between."),
    ],
)
def test_hard_to_see_is_not_no_change(because, helps):
    picture = drawn(because)
    assert state_in_words(picture, "he") == "hard to see"
    said = sentence(picture, "he", today=TODAY)
    assert said.endswith(helps)
    assert "No lasting change" not in said
    assert not picture.worth_talking_about
