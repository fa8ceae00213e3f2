"""How I use the scales; and how alike we are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.ui.charts import Interval, intervals

from . import queries, rules


@require_safe
@page
def my_scale(request: Visit) -> HttpResponse:
    """One's own habits, which nobody else can open."""
    shown = [
        {
            "name": each.name,
            "low": each.low,
            "high": each.high,
            "words": rules.in_words(each.months[-1].seen, low=each.low, high=each.high),
            "months": each.months,
            "picture": intervals(
                [
                    Interval(month.seen.habit, month.seen.low, month.seen.high)
                    for month in each.months
                ],
                label=_("{channel}, month by month").format(channel=each.name),
            ),
        }
        if each.months
        else {"name": each.name}
        for each in queries.my_habits(viewer=request.viewer)
    ]
    return render(request, "training/my_scale.html", {"channels": shown})


@require_safe
@page
def how_alike(request: Visit) -> HttpResponse:
    """How far raters stand from one another, and how many changed, as a whole."""
    places = [
        (
            name,
            [
                {
                    "channel": line.channel,
                    "month": line.month,
                    "raters": line.raters,
                    "apart": None if line.apart is None else number_format(line.apart, 1),
                    "moved": None if line.moved is None else rules.moved_in_words(line.moved),
                }
                for line in lines
            ],
        )
        for name, lines in queries.how_alike(viewer=request.viewer)
    ]
    context = {"places": places, "fewest": rules.SMALLEST_GROUP}
    return render(request, "training/how_alike.html", context)
