"""An instrument of five hundred items stays usable, page by page and as a whole."""

import json
from time import perf_counter

import pytest
from django.urls import reverse

from daybook.understand.assessments.actions import sheets
from daybook.understand.instruments.definition import Instrument
from daybook.understand.instruments.reading import read
from tests.world import World

from .assessed import AMIR, BOTH, LEAD, begin, close, sheet_of, sign, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ANSWERS = "".join(
    f"          - {{key: {key}, label: {key}, anchor: It was seen to be so on three days.}}\n"
    for key in ("carries", "grows", "thin", "absent")
)
HEAD = """key: five-hundred
version: "1"
name: Five hundred items
says: As long as anything in use.
licence: EUPL-1.2
protocol: full
for_purposes: [needs]
uses: {roles: [case-lead, psychologist]}
assessors: 2
again_after_days: 90
domains:
"""
FEW_SECONDS = 4.0
"""What a page of hundreds of answers may take on a slow machine; a page of a sheet takes less."""


def five_hundred() -> str:
    text = HEAD
    for domain in range(25):
        text += f"  - key: d{domain}\n    name: Domain {domain}\n    items:\n"
        for item in range(20):
            text += f"      - key: i{domain}-{item}\n        asks: Item {item} of {domain}\n"
            text += f"        about: need\n        answers:\n{ANSWERS}"
    return text


@pytest.fixture
def large(world: World) -> Instrument:
    instrument = read(five_hundred())
    world.insert(
        "instruments_definition", key=instrument.key, version="1", name=instrument.name,
        protocol="full", specialist=False, whole=json.dumps(instrument.model_dump(mode="json")),
        loaded_at="2026-01-01T00:00Z",
    )  # fmt: skip
    return instrument


def test_it_reads_fills_signs_and_compares(world: World, large: Instrument):
    took: dict[str, float] = {}

    def timed(what: str, since: float) -> None:
        took[what] = perf_counter() - since

    since = perf_counter()
    assert len(list(read(five_hundred()).items())) == 500
    timed("reading the definition", since)
    made = begin(world, large.key)
    key = sheet_of(world, made, LEAD)
    client = world.client(LEAD)
    page = reverse("assessments:fill", args=[key, 1])
    client.get(page)
    since = perf_counter()
    assert client.get(page).status_code == 200
    timed("a page of the sheet", since)
    with world.viewing(LEAD) as viewer:
        sheets.keep(by=viewer, key=key, typed=typed(large))
    since = perf_counter()
    assert client.post(page, {"answer_i0-0": "thin"}).status_code == 302
    timed("keeping a page", since)
    since = perf_counter()
    assert client.get(reverse("assessments:sign", args=[key])).status_code == 200
    timed("what is missing", since)
    for who in BOTH:
        since = perf_counter()
        sign(world, made, who)
        timed("signing", since)
    since = perf_counter()
    answer = client.get(reverse("assessments:one", args=[made]))
    timed("both sheets side by side", since)
    assert answer.content.decode().count("Item 3 of 7") == 1
    close(world, made)
    since = perf_counter()
    answer = client.get(reverse("assessments:then-and-now", args=[world.people[AMIR], large.key]))
    timed("then and now", since)
    assert answer.status_code == 200
    assert max(took.values()) < FEW_SECONDS, took
    assert took["a page of the sheet"] < 1
    assert took["keeping a page"] < 1
