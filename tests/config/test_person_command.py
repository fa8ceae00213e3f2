"""``daybook person everything``: two files for one person, by data protection alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clones import Clones
from tests.config.test_command import Run, addresses, daybook
from tests.world import World

__all__ = ["daybook"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def test_everything_about_one_person_is_one_command(
    world: World, daybook: Run, clones: Clones, tmp_path: Path, desk: Any
) -> None:
    world.insert(
        "people_identifier", person_id=world.people["Amir Kaya"], system="prison", number="4711"
    )
    world.add_reflection("Amir Kaya", "personal-officer", seen_heard="Sang with Jonas Petit.")
    given = addresses(clones, desk.database)
    said = ["--recipient", "Amir Kaya", "--because", "Prison Act, 30.", "--to", str(tmp_path)]

    told = daybook("person", "everything", "4711", "--by", "governor", *said, **given)
    assert told.returncode == 1, told.stdout
    assert not list(tmp_path.glob("*.pdf"))

    told = daybook(
        "person", "everything", "4711", "--by", "data-protection-officer", *said, **given
    )
    assert told.returncode == 0, told.stderr
    (paper,), (data,) = tmp_path.glob("*.pdf"), tmp_path.glob("*.json")
    assert paper.read_bytes().startswith(b"%PDF")
    assert (
        "Sang with [another person]."
        in json.loads(data.read_text())["records"]["reflection"][0].values()
    )
    assert (paper.stat().st_mode | data.stat().st_mode) & 0o077 == 0
    logged = world.owner.execute(
        "select recipient from audit_entry where kind = 'disclosure'"
    ).fetchall()
    assert logged == [("Amir Kaya",)]
