"""What a visitor reads when something can't be done: a plain sentence, and what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from daybook.foundation.access.page import open_page, stood_on

from ..uploads import FileSent


def _plain(
    request: HttpRequest, status: int, title: str, sentence: str, url: str, link: str
) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "url": url, "link": link}
    answer = render(request, "ui/plain.html", context, status=status)
    # It may name whoever is signed in, and what is absent now may be there tomorrow.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@open_page
def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent and forbidden read the same."""
    return _plain(
        request,
        404,
        _("This page isn’t here for you"),
        _("It may have been moved, or it belongs to people you don’t work with at the moment."),
        reverse("home"),
        _("Go to your start page"),
    )


@open_page
def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came is too large to be read, or is no request of a browser's."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _plain(
            request,
            413,
            _("This is too long to be saved at once"),
            _("Nothing was saved. What you typed is kept in this browser; go back and shorten it."),
            reverse("home"),
            _("Go to your start page"),
        )
    if isinstance(exception, FileSent):
        return _plain(
            request,
            415,
            _("Daybook takes no files"),
            _("Nothing was saved. Write what the file says, or say in words where it is kept."),
            reverse("home"),
            _("Go to your start page"),
        )
    return _plain(
        request,
        400,
        _("This could not be read"),
        _("The address or the form came in broken. Go back and try again."),
        reverse("home"),
        _("Go to your start page"),
    )


@open_page
def only_by_button(request: HttpRequest) -> HttpResponse:
    """The address takes what a button sends, and shows nothing by itself; or the reverse."""
    return _plain(
        request,
        405,
        _("There is nothing to read at this address"),
        _("It only takes what a button on another page sends. Nothing was changed."),
        reverse("home"),
        _("Go to your start page"),
    )


@open_page
def went_wrong(request: HttpRequest) -> HttpResponse:
    return _plain(
        request,
        500,
        _("Something went wrong on our side"),
        _("Nothing was half saved. What you typed is kept in this browser; go back and try again."),
        reverse("home"),
        _("Go to your start page"),
    )


@open_page
def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without a valid token: somebody has signed in anew since the page was opened."""
    return _plain(
        request,
        403,
        _("This was not saved yet"),
        _(
            "You were signed out, or signed in anew, after this page was opened. Go back to it and "
            "save once more. What you wrote is kept in this browser wherever a page can keep it."
        ),
        # Whoever is signed out is asked to sign in there, and comes back.
        stood_on(request) or reverse("home"),
        _("Back to the page") if stood_on(request) else _("Go to your start page"),
    )
