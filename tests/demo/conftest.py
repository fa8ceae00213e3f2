"""One service for all tests of the demo: making it takes a second."""

from datetime import date

import pytest

from daybook.demo.world import World, make_world


@pytest.fixture(scope="package")
def world() -> World:
    return make_world()


@pytest.fixture(scope="package")
def small() -> World:
    return make_world(seed=7, until=date(2025, 6, 30), people=60, days=70)
