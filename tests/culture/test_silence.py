"""The silence report finds the team whose manager discourages asking, in an organisation of which that is known."""

import csv
import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import transaction
from django.test import override_settings

from andon.culture import facts, silence
from andon.culture.models import Silence
from andon.escalations import actions
from andon.flow.demo import bring, rows
from andon.mechanisms.actions import import_register
from andon.people.actions import import_staff
from andon.people.models import Person
from andon.signals import imports
from andon.signals.models import Signal
from andon.simulate import Sizes, simulate
from andon.watch.models import Chart

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "out"
    sizes = Sizes(interactions=60_000, signals=3_000, months=9)
    simulate(folder, end=date(2026, 11, 22), sizes=sizes)
    return folder


@pytest.fixture(scope="module")
def organisation(files, django_db_setup, django_db_blocker, tmp_path_factory):
    """Its people, mechanisms, interactions and signals; and whoever is not silent has asked as the files say."""
    home = tmp_path_factory.mktemp("home")
    places = override_settings(UPLOADS=home / "uploads", LAKE=home / "lake")
    with django_db_blocker.unblock(), places, transaction.atomic():
        import_staff(rows(files / "teams.csv"), rows(files / "people.csv"), by=None, now=NOW)
        import_register(rows(files / "mechanisms.csv"), rows(files / "measures.csv"), None, NOW)
        by = Person.objects.at_work().with_role("analyst").first()
        bring(files / "interactions.parquet", "interactions", imports.import_interactions, by, NOW)
        bring(files / "signals.csv", "signals", imports.import_signals, by, NOW)
        _ask_as_the_files_say(files)
        yield silence.refresh(NOW)
        transaction.set_rollback(True)


def _ask_as_the_files_say(files) -> None:
    """One in six of the questions that teams_monthly.csv counts, each by somebody of the team."""
    rng = np.random.default_rng(3)
    leader = Person.objects.at_work().with_role("leader").get()
    since = NOW - silence.LOOKED_BACK
    for row in csv.DictReader((files / "teams_monthly.csv").open()):
        month = datetime.strptime(row["month"], "%Y-%m").replace(tzinfo=UTC)
        members = list(Person.objects.at_work().filter(team__name=row["team"])) or [leader]
        for _each in range(rng.binomial(int(row["escalations"]), 1 / 6) if month > since else 0):
            asked = month + timedelta(days=float(rng.uniform(0, 27)))
            actions.raise_escalation(
                by=members[int(rng.integers(len(members)))], now=asked, note="A customer."
            )


def truth(files) -> str:
    causes = json.loads((files / "truth.json").read_text())["causes"]
    return next(cause["team"] for cause in causes if cause["id"] == "silent-team")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_silent_team_is_found_and_no_other(organisation, files):
    far = [row["name"] for row in organisation.teams["rows"] if row["verdict"] == "far"]
    assert far == [truth(files)]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_team_after_whom_most_complain_is_the_one_of_which_that_is_true(organisation, files):
    most = max(organisation.teams["rows"], key=lambda row: row["cases"])
    assert most["name"] == truth(files)


@pytest.mark.django_db
class TestOfOneself:
    def test_an_out_of_spec_chart_that_nobody_asks_about_is_told(self, cast):
        _out(cast.late, cast.now - 10 * DAY)
        [found] = silence.refresh(cast.now).unasked
        assert (found["mechanism"], found["measure"]) == ("labels", "late")

    def test_one_that_somebody_asked_about_since_is_not(self, cast):
        _out(cast.late, cast.now - 10 * DAY)
        actions.raise_escalation(by=cast.alice, now=cast.now - DAY, measure=cast.late)
        assert silence.refresh(cast.now).unasked == []

    def test_a_question_from_before_does_not_count(self, cast):
        _out(cast.late, cast.now - 10 * DAY)
        actions.raise_escalation(by=cast.alice, now=cast.now - 20 * DAY, measure=cast.late)
        assert len(silence.refresh(cast.now).unasked) == 1

    def test_one_who_writes_often_is_one_customer(self, cast):
        Signal.objects.update(customer="the-same", mechanism=cast.labels, received_at=cast.now - DAY)
        assert facts.complaints(cast.now - 9 * DAY, cast.now).by_mechanism() == {cast.labels.pk: 1}

    def test_a_high_rating_is_no_complaint(self, cast):
        Signal.objects.update(band="high", mechanism=cast.labels, received_at=cast.now - DAY)
        assert not facts.complaints(cast.now - 9 * DAY, cast.now).by_mechanism()

    def test_a_question_counts_once_for_each_team_that_asks_it(self, cast):
        for by in (cast.alice, cast.bob, cast.lena):
            actions.raise_escalation(by=by, now=cast.now - DAY, signal=cast.torn, note="?")
        assert facts.asked_by_team(cast.now - 9 * DAY, cast.now) == {cast.phones.pk: 1, cast.service.pk: 1}

    def test_where_nobody_can_tell_nothing_is_said(self, cast):
        report = silence.refresh(cast.now)
        assert report.teams == {"can_tell": False, "rows": [], "left_out": 0}

    def test_teams_of_few_are_left_out(self, cast):
        teams = {cast.phones.pk: 40, cast.chat.pk: 30, cast.fulfilment.pk: 20}
        shown, left_out = silence._units(teams, {})
        assert (shown, left_out) == ([], 3)

    def test_questions_closed_at_once_without_an_answer_die_young(self, cast):
        for place in range(8):
            _closed(cast, place, answered=bool(place % 4))
        closed, young = facts.closed_by_team(cast.now - 9 * DAY, cast.now, silence.YOUNG)
        assert (closed, young) == ({cast.chat.pk: 8}, {cast.chat.pk: 2})

    def test_only_two_months_of_reports_are_kept(self, cast):
        for day in range(silence.KEPT + 3):
            silence.refresh(cast.now + day * DAY)
        assert Silence.objects.count() == silence.KEPT


def _out(measure, since):
    Chart.objects.create(measure=measure, computed_at=since, out=True, since=since, latest=0.2, customers=12)


def _closed(cast, place: int, answered: bool) -> None:
    at = cast.now - DAY
    asked = actions.raise_escalation(by=cast.alice, now=at, to_team=cast.chat, note=f"Question {place}")
    if answered:
        actions.write(asked, "made_right", "Sent a new one.", by=cast.lena, now=at)
    actions.close(asked, "Not now.", by=cast.alice, now=at + timedelta(hours=1))
