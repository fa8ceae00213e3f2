"""`daybook signals raters` as a researcher uses it on a file."""

import json
import resource
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from daybook.config.commands.signals import app, files
from daybook.signals.errors import BadRating

INSTEVAL = Path(__file__).parents[3] / "shared/data/crossed_ratings_insteval.csv"


def ask(*arguments):
    return CliRunner().invoke(app, ["raters", *map(str, arguments)])


def rated(file, *more):
    return ask(file, "--value", "y", "--effect", "s", "--effect", "d", *more)


def written(path, lines, header="s,d,y", name="ratings.csv"):
    file = path / name
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


def lines(n=400, seed=1):
    random = np.random.default_rng(seed)
    s, d = random.integers(0, 30, n), random.integers(0, 8, n)
    y = random.standard_normal(30)[s] + random.standard_normal(8)[d] + random.standard_normal(n)
    return [f"{a},{b},{c:.4f}" for a, b, c in zip(s, d, y, strict=True)]


@pytest.mark.skipif(not INSTEVAL.exists(), reason="the public data lie beside the checkout")
def test_the_reference_software_finds_the_same():
    result = rated(INSTEVAL, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    lme4 = {"s": 0.32591, "d": 0.52320, "residual": 1.17779}
    assert told["sd"] == pytest.approx(lme4, rel=0.002)
    assert told["n"] == 73_421
    assert "levels" not in told


def test_levels_when_asked_and_a_table_for_a_reader(tmp_path):
    file = written(tmp_path, lines())
    told = json.loads(rated(file, "--levels", "--json").stdout)
    assert list(told["sd"]) == ["s", "d", "residual"]
    assert {*map(int, told["levels"]["d"])} == set(range(8))
    assert told["levels"]["d"]["3"] == pytest.approx(told["levels"]["d"]["3"])
    shown = rated(file, "--levels").stdout
    assert "what is left" in shown
    assert "d: 8 levels" in shown
    assert "… and 10 more" in shown


def test_answers_read_as_steps_too_when_asked(tmp_path):
    steps = [f"{a},{b},{min(5, max(1, round(3 + float(c))))}" for a, b, c in
             (line.split(",") for line in lines())]  # fmt: skip
    rows = [f"{line},{at}" for at, line in enumerate(steps)]
    file = written(tmp_path, rows, header="s,d,y,at")
    told = json.loads(rated(file, "--as-steps", "--json").stdout)
    assert told["as_steps"]["steps"] == [1, 2, 3, 4, 5]
    assert sorted(told["as_steps"]["thresholds"]) == told["as_steps"]["thresholds"]
    assert min(told["as_steps"]["alike"].values()) > 0.9
    assert "levels" not in told
    shown = rated(file, "--as-steps").stdout
    assert "Read as steps" in shown
    assert "agree by" in shown
    smooth = rated(written(tmp_path, lines(), name="smooth.csv"), "--as-steps")
    assert smooth.exit_code != 0
    assert "different answers" in smooth.output


def test_order_of_rows_leaves_no_trace(tmp_path):
    rows = lines()
    one = json.loads(rated(written(tmp_path, rows), "--json").stdout)
    other = json.loads(rated(written(tmp_path, rows[::-1]), "--json").stdout)
    assert one["sd"] == pytest.approx(other["sd"], rel=1e-9)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1,2,high", "line 402: y is 'high', which is not a number"),
        ("1,2,nan", "line 402: y is 'nan'"),
        ("1,2,inf", "line 402: y is 'inf'"),
        (",2,3", "line 402: s is empty"),
        ("1,2", "line 402: 2 cells where the header has 3"),
        ('1,2,"3', "line 402: not CSV"),
        ("1,2,3\0", "line 402: "),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, told):
    result = rated(written(tmp_path, [*lines(), line]))
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "There are no ratings"),
        (["1,2,3"], "y"),
        (["1,2,3", "2,2,4", "1,2,4"], "d is 2 in every row"),
        (["1,1,3", "2,2,3", "1,2,3"], "value is 3 in every row"),
        (["1,a,3", "2,b,4", "1,a,5", "2,b,7"], "s and d always change together"),
    ],
)
def test_what_tells_nothing_is_named(tmp_path, rows, told):
    result = rated(written(tmp_path, rows))
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_no_header_no_column_no_text(tmp_path):
    result = ask(written(tmp_path, lines()), "--value", "mark", "--effect", "s")
    assert "no column 'mark'; there are: s, d, y" in " ".join(result.stderr.split())
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert "there are: none" in rated(empty).stderr
    empty.write_bytes(b"s,d,y\n1,2,\xff\xfe\n")
    assert "not text in UTF-8" in rated(empty).stderr
    twice = written(tmp_path, ["1,2,3,4"], header="s,d,y,y")
    assert "there are 2 columns 'y'" in rated(twice).stderr


def test_rows_without_a_rating_are_counted_and_said(tmp_path):
    result = rated(written(tmp_path, [*lines(), "1,2,NA", "1,3,"]), "--json")
    assert json.loads(result.stdout)["n"] == 400
    assert "Rows left out for want of y: 2." in result.stderr


def test_a_row_entered_twice_is_refused_where_it_can_be_told(tmp_path):
    dated = [f"{line},day {at}" for at, line in enumerate(lines())]
    result = rated(written(tmp_path, [*dated, dated[7]], header="s,d,y,day"))
    assert result.exit_code == 2
    assert "line 402: the same as line 9, word for word" in result.stderr
    result = rated(written(tmp_path, [*lines(), lines()[7]]))
    assert result.exit_code == 0
    assert "Rows that are the same as another: 1." in result.stderr


def test_parts_that_share_nobody_are_said(tmp_path):
    other = [f"x{line.replace(',', ',x', 1)}" for line in lines(seed=2)]
    result = rated(written(tmp_path, [*lines(), *other]), "--json")
    assert "Not separable: the ratings fall into 2 parts" in " ".join(result.stderr.split())
    assert json.loads(result.stdout)["parts"] == 2


def test_a_long_file_is_read_in_bounded_memory_and_its_broken_end_is_named(tmp_path):
    file = tmp_path / "long.csv"
    with file.open("w") as handle:
        handle.write("s,d,y,words\n")
        for at in range(60_000):
            handle.write(f"{at % 97},{at % 13},{at % 5},{at:0600d}\n")
        handle.write('5,6,3,"never close')
    tracemalloc.start()
    with pytest.raises(BadRating, match="line 60002: not CSV"):
        files.table(file, ["y"], ["s", "d"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < file.stat().st_size / 6


@pytest.mark.thorough
@pytest.mark.timeout(1_800)
def test_three_gigabytes_with_a_broken_last_line_say_which_line(tmp_path):
    file, rows = tmp_path / "huge.csv", 5_000_000
    with file.open("w") as handle:
        handle.write("s,d,y,words\n")
        for at in range(rows):
            handle.write(f"{at % 9973},{at % 113},{at % 5},{at:0600d}\n")
        handle.write('5,6,3,"never close')
    assert file.stat().st_size > 3e9
    command = Path(sys.executable).with_name("daybook")
    question = ["signals", "raters", file, "--value", "y", "--effect", "s", "--effect", "d"]
    ran = subprocess.run([command, *question], capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert f"line {rows + 2}: not CSV" in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < file.stat().st_size / 4


def test_parquet_gives_the_same_as_csv(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="an optional extra")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [line.split(",") for line in lines()]
    columns = {
        "s": [int(row[0]) for row in rows],
        "d": [row[1] for row in rows],
        "y": [float(row[2]) for row in rows],
    }
    file = tmp_path / "ratings.parquet"
    parquet.write_table(pyarrow.table(columns), file)
    told = json.loads(rated(file, "--json").stdout)
    same = json.loads(rated(written(tmp_path, lines()), "--json").stdout)
    assert told["sd"] == pytest.approx(same["sd"], rel=1e-9)
    columns["y"][3] = float("nan")
    parquet.write_table(pyarrow.table(columns), file)
    assert "row 4: y is nan" in rated(file).stderr
    file.write_bytes(b"not parquet")
    assert "not Parquet" in rated(file).stderr


def test_without_its_extra_parquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    file = tmp_path / "ratings.parquet"
    file.write_bytes(b"")
    result = rated(file)
    assert result.exit_code == 2
    assert "daybook[parquet]" in result.stderr
