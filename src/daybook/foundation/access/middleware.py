"""A page that says nothing about its door does not open; and nothing comes in from outside."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from .page import DOOR

FROM_OUTSIDE = ("django.", "whitenoise.")


NOTHING_FROM_OUTSIDE = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip


NOT_NEEDED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser could do for a page, and none of ours asks of it."""
ONLY_SECURITY_KEYS = ", ".join(
    [
        *(f"{feature}=()" for feature in NOT_NEEDED),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
HEADERS = {
    "Content-Security-Policy": NOTHING_FROM_OUTSIDE,
    "Permissions-Policy": ONLY_SECURITY_KEYS,
    "Cross-Origin-Resource-Policy": "same-origin",
}


class NothingFromOutside:
    """Tell browsers that pages hold no script, style or picture but our own files, ask nothing of
    the device, and are part of no other site.

    Whatever somebody types as markup, and a mistake of ours lets through, stays without effect;
    and of what a browser can reach around it, pages may ask for a security key alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


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
