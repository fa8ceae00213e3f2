"""A page that says nothing about its door does not open."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from .page import DOOR

FROM_OUTSIDE = ("django.", "whitenoise.")


class NothingWithoutAWall:
    """Refuse every view that is neither ``page`` nor ``open_page``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if not hasattr(view, DOOR) and not view.__module__.startswith(FROM_OUTSIDE):
            raise ImproperlyConfigured(
                f"{view.__module__}.{view.__qualname__} has no door: "
                "decorate it with page, or with open_page if it shows nothing about anyone."
            )
