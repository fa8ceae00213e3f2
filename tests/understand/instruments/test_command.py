"""``daybook instruments``, as whoever writes a definition meets it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daybook.config.commands.instruments import app
from daybook.understand import instruments
from daybook.understand.instruments.reading import read

SHIPPED = Path(instruments.__file__).parent / "shipped"


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_a_good_definition_is_told_in_a_line():
    done = run("check", SHIPPED / "immediate-needs.yaml")
    assert done.exit_code == 0
    assert done.stdout == "Immediate needs, version 1: 3 domains, 8 items.\n"


def test_a_bad_one_names_each_line_and_loads_nothing(tmp_path: Path):
    text = (SHIPPED / "immediate-needs.yaml").read_text(encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("protocol: screen", "protocol: quick\ntotal: 12"), encoding="utf-8")
    done = run("check", bad)
    assert done.exit_code == 1
    assert "Line 10 (total)" in done.output
    assert "Nothing was loaded." in done.output
    assert done.stdout == ""


def test_there_and_back_by_files(tmp_path: Path):
    for path in SHIPPED.glob("*.yaml"):
        sent = tmp_path / "sent.json"
        sent.write_text(run("to-fhir", path).stdout, encoding="utf-8")
        back = run("from-fhir", sent).stdout
        assert read(back) == read(path.read_text(encoding="utf-8"))


def test_the_schema_is_printed_whole():
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize(("said", "why"), [("{", "no JSON"), ("[]", "no Questionnaire")])
def test_a_file_that_is_no_questionnaire_is_refused(tmp_path: Path, said: str, why: str):
    strange = tmp_path / "strange.json"
    strange.write_text(said, encoding="utf-8")
    done = run("from-fhir", strange)
    assert done.exit_code == 1
    assert why in done.output
