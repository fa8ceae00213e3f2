"""The parts as template tags. Loaded everywhere: no ``{% load %}`` is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, ChoiceField
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from daybook.ui import charts, words
from daybook.ui.parts import Entry, Filter, Option, Tile
from daybook.ui.tiles import tile_in_html

register = template.Library()

ROOM = 66
"""Places for tiles on one screen of 1440 by 900; whoever is different takes two."""


# ---- Questions ----


def _options(field: BoundField) -> list[Option]:
    """The field's answers; the empty choice of a drop-down is not one of them."""
    answers = (widget.data for widget in field.subwidgets if widget.data["value"] not in ("", None))
    return [
        Option(f"{field.auto_id}_{number}", str(a["value"]), str(a["label"]), a["selected"])
        for number, a in enumerate(answers)
    ]


def _question(field: BoundField, **more: Any) -> dict[str, Any]:
    return {"field": field, "described_by": field.aria_describedby, **more}


@register.inclusion_tag("ui/segments.html")
def segments(field: BoundField, inline: bool = False) -> dict[str, Any]:
    """A few answers side by side, one of them true: ``{% segments form.contact %}``."""
    return _question(field, options=_options(field), inline=inline)


@register.inclusion_tag("ui/scale.html")
def scale(field: BoundField, low: str, high: str, inline: bool = True) -> dict[str, Any]:
    """Steps between two words: ``{% scale form.mood low="low" high="bright" %}``.

    Choices whose value is a number are the steps; any other ("can't tell") stands apart.
    """
    options = _options(field)
    return _question(
        field,
        low=low,
        high=high,
        steps=[option for option in options if option.value.isdigit()],
        others=[option for option in options if not option.value.isdigit()],
        inline=inline,
    )


@register.inclusion_tag("ui/chips.html")
def chips(field: BoundField, inline: bool = False) -> dict[str, Any]:
    """Answers as pills, any number of them; of radio buttons, one: ``{% chips form.today %}``."""
    kind = getattr(field.field.widget, "input_type", "checkbox")
    return _question(field, options=_options(field), inline=inline, kind=kind)


@register.inclusion_tag("ui/fold.html")
def fold(field: BoundField, label: str = "") -> dict[str, Any]:
    """A line to touch and a small field under it: ``{% fold form.fact %}``."""
    return _question(field, label=label or field.label, text=field.value() or "")


@register.inclusion_tag("ui/field.html")
def field(field: BoundField, inline: bool = False) -> dict[str, Any]:
    """Any other question, with its label, help and error: ``{% field form.review_on %}``."""
    return _question(field, inline=inline, tick=field.widget_type == "checkbox")


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is still missing, at the top of a form, each with a way to it."""
    wrong = []
    for bound in form:
        if bound.errors:
            several = isinstance(bound.field, ChoiceField) and bound.use_fieldset
            target = f"{bound.auto_id}_0" if several else bound.auto_id
            wrong.append({"label": bound.label, "target": target, "errors": bound.errors})
    return {"wrong": wrong, "general": form.non_field_errors()}


# ---- Blocks of a page ----


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2) -> SafeString:
    """``{% card "Usual for him" %}…{% endcard %}``"""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<section class="card">{}{}</section>', heading, SafeString(content))


@register.inclusion_tag("ui/filters.html")
def filters(items: Iterable[Filter], label: str) -> dict[str, Any]:
    """Pill links that narrow a list: ``{% filters pills label=_("Show") %}``."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/entry.html")
def entry(entry: Entry) -> dict[str, Any]:
    """One entry of a timeline: ``<li>{% entry e %}</li>`` inside ``<ol class="timeline">``."""
    return {"entry": entry}


@register.inclusion_tag("ui/tiles.html")
def tiles(tiles: Sequence[Tile], label: str) -> dict[str, Any]:
    """A whole board: ``{% tiles board.tiles label=_("Everyone on the unit") %}``.

    Where there is much to say of many, nobody gets two places, so that everyone fits a screen.
    """
    places = len(tiles) + sum(bool(tile.strong) for tile in tiles)
    return {
        "tiles": [tile_in_html(tile) for tile in tiles],
        "label": label,
        "crowded": places > ROOM,
    }


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str, url: str = "", link: str = "") -> dict[str, Any]:
    """What will stand here, and how it comes to be: ``{% empty "…" "…" url link %}``."""
    return {"title": title, "text": text, "url": url, "link": link}


# ---- Charts ----


@register.simple_tag
def change_chart(chart: charts.Chart) -> SafeString:
    """The chart of one channel, with its table folded under it: ``{% change_chart c %}``."""
    return charts.change_chart(chart)


# ---- Dates ----


@register.filter
def day_words(value: date | datetime | None, today: date | None = None) -> SafeString | str:
    """``{{ when|day_words }}``: "Today 14:10", exact when hovered over."""
    if value is None:
        return ""
    return _time(value, words.day_words(value, today))


@register.filter
def day_within(value: date | datetime | None, today: date | None = None) -> SafeString | str:
    """``written {{ when|day_within }}``: "today 14:10", exact when hovered over."""
    if value is None:
        return ""
    return _time(value, words.day_words(value, today, within=True))


@register.filter
def exact(value: date | datetime) -> str:
    """``{{ when|exact }}``: "6 March 2024, 14:10"; what is printed."""
    return words.exact(value)


@register.simple_tag
def printed_at() -> str:
    """The moment as a printed page says it."""
    return words.exact(timezone.now())


@register.filter
def since(value: date | datetime | None, today: date | None = None) -> SafeString | str:
    """``no entry since {{ day|since }}``: "Tuesday", exact when hovered over."""
    if value is None:
        return ""
    return _time(value, words.since(value, today))


def _time(value: date | datetime, said: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        words.local(value).isoformat(),
        words.exact(value),
        conditional_escape(said),
    )
