"""The day of a rule in the database is the day of the page, whatever the hour in Greenwich."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from daybook.foundation.audit.commitments import forms, signed_tables
from daybook.observe.reflections.models import Reflection
from tests.world import World


def now_and_day() -> tuple[datetime, object, str]:
    with connection.cursor() as cursor:
        cursor.execute("select now(), current_date, current_setting('timezone')")
        now, day, zone = cursor.fetchone()
    return now, day, zone


@pytest.mark.django_db
def test_current_date_is_the_day_on_the_wall() -> None:
    now, day, zone = now_and_day()
    assert zone == settings.TIME_ZONE
    assert day == timezone.localtime(now).date()


@pytest.mark.django_db
def test_a_moment_is_read_as_the_same_moment() -> None:
    written = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("select %s::timestamptz, (%s::timestamptz)::date", [written, written])
        moment, day = cursor.fetchone()
    assert moment == written
    assert day == timezone.localtime(written).date()


@pytest.mark.django_db(transaction=True)
def test_reading_forms_of_signed_records_leaves_the_day_as_it_was(
    world: World, owner_connection: psycopg.Connection
) -> None:
    key = world.add_reflection("Amir Kaya", "wing-officer")
    assert Reflection._meta.db_table in signed_tables
    forms(Reflection, [key])
    assert now_and_day()[2] == settings.TIME_ZONE
