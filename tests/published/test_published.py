"""Published tables, to the last printed digit."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from daybook.config.commands.signals import app
from daybook.signals.agreement import cohen, fleiss, gwet, icc, krippendorff

DATA = Path(__file__).parents[3] / "shared/data"
BESIDE = pytest.mark.skipif(not DATA.exists(), reason="the public data lie beside the checkout")

# Shrout and Fleiss 1979, table 2: six targets, four judges.
JUDGES = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip

# Krippendorff 2011: four observers (rows), twelve units.
NONE = np.nan
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]

# Ten subjects, five categories, fourteen raters.
SUBJECTS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip

# SAS/STAT User's Guide, PROC FREQ, "Agreement Study": 88 patients as two dermatologists saw their
# skin (rows and columns), from terrible to clear.
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]


def printed(found, digits):
    return {name: round(each.value, digits) for name, each in found.items()}


def test_shrout_and_fleiss():
    assert printed(icc(JUDGES), 2) == {
        "ICC(1,1)": 0.17, "ICC(A,1)": 0.29, "ICC(C,1)": 0.71,
        "ICC(1,k)": 0.44, "ICC(A,k)": 0.62, "ICC(C,k)": 0.91,
    }  # fmt: skip


def test_the_intervals_of_shrout_and_fleiss():
    """As R's psych prints them for the same table."""
    ci = {name: tuple(np.round(each.ci, 2)) for name, each in icc(JUDGES).items()}
    assert ci["ICC(1,1)"] == (-0.13, 0.72)
    assert ci["ICC(A,1)"] == (0.02, 0.76)
    assert ci["ICC(C,1)"] == (0.34, 0.95)


def test_krippendorff():
    assert printed(krippendorff(np.transpose(OBSERVERS)), 3) == {
        "nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797,
    }  # fmt: skip


def test_fleiss():
    assert round(fleiss(SUBJECTS).value, 3) == 0.210


def test_gwet():
    """AC1 of the same four observers: Gwet 2021 prints 0.775."""
    assert round(gwet(np.transpose(OBSERVERS))["ac1"].value, 3) == 0.775


def test_cohen():
    """Kappa and, by distance, weighted kappa as the guide prints them."""
    found = cohen(pairs(SKIN))
    assert round(found["none"].value, 4) == 0.3449
    assert round(found["linear"].value, 4) == 0.5082


def test_cohen_by_squared_distance():
    """Fleiss and Cohen 1973: it is an intraclass correlation, the one that Lin 1989 calls
    concordance."""
    for table in (SKIN, [row[::-1] for row in SKIN]):
        one, other = np.transpose(pairs(table))
        shared = 2 * np.mean((one - one.mean()) * (other - other.mean()))
        concordance = shared / (one.var() + other.var() + (one.mean() - other.mean()) ** 2)
        assert cohen(pairs(table))["quadratic"].value == pytest.approx(concordance, abs=1e-12)


def pairs(table):
    return [
        [row, column]
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def told(*arguments):
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@BESIDE
def test_the_same_from_the_files():
    found = told("agreement", DATA / "shrout_fleiss_1979.csv", "--kind", "icc")
    assert [round(x, 2) for x in found["icc"].values()] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    found = told(
        "agreement", DATA / "krippendorff_2011_4x12.csv", "--kind", "krippendorff",
        "--no-header", "--raters-in", "rows",
    )  # fmt: skip
    assert [round(x, 3) for x in found["alpha"].values()] == [0.743, 0.815, 0.849, 0.797]
    file = DATA / "fleiss_example_10x5_14raters.csv"
    assert round(told("agreement", file, "--kind", "fleiss", "--no-header")["fleiss"], 3) == 0.210


@BESIDE
def test_leadership_climate_of_forty_nine_companies():
    file = DATA / "climate_lq2002.csv"
    items = ",".join(f"LEAD{item:02}" for item in range(1, 12))
    found = told("climate", file, "--items", items, "--group", "COMPID", "--scale", "1..5")
    assert found["items"] == 11
    printed_ = {name: round(value, 4) for name, value in found.items() if name != "items"}
    assert printed_ == {
        "alpha": 0.9022, "omega": 0.9031, "icc1": 0.0880, "icc2": 0.8008, "rwg": 0.8678,
    }  # fmt: skip
    alone = told("climate", file, "--items", "LEAD", "--group", "COMPID", "--scale", "1..5")
    assert (alone["alpha"], alone["omega"], alone["rwg"]) == (None, None, None)
    assert round(alone["icc1"], 4) == 0.0880
