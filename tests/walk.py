"""A walk through every kind of page that a member of staff comes to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

NO_PAGE = re.compile(r"^/(sign-out|static)/")


@dataclass(frozen=True)
class Stop:
    """A page on the way, and the page whose link or form led there."""

    url: str
    linked_from: str
    status: int
    html: str

    @cached_property
    def page(self) -> "Page":
        return Page(self.url, self.html)


class Page(HTMLParser):
    """Where a page leads, and what its forms send when nothing is filled in."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.url, given["href"]).partition("#")[0])
        elif tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append((urljoin(self.url, given.get("action", "")), {}))
        elif tag == "input" and given.get("type") == "hidden" and self.forms:
            self.forms[-1][1][given.get("name", "")] = given.get("value", "")


def kind_of(url: str) -> str:
    """The address with everything that tells one row from another taken out."""
    path = re.sub(r"/[0-9a-f-]{36}(?=/)|/\d+(?=/)", "/one", urlsplit(url).path)
    return re.sub(r"^/(wing|officers)/[^/]+/", r"/\1/one/", path)


def walk(client: Client) -> Iterator[Stop]:
    """One page of every kind that links lead to from the start page."""
    waiting, seen = [("/", "")], set[str]()
    while waiting:
        url, linked_from = waiting.pop(0)
        if kind_of(url) in seen or NO_PAGE.match(url):
            continue
        seen.add(kind_of(url))
        answer = client.get(url, follow=True)
        if not answer["Content-Type"].startswith("text/html"):
            continue  # a sheet to print, with tests of its own
        stop = Stop(url, linked_from, answer.status_code, answer.content.decode())
        yield stop
        waiting += [(link, url) for link in stop.page.links]


def send_empty(client: Client, stops: Iterable[Stop]) -> Iterator[Stop]:
    """One form of every kind on these pages, sent with nothing filled in."""
    seen = set[str]()
    for stop in stops:
        for url, hidden in stop.page.forms:
            if kind_of(url) not in seen and not NO_PAGE.match(url):
                seen.add(kind_of(url))
                answer = client.post(url, hidden, follow=True)
                yield Stop(url, stop.url, answer.status_code, answer.content.decode())
