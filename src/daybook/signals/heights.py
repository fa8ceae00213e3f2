"""What a height of a chart means, beside the heights that chance alone reached."""

import numpy as np

from daybook.signals.ratings import Floats


def chance(peaks: Floats, height: float) -> float:
    """Of 100 unchanged people, how many climb at least as high."""
    above = peaks.size - np.searchsorted(peaks, height, side="left")
    return float(100 * above / peaks.size)
