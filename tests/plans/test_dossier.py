"""One PDF that holds everything, and in which nothing can be altered or left out unseen."""

import io
from contextlib import suppress
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.utils import translation

from andon.evidence import access_log, reading
from andon.evidence.models import Entry
from andon.evidence.verifying import Unreadable, verify_bytes
from andon.plans import actions
from andon.plans.dossier import dossier
from andon.plans.dossier.telling import told
from andon.plans.models import Plan, Step
from tests.plans import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast, settings, tmp_path):
    settings.HOME = tmp_path
    story.ready(cast)
    cast.plan = story.active(cast)
    due = cast.now + timedelta(days=60)
    story.delivered(cast, cast.plan, due)
    actions.note(cast.plan.checkpoints.first(), "It goes better.", by=cast.alice, now=cast.now)
    actions.decide(cast.plan, "met", story.REASON, by=cast.martin, now=due)
    actions.approve(cast.plan, story.REASON, by=cast.hana, now=due)
    access_log.note(cast.martin, cast.alice, "Improvement plan", cast.now)
    cast.due = due
    return cast


@pytest.fixture
def pdf(closed):
    return dossier(closed.plan, by=closed.alice, now=closed.due)


def test_it_is_intact_as_it_was_made(pdf):
    found = verify_bytes(pdf)
    assert found.problems == []
    assert found.entries > 10


def looks_intact(pdf):
    """What cannot be read at all is not taken for intact either."""
    with suppress(Unreadable):
        return verify_bytes(pdf).intact
    return False


def test_every_place_that_is_altered_is_found(pdf):
    step = len(pdf) // 20
    for place in range(1, len(pdf), step):
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert not looks_intact(altered), f"byte {place}"


def test_its_words_are_on_the_pages(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "ledger.json" in opened.attachments
        assert len(opened.pages) >= 2
        assert opened.open_metadata()["pdfaid:part"] == "3"


def test_its_words_are_in_the_language_of_whoever_asks_and_what_people_wrote_stays(closed):
    with translation.override("de"):
        words = told(closed.plan, closed.alice, [], closed.due)
        made = dossier(closed.plan, by=closed.alice, now=closed.due)
    gate = words["gates"][0]["conditions"]
    assert gate[0]["name"] == "Der Standard war in Kraft, messbar und bekannt"
    assert words["labels"]["gate"] == "Die Schwelle"
    assert "Abgeschlossen" in words["state"] or "Geschlossen" in words["state"]
    assert any("It goes better." in note for one in words["checkpoints"] for note in one["notes"])
    assert verify_bytes(made).problems == []


def test_what_people_wrote_is_never_markup(cast, settings, tmp_path):
    settings.HOME = tmp_path
    story.ready(cast)
    plan = story.active(cast, why="#panic() *bold* $x$ \\ @label <b>")
    assert verify_bytes(dossier(plan, by=cast.martin, now=cast.now)).intact


def test_that_somebody_else_made_one_is_on_the_record(closed):
    dossier(closed.plan, by=closed.martin, now=closed.due)
    assert Entry.objects.filter(what="plan.dossier_made").count() == 1


def test_a_step_that_is_altered_in_the_database_is_found(closed):
    """By somebody who owns the tables, and took what refuses it away."""
    assert reading.check().problems == []
    with connection.cursor() as cursor:
        on = " ON plans_step" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER plans_step_no_update{on}")
    Step.objects.filter(kind="decided").update(words="Something else.")
    assert any("Step" in problem for problem in reading.check().problems)


@pytest.mark.parametrize("change", [{"outcome": "not met"}, {"stage": "active"}, {"appealing": "open"}])
def test_a_plan_that_stands_as_its_steps_do_not_say_is_found(closed, change):
    Plan.objects.filter(pk=closed.plan.pk).update(**change)
    assert any("its steps say something else" in problem for problem in reading.check().problems)
