"""`daybook signals change` as a researcher uses it on a file."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from daybook.config.commands.signals import app

MOOD = Path(__file__).parents[3] / "shared/data/daily_mood_one_person_239_days.csv"
ROW_8 = ["--value", "Down", "--time", "date", "--date-format", "%d/%m/%y"]


def run(*arguments):
    return CliRunner().invoke(app, ["change", *map(str, arguments)])


def written(path, lines, header="date,value"):
    file = path / "ratings.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


def days(values, first=date(2026, 1, 1)):
    return [f"{first + timedelta(days=n)},{value:.3f}" for n, value in enumerate(values)]


def ask(file, *more):
    return run(file, "--value", "value", "--time", "date", *more)


@pytest.mark.skipif(not MOOD.exists(), reason="the public data lie beside the checkout")
def test_the_lasting_rise_of_one_real_person_is_found():
    result = run(MOOD, *ROW_8, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["state"] == "worth talking about"
    rise = next(alarm for alarm in told["alarms"] if alarm["direction"] == 1)
    assert rise["index"] <= 170
    assert 125 <= rise["onset"] <= 140
    assert all(alarm["index"] >= 99 for alarm in told["alarms"])


@pytest.mark.skipif(not MOOD.exists(), reason="the public data lie beside the checkout")
def test_the_same_for_a_reader():
    result = run(MOOD, *ROW_8)
    assert result.exit_code == 0
    assert "2012-12" in result.stdout


def test_mounted_as_a_group_it_keeps_its_name(tmp_path):
    root = typer.Typer()
    root.add_typer(app, name="signals")
    root.command("other")(lambda: None)
    file = written(tmp_path, days(np.ones(3)))
    result = CliRunner().invoke(
        root, ["signals", "change", str(file), "--value", "value", "--time", "date", "--json"]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["state"] == "baseline forming"


def test_per_person_when_asked(tmp_path):
    lines = [f"{line},{name}" for name in ("Ada", "Ben") for line in days([1, 2, 3])]
    file = written(tmp_path, lines, "date,value,who")
    told = json.loads(ask(file, "--person", "who", "--json").stdout)
    assert list(told) == ["Ada", "Ben"]
    assert "Ada" in ask(file, "--person", "who").stdout


def test_moments_of_one_day_are_its_mean_and_na_is_skipped(tmp_path):
    rng = np.random.default_rng(1)
    values = 3 + rng.standard_normal(60)
    values[40:] += 3
    plain = ask(written(tmp_path, days(values)), "--json")
    split = [line for v in (values - 0.5, values + 0.5) for line in days(v)]
    moments = ask(written(tmp_path, [*split, "2026-02-01,NA", "2026-02-01,"]), "--json")
    left, right = (json.loads(result.stdout)["alarms"] for result in (plain, moments))
    assert left
    assert [a["date"] for a in left] == [a["date"] for a in right]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2026-01-04,low", "line 4: value is 'low', which is not a number"),
        ("2026-01-04,nan", "line 4: value is 'nan'"),
        ("2026-01-04,inf", "line 4: value is 'inf'"),
        ("04.01.2026,3", "line 4: date is '04.01.2026', which is not a date like %Y-%m-%d"),
        ("2026-01-04", "line 4: 1 cells where the header has 2"),
        ('2026-01-04,"3', "line 4: not CSV"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, told):
    result = ask(written(tmp_path, [*days([1, 2]), line]))
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_stated_autocorrelation_is_used_or_refused(tmp_path):
    file = written(tmp_path, days(np.random.default_rng(1).standard_normal(60)))
    told = json.loads(ask(file, "--autocorrelation", "0.6", "--json").stdout)
    assert told["parameters"]["autocorrelation"] == 0.6
    refused = ask(file, "--autocorrelation", "1")
    assert refused.exit_code == 2
    assert "autocorrelation can't be 1" in refused.stderr


def test_an_empty_file_or_a_wrong_column_is_named(tmp_path):
    assert "There are no ratings" in ask(written(tmp_path, [])).stderr
    result = run(written(tmp_path, days([1])), "--value", "mood", "--time", "date")
    assert result.exit_code == 2
    assert "no column 'mood'" in " ".join(result.stderr.split())


def test_a_line_entered_twice_is_named_where_it_can_be_told(tmp_path):
    lines = ["2026-01-01,3,x", "2026-01-02,3,x", "2026-01-01,3,x"]
    result = ask(written(tmp_path, lines, "date,value,officer"), "--rater", "officer")
    assert result.exit_code == 2
    assert "line 4: the same as line 2" in result.stderr
