"""One service for all faults: what one of them broke, the next one would meet."""

from collections.abc import Iterator

import pytest

from .service import Service, running


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as service:
        yield service
