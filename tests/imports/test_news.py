"""What stays and statuses that come in mean today: check-ins open, and what is wrong is undone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from daybook.foundation.registry.events import Moved, moved

from .conftest import Service

pytestmark = pytest.mark.django_db(transaction=True)

STAYS = "system,number,stay,unit,cell,began_at,ended_at,reason\n"
PEOPLE = "system,number,given_name,family_name,status,status_since\n"


def ago(**past: float) -> str:
    return (timezone.localtime() - timedelta(**past)).strftime("%Y-%m-%dT%H:%M:%S%z")


def bring(service: Service, what: str, *rows: str) -> None:
    file: Path = service.folder / f"{what}.csv"
    head = STAYS if what == "stays" else PEOPLE
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    done = service.run(what, file, "--by", "administrator")
    assert done.exit_code == 0, done.stderr


@pytest.fixture
def nadia(service: Service) -> int:
    """Somebody who has a number and lives nowhere yet."""
    bring(service, "people", "prison,N1,Nadia,Haddad,,")
    found = service.one("select person_id from people_identifier where number = 'N1'")
    assert isinstance(found, int)
    return found


def owed(service: Service, person: int) -> list[Any]:
    rows = service.all(
        "select occasion from safety_checkin where person_id = %s and withdrawn_at is null"
        " order by due_at", person,
    )  # fmt: skip
    return [occasion for (occasion,) in rows]


def test_an_arrival_opens_the_early_days_and_again_nothing(service: Service, nadia: int) -> None:
    row = f"prison,N1,s1,a,,{ago(minutes=5)},,"
    for _time in range(2):
        bring(service, "stays", row)
        assert owed(service, nadia) == ["first-night", "day-2", "day-3", "day-7"]


def test_of_long_ago_nothing_is_told_and_of_lately_what_is_ahead(
    service: Service, nadia: int
) -> None:
    bring(service, "stays", f"prison,N1,s1,a,,{ago(days=8)},{ago(days=3)},")
    assert owed(service, nadia) == []
    # Away for days in between: she came anew.
    bring(service, "stays", f"prison,N1,s2,a,,{ago(hours=44)},,")
    assert owed(service, nadia)[-1:] == ["day-7"]
    assert "first-night" not in owed(service, nadia)


def test_a_move_within_the_house_opens_nothing_and_a_transfer_does(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Moved] = []
    monkeypatch.setattr(moved, "subscribers", [*moved.subscribers, heard.append])
    world = service.world
    amir, a, b, c = world.people["Amir Kaya"], *(world.units[unit] for unit in "abc")
    bring(service, "stays", f"prison,A1,s1,b,,{ago(hours=2)},,")
    assert owed(service, amir) == []
    bring(service, "stays", f"prison,A1,s2,c,,{ago(hours=1)},,")
    assert owed(service, amir) == ["transfer"]
    assert [(each.left_unit_id, each.unit_id) for each in heard] == [(a, b), (b, c)]


def test_who_is_released_is_owed_nothing_any_more(service: Service, nadia: int) -> None:
    began = ago(hours=5)
    bring(service, "stays", f"prison,N1,s1,a,,{began},,")
    bring(service, "stays", f"prison,N1,s1,a,,{began},{ago(hours=1)},")
    assert owed(service, nadia) == []


def test_a_corrected_stay_leaves_no_orphan(service: Service, nadia: int) -> None:
    bring(service, "stays", f"prison,N1,s1,a,,{ago(hours=1)},,")
    bring(service, "stays", f"prison,N1,s1,a,,{ago(days=90)},,")
    assert owed(service, nadia) == []
    bring(service, "stays", f"prison,N1,s1,a,,{ago(hours=3)},,")
    assert len(owed(service, nadia)) == 4


def test_history_that_comes_later_shows_that_nobody_arrived(service: Service, nadia: int) -> None:
    began = ago(hours=1)
    bring(service, "stays", f"prison,N1,s2,a,,{began},,")
    assert len(owed(service, nadia)) == 4
    bring(service, "stays", f"prison,N1,s1,b,,{ago(days=60)},{began},")
    assert owed(service, nadia) == []


def test_a_sentence_opens_one(service: Service, nadia: int) -> None:
    today = timezone.localdate()
    bring(service, "people", f"prison,N1,Nadia,Haddad,remand,{today - timedelta(days=40)}")
    assert owed(service, nadia) == []
    row = f"prison,N1,Nadia,Haddad,sentenced,{today - timedelta(days=1)}"
    for _time in range(2):
        bring(service, "people", row)
        assert owed(service, nadia) == ["sentence"]
    bring(service, "people", f"prison,A9,Old,Story,sentenced,{today - timedelta(days=30)}")
    assert service.one("select count(*) from safety_checkin") == 1
