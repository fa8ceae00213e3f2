"""More machines than one: the same answer, with raters that cross partitions."""

import numpy as np
import pytest
from typer.testing import CliRunner

from daybook.signals.errors import BadRating, NoRatings, OneLevel
from daybook.signals.raters import fit, raters

distributed = pytest.importorskip("distributed", reason="an optional extra")
cluster = pytest.importorskip("daybook.signals.raters.cluster")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as workers,
        distributed.Client(workers) as client,
    ):
        yield client


def service(ratings=30_000, seed=0):
    random = np.random.default_rng(seed)
    person = random.integers(0, 2000, ratings)
    officer = random.integers(0, 150, ratings)
    day = random.integers(0, 80, ratings)
    value = 3 + random.standard_normal(ratings)
    value += 0.7 * random.standard_normal(2000)[person]
    value += 0.5 * random.standard_normal(150)[officer]
    value += 0.4 * random.standard_normal(80)[day]
    return value, {"person": person, "officer": officer, "day": day}


@pytest.fixture(params=[0, 400], ids=["random signs", "in full"])
def few_levels(request, monkeypatch):
    monkeypatch.setattr(fit, "FEW_LEVELS", request.param)
    monkeypatch.setattr("daybook.signals.raters.blocks.RATINGS_A_BLOCK", 8_000)


def same(one, other):
    assert one.sd == pytest.approx(other.sd, rel=1e-8)
    assert one.intercept == pytest.approx(other.intercept, rel=1e-8)
    assert (one.n, one.parts) == (other.n, other.parts)
    for name, levels in one.levels.items():
        np.testing.assert_array_equal(levels.label, other.levels[name].label)
        np.testing.assert_array_equal(levels.count, other.levels[name].count)
        np.testing.assert_allclose(levels.effect, other.levels[name].effect, atol=1e-8)


def in_parts(client, value, effects, pieces=5):
    """Cut without regard to anybody: people, officers and days all cross the partitions."""
    parts = [
        cluster.Part(value[those], {name: codes[those] for name, codes in effects.items()})
        for those in np.array_split(np.arange(value.size), pieces)
    ]
    return client.scatter(parts, hash=False)


@pytest.mark.usefixtures("few_levels")
def test_workers_come_to_the_same_answer(client):
    value, effects = service()
    alone = raters(value, effects, with_levels=True)
    held = raters(value, effects, with_levels=True, place=cluster.Cluster(client))
    same(held, alone)
    parts = in_parts(client, value, effects)
    same(cluster.raters_in_parts(client, parts, with_levels=True), alone)


def test_partitions_that_share_nobody_are_counted(client):
    value, effects = service(4000)
    apart = {name: np.concatenate([c, c + 5000]) for name, c in effects.items()}
    value = np.tile(value, 2)
    alone = raters(value, apart)
    assert alone.parts == 2
    assert cluster.raters_in_parts(client, in_parts(client, value, apart)).parts == 2


def test_bad_partitions_are_named(client):
    value, effects = service(2000)
    with pytest.raises(NoRatings):
        cluster.raters_in_parts(client, [])
    value[1500] = np.nan
    with pytest.raises(BadRating, match="row 300: part 3: value is nan"):
        cluster.raters_in_parts(client, in_parts(client, value, effects))
    value[1500] = 1
    effects["day"][:] = 4
    with pytest.raises(OneLevel, match="day is 4 in every row"):
        cluster.raters_in_parts(client, in_parts(client, value, effects))


def test_the_command_takes_a_cluster(client, tmp_path, monkeypatch):
    from daybook.config.commands.signals import app

    value, effects = service(2000)
    rows = zip(effects["person"], effects["officer"], value, strict=True)
    file = tmp_path / "ratings.csv"
    file.write_text("s,d,y\n" + "\n".join(f"{s},{d},{y}" for s, d, y in rows) + "\n")
    question = ["raters", str(file), "--value", "y", "--effect", "s", "--effect", "d", "--json"]
    alone = CliRunner().invoke(app, question)
    address = client.scheduler.address
    there = CliRunner().invoke(app, [*question, "--cluster", address])
    assert there.exit_code == 0, there.output
    assert there.stdout == alone.stdout
    monkeypatch.setenv("DAYBOOK_CLUSTER", address)
    assert CliRunner().invoke(app, question).stdout == alone.stdout
    wrong = CliRunner().invoke(app, [*question, "--cluster", "tcp://127.0.0.1:9"])
    assert wrong.exit_code == 2
    assert "no cluster answers at tcp://127.0.0.1:9" in " ".join(wrong.stderr.split())
