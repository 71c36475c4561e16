"""The rooms of the house: who may know of whom."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
STAGES = [
    "people", "mechanisms", "signals", "watch", "escalations", "standards", "attribution", "evidence", "growth",
    "plans", "culture",
]  # fmt: skip
"""From the lowest up."""
DOORS = ["web"]
"""Above every stage; what they remember is theirs alone: the last form that somebody sent."""
OURS = [model for model in apps.get_models() if model.__module__.startswith("andon.")]
FOREIGN_KEYS = [
    field
    for model in OURS
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created and field.related_model in OURS
]


@pytest.mark.parametrize("field", FOREIGN_KEYS, ids=str)
def test_a_foreign_key_points_to_its_own_stage_or_one_below(field):
    here, there = (model._meta.app_label for model in (field.model, field.related_model))
    order = [*STAGES, *DOORS]
    assert order.index(there) <= order.index(here)


def test_every_stage_with_nouns_is_in_the_order_above():
    assert {model._meta.app_label for model in OURS} == {*STAGES, *DOORS}


def test_the_order_is_the_one_that_imports_are_checked_by():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers = [layer.strip("()") for layer in contract["layers"]]
    assert [layer for layer in reversed(layers) if layer in STAGES] == STAGES


def test_imports_go_downwards_only():
    program = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_no_noun_of_the_customer_half_has_a_field_for_a_culprit():
    named = {"culprit", "blame", "fault", "worker", "agent", "at_fault", "caused_by"}
    found = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if field.name in named
    ]
    assert found == []


@pytest.mark.django_db
def test_migrations_say_what_the_nouns_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_django_free_rooms_do_not_know_django():
    program = (
        "import sys, andon.stats, andon.lake, andon.plots, andon.analysis; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
