"""Each rater's habit, and how surely it is known: what a talk about using a scale begins from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from daybook.signals.components import Components, estimate
from daybook.signals.equations import FIXED, Effect, Equations
from daybook.signals.ratings import Floats, Folded, Integers, Ratings, fold

NINETEEN_OF_TWENTY = 1.96


@dataclass(frozen=True, eq=False)
class Habits:
    """One row a rater, in the order of `rater`; all of shape (raters,).

    `habit` in rating points above (+) or below (-) what the raters on average would have given
    to the same people on the same days, drawn towards 0 where little is shared; `low` and
    `high` its 95 % interval. `ratings` is how many went in, `shared` how many of the people whom
    this rater rated were rated by somebody else as well. With `shared` 0 a habit can't be told
    from whom the rater knows: the interval is then about as wide as raters differ at all.
    """

    rater: Integers
    habit: Floats
    low: Floats
    high: Floats
    ratings: Integers
    shared: Integers


def habits(ratings: Ratings) -> Habits:
    """Take the ratings of one channel apart and say what each rater adds.

    rating = usual level of the person + habit of the rater + day of the wing + the person's own
    day + what is left, all normal and independent. The sizes come from `components.estimate`,
    the habits and their errors from the mixed-model equations with a person's day as a block.
    Dense in people + raters + wing-days, which must stay in the low thousands: meant for one
    establishment over some months. Without raters, or where nothing differs, there is no row.

    Source: Henderson 1975, Biometrics 31:423, for prediction errors; the intervals take the
    sizes as known.
    """
    folded = fold(ratings)
    sizes = estimate(folded, int(folded.entry_day[-1]))
    if not folded.has_raters or sizes.rater <= 0 or sizes.day + sizes.rating <= 0:
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Habits(none, nothing, nothing, nothing, none, none)
    effect, error = _predicted(folded, sizes)
    reach = NINETEEN_OF_TWENTY * error
    return Habits(
        rater=folded.raters,
        habit=effect,
        low=effect - reach,
        high=effect + reach,
        ratings=np.bincount(folded.rater, minlength=folded.raters.size),
        shared=_shared(folded),
    )


def _predicted(folded: Folded, sizes: Components) -> tuple[Floats, Floats]:
    """Best linear predictions of the habits and their standard errors."""
    _, wing_day = np.unique(
        np.stack([folded.entry_unit, folded.entry_day]), axis=1, return_inverse=True
    )
    equations = Equations.of(
        [
            Effect(np.zeros(folded.value.size, dtype=np.int64), FIXED),
            Effect(folded.rater, sizes.rater),
            Effect(folded.entry_person[folded.entry], sizes.person),
            Effect(wing_day.ravel()[folded.entry], sizes.weather),
        ],
        _days_apart(folded, sizes),
    )
    covariance = equations.uncertainty(1)
    # Beside the raters together, whose own mean no rating can tell.
    covariance = covariance - covariance.mean(axis=0)
    covariance = covariance - covariance.mean(axis=1, keepdims=True)
    effect = equations.levels(folded.value - sizes.mean)[equations.columns(1)]
    return effect - effect.mean(), np.sqrt(np.maximum(0, np.diag(covariance)))


def _days_apart(folded: Folded, sizes: Components) -> Any:
    """The errors' precision: ratings of one person's day hang together, in closed form."""
    from scipy.sparse import csr_array, diags_array, eye_array

    rows = folded.value.size
    noise = max(sizes.rating, 1e-6 * sizes.total)
    shared = sizes.day / (noise + folded.entry_rows * sizes.day)
    days = csr_array((np.ones(rows), (folded.entry, np.arange(rows))))
    return csr_array((eye_array(rows) - days.T @ diags_array(shared) @ days) / noise)


def _shared(folded: Folded) -> Integers:
    seen = np.zeros((folded.raters.size, folded.people.size), dtype=bool)
    seen[folded.rater, folded.entry_person[folded.entry]] = True
    both: Integers = (seen & (seen.sum(axis=0) > 1)).sum(axis=1)
    return both
