"""What was written of a plan stays as it was, whoever asks the database; an erasure alone takes words away."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from andon.evidence import reading
from andon.evidence.law import erasing
from andon.plans.models import Examination, Plan, Step, Version
from tests.plans import story


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def plan(cast):
    story.ready(cast)
    return story.active(cast)


def refused(sql):
    with (
        pytest.raises(DatabaseError, match="of a plan does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


CHANGES = [
    "plans_version SET content = '{}'", "plans_version SET number = 9", "plans_version SET digest = ''",
    "plans_step SET words = 'So be it.'", "plans_step SET kind = 'withdrawn'", "plans_step SET data = '{}'",
    "plans_examination SET conditions = '{}'", "plans_examination SET reason = ''",
    "plans_plan SET gate = '{}'", "plans_plan SET gate_at_issue = NULL", "plans_plan SET person_id = 1",
    "plans_citation SET item_id = 0",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_was_written_is_changed(plan, change):
    refused(f"UPDATE {change}")


@pytest.mark.parametrize("table", ["plan", "version", "step", "examination", "citation"])
def test_nothing_that_was_written_is_deleted(plan, table):
    refused(f"DELETE FROM plans_{table}")


def test_what_a_plan_is_looked_up_by_may_change(plan):
    Plan.objects.filter(pk=plan.pk).update(due=date(2026, 12, 1))


@pytest.fixture
def erased(plan, cast):
    """Alice left, her plan was closed, and what was said of her was erased."""
    from andon.plans import actions

    cast.alice.left, cast.alice.is_active = cast.now.date() + timedelta(days=5), False
    cast.alice.save()
    cast.later = cast.now + timedelta(days=90)
    actions.close_for_leavers(cast.later)
    erasing.erase_person(cast.alice, why="leaver", by=cast.hana, now=cast.later)
    return Plan.objects.get(pk=plan.pk)


def test_an_erasure_takes_the_words_of_a_plan_along(erased):
    said = [list(model.objects.values()) for model in (Plan, Version, Step, Examination)]
    for words in (story.WHY, "do not agree", "Two mornings", "customers"):
        assert words not in str(said)


def test_after_an_erasure_the_ledger_and_what_repeats_it_still_agree(erased):
    assert reading.check().problems == []


def test_after_an_erasure_its_pages_still_open(erased, cast, client):
    client.force_login(cast.hana)
    for address in ("/plans/", "/hr/plans/", f"/hr/consistency/?standard={cast.standard.pk}"):
        assert client.get(address).status_code == 200, address
    assert client.get(f"/plans/{erased.pk}/").status_code == 404
