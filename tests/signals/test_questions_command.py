"""`daybook signals agreement`, `climate`, `tool` and `reliable-change` on files."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from daybook.config.commands.signals import app


def ask(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)])


def written(path, header, rows, name="file.csv"):
    file = path / name
    lines = [header] if header else []
    file.write_text("\n".join([*lines, *rows]) + "\n", encoding="utf-8")
    return file


def told(*arguments):
    result = ask(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*arguments):
    result = ask(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


PAIRS = ["1,1", "2,2", "3,2", "4,4", "5,4", "1,2", "3,3", "2,2"]


@pytest.mark.parametrize(
    ("kind", "name", "keys"),
    [
        ("icc", "icc", {"ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"}),
        ("kappa", "kappa", {"none", "linear", "quadratic"}),
        ("weighted-kappa", "kappa", {"none", "linear", "quadratic"}),
        ("krippendorff", "alpha", {"nominal", "ordinal", "interval", "ratio"}),
        ("gwet", "gwet", {"ac1", "ac2"}),
    ],
)
def test_every_kind_has_its_keys_each_with_ci_beside(tmp_path, kind, name, keys):
    file = written(tmp_path, "Ada,Ben", PAIRS)
    found = told("agreement", file, "--kind", kind)
    assert set(found[name]) == set(found["ci"]) == keys
    for key, value in found[name].items():
        low, high = found["ci"][key]
        assert low <= value <= high
    turned = [",".join(row) for row in zip(*(pair.split(",") for pair in PAIRS), strict=True)]
    lying = written(tmp_path, "", turned, "lying.csv")
    same = told("agreement", lying, "--kind", kind, "--no-header", "--raters-in", "rows")
    assert same == found
    assert "95 % interval" in ask("agreement", file, "--kind", kind).stdout


def test_bad_ratings_name_row_and_column(tmp_path):
    def said(*rows, kind="krippendorff"):
        return refused("agreement", written(tmp_path, "Ada,Ben", rows), "--kind", kind)

    assert "line 3: Ben is 'good', which is not a number" in said("1,2", "2,good")
    assert "line 3: Ben is 'inf'" in said("1,2", "2,inf")
    assert "line 3: 3 cells where the header has 2" in said("1,2", "2,3,4")
    assert "line 3: rating 2 is missing" in said("1,2", "2,NA", kind="icc")
    assert "There are no ratings" in said()
    assert "one unit alone" in said("1,2", kind="icc")
    assert "every rating is 2" in said("2,2", "2,2")
    assert "line 3: 5 ratings where the first unit has 3" in said("1,2", "2,3", kind="fleiss")
    alone = written(tmp_path, "Ada", ["1", "2"])
    assert "the rater is one and the same" in refused("agreement", alone, "--kind", "icc")


def answers(n=60):
    random = np.random.default_rng(1)
    rows = random.integers(1, 6, (n, 3))
    return [f"{a},{b},{c},wing {at % 4}" for at, (a, b, c) in enumerate(rows)]


def test_climate_has_its_keys(tmp_path):
    file = written(tmp_path, "a,b,c,wing", [*answers(), "1,,2,wing 1"])
    result = ask("climate", file, "--items", "a,b,c", "--group", "wing", "--scale", "1..5")
    assert "People left out for want of an answer: 1." in result.stderr
    assert "60 people in 4 groups, 3 items" in result.stdout
    found = told("climate", file, "--items", "a,b,c", "--group", "wing", "--scale", "1..5")
    assert list(found) == ["items", "alpha", "omega", "icc1", "icc2", "rwg"]
    one = told("climate", file, "--items", "a", "--group", "wing", "--scale", "1..5")
    assert (one["items"], one["alpha"], one["omega"], one["rwg"]) == (1, None, None, None)


def test_bad_answers_name_their_line(tmp_path):
    def said(*rows, scale="1..5"):
        file = written(tmp_path, "a,b,c,wing", [*answers(), *rows])
        return refused("climate", file, "--items", "a,b,c", "--group", "wing", "--scale", scale)

    assert "line 62: b is 'yes', which is not a number" in said("1,yes,2,wing 1")
    assert "line 62: wing is empty" in said("1,2,2,")
    assert "line 63: c is 9, beyond the scale 1..5" in said("1,2,2,wing 1", "1,2,9,wing 1")
    assert "scale can't be '5'" in said(scale="5")
    assert "scale can't be 5..1" in said(scale="5..1")
    file = written(tmp_path, "a,wing", ["1,x"])
    assert "no column 'b'" in refused("climate", file, "--items", "a,b", "--group", "wing")
    file = written(tmp_path, "a,wing", ["1,x", "2,x"])
    assert "group is x in every row" in refused("climate", file, "--items", "a", "--group", "wing")


SCREENED = ["1,0,a", "2,1,a", "3,0,a", "4,1,a", "1,0,b", "2,0,b", "3,0,b", "4,1,b"]
TOOL = ("--score", "score", "--outcome", "outcome", "--group", "group", "--threshold", "3")


def test_a_tool_has_its_keys_and_says_nothing_of_anybody(tmp_path):
    file = written(tmp_path, "score,outcome,group", SCREENED)
    found = told("tool", file, *TOOL)
    assert set(found) == {"auc", "ci", "groups", "calibration"}
    low, high = found["ci"]["auc"]
    assert low <= found["auc"] <= high
    assert set(found["groups"]["a"]) == {"n", "auc", "fpr", "fnr", "ppv", "ci"}
    assert found["groups"]["a"]["fpr"] == 0.5
    assert set(found["groups"]["a"]["ci"]) == {"auc", "fpr", "fnr", "ppv"}
    assert "everybody" in ask("tool", file, *TOOL).stdout
    plain = told("tool", file, "--score", "score", "--outcome", "outcome")
    assert plain["groups"] == {}
    assert plain["auc"] == found["auc"]


def test_bad_screenings_name_their_line(tmp_path):
    def said(*rows):
        return refused("tool", written(tmp_path, "score,outcome,group", [*SCREENED, *rows]), *TOOL)

    assert "line 10: score is 'high'" in said("high,1,a")
    assert "line 10: outcome is 3, which is neither 0 nor 1" in said("2,3,a")
    assert "line 10: group is empty" in said("2,1,")
    none = written(tmp_path, "score,outcome", ["1,1", "2,1"])
    assert "outcome is 1 in every row" in refused(
        "tool", none, "--score", "score", "--outcome", "outcome"
    )


def test_reliable_change_of_each_person(tmp_path):
    file = written(tmp_path, "who,before,after", ["Ada,47.5,32.5", "Ben,40,41", "Cem,39,"])
    norm = ("--reliability", "0.88", "--sd", "7.5", "--person", "who")
    found = told("reliable-change", file, *norm)
    assert found["n"] == 2
    assert [each["moved"] for each in found["people"]] == ["down", "within error"]
    assert [each["person"] for each in found["people"]] == ["Ada", "Ben"]
    result = ask("reliable-change", file, *norm)
    assert "Rows left out for want of a score: 1." in result.stderr
    assert "Moved by 7.20 or more" in result.stdout
    assert "2 people tell neither spread nor reliability" in refused("reliable-change", file)
