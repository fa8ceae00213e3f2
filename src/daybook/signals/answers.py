"""What a chart answers. Plain frozen values; words are for whoever shows them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from daybook.signals.errors import BadParameter
from daybook.signals.ratings import Floats, Integers

METHOD = "joint filter of the wing, likelihood ratio over onsets"
VERSION = "3"


class State(StrEnum):
    """What a chart says."""

    BASELINE_FORMING = "baseline forming"
    NO_LASTING_CHANGE = "no lasting change seen"
    WORTH_TALKING = "worth talking about"
    NOT_SEPARABLE = "not separable"
    HARD_TO_SEE = "hard to see"


class Because(StrEnum):
    """Why a chart can't tell the person from something else, or would not see a change."""

    RATER_CHANGED = "all raters changed and nobody links the old to the new"
    RATER_OF_ONE = "one rater only, who rates nobody else"
    NOBODY_BESIDE = "nobody else of the unit was rated on the same days"
    NO_VARIATION = "ratings did not vary while the baseline formed"
    FEW_RATINGS = "too little was rated in the last 30 days to show a change of one usual spread"
    AT_ONE_END = "most ratings of the unit sit at one end of the scale"


@dataclass(frozen=True)
class Parameters:
    """What the method may be told; kept with every answer.

    `baseline_days` and `baseline_entries`: both must have passed before a person is charted.
    `promise` people in 100 who do not change are named within `promise_days` rated days.
    `talk_days`: how long after an alarm the state stays *worth talking about*; None is for good.
    `autocorrelation`: stated, or None to fit it. `refit_days`: sizes and limit are found anew so
    many days after the baseline, and again each time they have passed. `low`, `high`: ends of a
    scale of whole steps; None to take those of the baseline where it is all whole numbers.
    `replays`: so many unchanged people are replayed at least for a limit. Raises BadParameter.
    """

    baseline_days: int = 30
    baseline_entries: int = 10
    promise: float = 5.0
    promise_days: int = 120
    talk_days: int | None = 30
    autocorrelation: float | None = None
    ewma_weight: float = 0.1
    refit_days: int = 60
    low: float | None = None
    high: float | None = None
    replays: int = 4000

    def __post_init__(self) -> None:
        stated = self.autocorrelation
        for name, fine in {
            "baseline_days": self.baseline_days >= 5,
            "baseline_entries": self.baseline_entries >= 5,
            "promise": 0.1 <= self.promise <= 50,
            "promise_days": 10 <= self.promise_days <= 1000,
            "talk_days": self.talk_days is None or self.talk_days >= 0,
            "autocorrelation": stated is None or 0 <= stated <= 0.9,
            "ewma_weight": 0 < self.ewma_weight <= 1,
            "replays": 200 <= self.replays <= 1_000_000,
            "refit_days": self.refit_days >= 10,
            "high": self.high is None or self.low is None or self.high > self.low,
        }.items():
            if not fine:
                raise BadParameter(f"{name} can't be {getattr(self, name)}.")


@dataclass(frozen=True)
class Sizes:
    """What was fitted, in rating points: standard deviations around the `mean`.

    `person`: between people's usual levels; `mood`: of a person from day to day, of which a
    night keeps the share `keeps`; `rating`: what is left; `rater`: between raters' habits, which
    wander by `drift` a day; `weather`: between the days of a wing. Of ratings in whole steps these
    are the sizes of the points behind them, beyond the ends of the scale, too.
    """

    mean: float
    person: float
    mood: float
    keeps: float
    rating: float
    rater: float
    drift: float
    weather: float


@dataclass(frozen=True)
class Method:
    """With what a chart was drawn; `as_dict` is what to store beside it.

    `sizes` were fitted on the days up to `fitted_until`, and `limit` found by replaying them;
    `usual_limit` is False where it lies so far from where limits lie that the model is in doubt.
    `autocorrelation`: from one day to the next, person alone. None before the first fit.
    """

    name: str
    version: str
    parameters: Parameters
    sizes: Sizes | None
    fitted_until: int | None
    autocorrelation: float | None
    limit: float | None
    usual_limit: bool | None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Alarm:
    """A lasting change, on the day it came to light.

    `index`: position among the person's rated days; `day` and `onset`: days as they came in;
    `direction`: 1 up, -1 down; `size`: rating points between the usual before the onset and the
    mean since. `people` of 100 who do not change climb as high within `promise_days`.
    """

    index: int
    day: int
    onset: int
    direction: int
    size: float
    people: float


@dataclass(frozen=True)
class Taken:
    """What somebody who knows the person said to a change: it is the usual from now on.

    `day`: when they said so; `direction`: of the change, 1 up, -1 down. Whatever lasting change
    that way began by then is the same one, and no news; the way back is.
    """

    day: int
    direction: int

    def answers(self, alarm: Alarm) -> bool:
        return alarm.direction == self.direction and alarm.onset <= self.day


@dataclass(frozen=True)
class Chance:
    """`people` of 100 who do not change climb as high within `days` rated days."""

    people: float
    days: int


@dataclass(frozen=True)
class Band:
    """Between which points nineteen of twenty of the person's usual days lie."""

    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Answer:
    """One person's chart of one channel, as of the last rated day; arrays of shape (n,).

    `days`: rated days, ascending; `raw`: what was written, mean over raters; `adjusted`: the
    same without rater's habit and wing's weather, each from what was known on that day;
    `ewma`: the line through them. `usual` and `band`: own level and spread in rating points,
    those before the onset while a change is worth talking about; None before they are known.
    `explained_by_unit`: rating points by which the wing moved since the onset (without one: in
    the last 14 rated days) against the days before; None without units. `limit`: the height at
    which the chart speaks.
    """

    person: int
    state: State
    because: Because | None
    alarms: tuple[Alarm, ...]
    days: Integers
    raw: Floats
    adjusted: Floats
    ewma: Floats
    usual: float | None
    band: Band | None
    explained_by_unit: float | None
    chance: Chance | None
    limit: float | None
    method: Method


@dataclass(frozen=True, eq=False)
class Weather:
    """How the wings were: one entry a unit and day, ascending by day; arrays of shape (k,).

    `value`: rating points around what the people and raters of that day lead one to expect;
    `people`: how many were rated.
    """

    unit: Integers
    day: Integers
    value: Floats
    people: Integers


@dataclass(frozen=True, eq=False)
class Change:
    """Everybody's answers by person code, and the weather of the wings.

    `settled`: what was asked to be kept for the next run, None where nothing new could be.
    """

    answers: Mapping[int, Answer]
    weather: Weather
    method: Method
    settled: bytes | None = None
