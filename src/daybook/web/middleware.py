"""Answers that nobody reads, said in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from .views.errors import only_by_button


class NoEmptyRefusals:
    """An address that is asked in a way it does not answer says what to do instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 405:
            return answer
        said = only_by_button(request)
        said.headers["Allow"] = answer.headers.get("Allow", "")
        return said
