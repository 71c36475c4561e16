"""The metrics of a small made-up organisation audited from its lake: what was planted is found, and nobody is named."""

import json
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from andon.analysis.metrics.spec import MATTERS, NOT
from andon.culture.centre import actions as centre
from andon.culture.centre.models import CentreFigure
from andon.culture.metrics import actions
from andon.culture.metrics.feeling import NOT_FELT, OWN, Feelings
from andon.culture.metrics.models import MetricAudit
from andon.culture.metrics.resting import resting
from andon.flow.demo import bring, rows
from andon.mechanisms.actions import import_register
from andon.mechanisms.models import Measure
from andon.people.actions import import_staff
from andon.people.models import Person
from andon.signals.imports import import_interactions
from andon.simulate import Sizes, simulate
from andon.standards import actions as standards
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SIZES = Sizes(people=60, teams=4, mechanisms=2, months=18, interactions=60_000, signals=50)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def organisation(tmp_path_factory, django_db_setup, django_db_blocker):
    """Sixty people, two mechanisms; brought in once for all tests here, which only look; undone at the end."""
    home = tmp_path_factory.mktemp("organisation")
    simulate(home / "files", end=date(2026, 3, 1), sizes=SIZES)
    places = override_settings(UPLOADS=home / "uploads", LAKE=home / "lake")
    with django_db_blocker.unblock(), places, transaction.atomic():
        _bring(home / "files")
        yield home
        transaction.set_rollback(True)


def _bring(files):
    import_staff(rows(files / "teams.csv"), rows(files / "people.csv"), by=None, now=NOW)
    import_register(rows(files / "mechanisms.csv"), rows(files / "measures.csv"), None, NOW)
    analyst = Person.objects.at_work().with_role("analyst").first()
    bring(files / "interactions.parquet", "interactions", import_interactions, analyst, NOW)
    _hold_people_to_it()
    centre.count(NOW)
    assert actions.audit(NOW, ["csat", "repeat_contact"], ["phone-line"]) == 2


def _hold_people_to_it():
    """A standard and a key result on the time of a call, as its target in the register."""
    partner = Person.objects.at_work().with_role("hr_partner").first()
    time = Measure.objects.get(mechanism__slug="phone-line", slug="handling-time")
    asked = {"by": partner, "now": NOW}
    role = standards.add_role(
        "Customer adviser", purpose="Helps callers.", serves="They are helped.", **asked
    )
    standards.bring_in_standard(
        role, name="Calls of eight minutes at most", statement="No call takes longer.", serves="Shorter waits.",
        team=None, measure=time, behaviour=None, outcome_measure=None, level=480.0, starts=date(2026, 2, 1),
        agreed_before=date(2026, 1, 1), source="Handbook", **asked,
    )  # fmt: skip
    objective = standards.write_objective(
        "Shorter calls", why="", cycle=None, team=None, measure=None, **asked
    )
    told = {"title": "Handling time of a call", "baseline": 330.0, "target": 280.0, "unit": "seconds"}
    standards.add_key_result(objective, good="low", measure=time, **told, **asked)


def audit(outcome, mechanism="phone-line") -> MetricAudit:
    return MetricAudit.objects.get(outcome=outcome, mechanism=mechanism)


def planted(organisation) -> dict:
    truth = json.loads((organisation / "files" / "truth.json").read_text())
    return next(one for one in truth["causes"] if one["kind"] == "target that buys nothing")


def test_the_planted_target_buys_nothing_and_is_said_to(organisation):
    cause = planted(organisation)
    assert cause["mechanism"] == "phone-line"
    assert "phone-line/handling-time" in cause["measures"]
    assert audit("repeat_contact").verdicts["handling_time"]["verdict"] == NOT
    assert audit("csat").verdicts["resolved_first"] == {"verdict": MATTERS, "more": "better"}


def test_calls_handed_on_just_before_the_limit_are_found(organisation):
    harms = [one for one in audit("repeat_contact").content["harms"] if one["harmful"]]
    assert [(one["metric"], one["mechanism"], one["limit"]) for one in harms] == [
        ("handling_time", "phone-line", 480)
    ]
    assert harms[0]["others"][0]["metric"] == "transfers"


def test_the_standard_the_key_result_and_the_target_that_rest_on_it_are_named(organisation):
    partner = Person.objects.at_work().with_role("hr_partner").first()
    found = [one for one in resting(partner, TODAY) if one.measure.slug == "handling-time"]
    assert {one.kind for one in found} == {"standard", "key result", "target"}
    assert [one.sentence for one in found if "no difference to" not in one.sentence] == []
    assert "Calls of eight minutes at most" in [one.name for one in found]


def test_what_customers_feel_is_not_held_against_itself(organisation):
    feelings = Feelings()
    own = Measure.objects.get(mechanism__slug="phone-line", outcome="csat")
    assert feelings.of(own).state == OWN
    time = Measure.objects.get(mechanism__slug="phone-line", outcome="handling_time")
    assert feelings.of(time).state == NOT_FELT


def test_nobody_is_in_what_is_kept(organisation):
    numbers = {str(one) for one in Person.objects.values_list("number", flat=True)}
    names = set(Person.objects.values_list("name", flat=True))
    for one in MetricAudit.objects.all():
        told = _texts([one.verdicts, one.content, one.problem])
        assert not told & (numbers | names)


def _texts(thing) -> set[str]:
    if isinstance(thing, dict):
        return set(thing) | {text for one in thing.values() for text in _texts(one)}
    if isinstance(thing, list):
        return {text for one in thing for text in _texts(one)}
    return {thing} if isinstance(thing, str) else set()


def test_the_contact_centre_is_counted_by_the_rows(organisation):
    import duckdb

    path = str(organisation / "files" / "interactions.parquet")
    wait = "CASE WHEN abandoned THEN 0 ELSE (wait_time <= 120)::INT END"
    nps = "CASE WHEN nps >= 9 THEN 100 WHEN nps <= 6 THEN -100 WHEN nps >= 0 THEN 0 END"
    told = duckdb.sql(
        f"SELECT avg({nps}), avg((csat >= 4)::INT), avg(handling_time), avg(abandoned::INT), "
        f"avg(CASE WHEN wait_time IS NOT NULL THEN {wait} END) FROM '{path}' WHERE mechanism = 'phone-line'"
    ).fetchall()[0]
    for key, value in zip(("nps", "csat", "handling", "abandoned", "service"), told, strict=True):
        assert CentreFigure.objects.get(key=key, mechanism="phone-line").overall == pytest.approx(value)


def test_all_contacts_are_those_with_waiting_or_talking_and_no_warehouse(organisation):
    assert set(CentreFigure.objects.values_list("mechanism", flat=True)) == {"", "phone-line"}
    assert CentreFigure.objects.get(key="service", mechanism="").basis["limits"] == {"phone-line": 120}
    assert not CentreFigure.objects.filter(key="occupancy").exists()
