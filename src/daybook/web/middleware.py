"""Answers that nobody reads, said in words, or led on from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import is_valid_path

from .views.errors import only_by_button


class NoEmptyRefusals:
    """An address that is asked in a way it does not answer says what to do instead.

    Whoever follows a browser there is led to the nearest page above it. An address that takes what
    a button sends stays in the browser's bar when its answer is a form with a sentence; after a
    lock, or a reload, one comes to it without a button.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 405:
            return answer
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return redirect(page_above(request.path))
        said = only_by_button(request)
        said.headers["Allow"] = answer.headers.get("Allow", "")
        return said


def page_above(path: str) -> str:
    """The nearest address above this one; if that shows nothing either, it leads on itself."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            break
    return path
