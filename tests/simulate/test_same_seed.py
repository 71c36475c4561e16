"""The same seed, sizes and end give the same bytes."""

import hashlib
from datetime import date

from andon.simulate import Sizes, simulate

SIZES = Sizes(people=24, months=3, interactions=3_000, signals=80)


def digests(folder, **options):
    simulate(folder, **({"end": date(2026, 3, 1), "sizes": SIZES, "seed": 5} | options))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_another_seed_gives_other_interactions_signals_and_people(tmp_path):
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two", seed=6)
    assert not any(
        one[name] == two[name] for name in ("interactions.parquet", "signals.csv", "people.csv", "truth.json")
    )


def test_the_register_of_measures_does_not_hang_on_the_seed(tmp_path):
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two", seed=6)
    assert one["measures.csv"] == two["measures.csv"]


def test_fewer_signals_leave_the_interactions_as_they_are(tmp_path):
    few = Sizes(people=24, months=3, interactions=3_000, signals=10)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two", sizes=few)
    assert one["interactions.parquet"] == two["interactions.parquet"]


def test_the_true_effects_change_no_file_but_the_truth(tmp_path):
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two", effects_too=True)
    assert {name for name in one if one[name] != two[name]} == {"truth.json"}
