"""A service loads a definition of its own, raises its version, and offers one no more."""

from pathlib import Path

import psycopg

from daybook.understand import instruments
from tests.clones import Clones
from tests.config.test_staff_command import Run, database, daybook, done, refused

SHIPPED = Path(instruments.__file__).parent / "shipped"
__all__ = ["database", "daybook"]


def test_versions_stand_beside_one_another(
    daybook: Run, clones: Clones, database: str, tmp_path: Path
) -> None:
    text = (SHIPPED / "general-light.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own.yaml"
    assert "there already" in done(daybook("instruments", "load", str(own_text(own, text))))
    changed = text.replace("Somebody who is good", "Anybody who is good")
    assert "Raise the version" in refused(
        daybook("instruments", "load", str(own_text(own, changed)))
    )
    raised = changed.replace('version: "1"', 'version: "1.1"')
    assert "loaded" in done(daybook("instruments", "load", str(own_text(own, raised))))
    assert "general-light  1.1" in done(daybook("instruments", "list"))
    with psycopg.connect(clones.url("daybook_owner", database)) as owner:
        rows = owner.execute(
            "select version from instruments_definition where key = 'general-light' order by 1"
        ).fetchall()
        log = owner.execute(
            "select record from audit_entry where subject = 'instrument loaded'"
        ).fetchall()
    assert rows == [("1",), ("1.1",)]
    assert log == [("general-light 1.1",)]


def test_one_bad_file_loads_none(daybook: Run, tmp_path: Path) -> None:
    text = (SHIPPED / "general-light.yaml").read_text(encoding="utf-8")
    good = own_text(tmp_path / "good.yaml", text.replace("key: general-light", "key: our-own"))
    bad = own_text(tmp_path / "bad.yaml", text.replace("protocol: light", "total: 12"))
    told = daybook("instruments", "load", str(good), str(bad))
    assert told.returncode == 1
    assert "bad.yaml" in told.stderr
    assert "Line " in told.stderr
    assert "our-own" not in done(daybook("instruments", "list"))


def test_one_is_offered_no_more(daybook: Run) -> None:
    assert "offered no more" in done(daybook("instruments", "retire", "trap-18"))
    assert "trap-18" not in done(daybook("instruments", "list"))
    assert "No instrument called" in refused(daybook("instruments", "retire", "trap-18"))
    # The next release ships it still, and it stays retired.
    done(daybook("db", "migrate"))
    assert "trap-18" not in done(daybook("instruments", "list"))


def own_text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
