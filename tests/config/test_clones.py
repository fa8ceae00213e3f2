"""What tests rely on in their own databases."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import Connection

from tests.clones import Clones


def count() -> int:
    return ProcrastinateJob.objects.count()


def write() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args)"
            " values ('default', 'nothing', '{}')"
        )


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_writes_is_gone_for_the_next(db: None, time: str) -> None:
    assert count() == 0
    write()


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_commits_is_gone_for_the_next(
    transactional_db: None, owner_connection: Connection, time: str
) -> None:
    assert count() == 0
    with transaction.atomic():
        write()
    seen = owner_connection.execute("select count(*) from procrastinate_jobs").fetchone()
    assert seen == (1,)


def test_tests_run_as_the_app_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == ("daybook_app", "daybook_app")


def test_the_owner_looks_at_the_same_database(
    owner_connection: Connection, transactional_db: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_database()")
        (of_the_app,) = cursor.fetchone()
    assert owner_connection.info.dbname == of_the_app
    assert owner_connection.info.user == "daybook_owner"


def test_two_clones_know_nothing_of_each_other(clones: Clones) -> None:
    names = [clones.new(), clones.new()]
    assert len(set(names)) == 2
    for name in names:
        clones.drop(name)
