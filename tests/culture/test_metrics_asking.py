"""What an audit asks of the lake: everywhere and where, with whom held alike, and which limits people know of."""

from datetime import date
from pathlib import Path

import pytest

from andon.attribution.cells import Brought
from andon.culture.metrics import keeping
from andon.culture.metrics.asking import Ground, limits_of, question
from andon.culture.metrics.columns import Outcome
from andon.mechanisms.models import Measure, Mechanism
from andon.standards import actions as standards

COLUMNS = {
    "at": "time", "mechanism": "text", "worker": "text", "team": "text", "csat": "number", "handling_time": "number",
    "transfers": "number",
}  # fmt: skip
CSAT = Outcome("csat", "high")


def measure(slug, outcome="handling_time", **more):
    return Measure(mechanism=Mechanism(slug=slug), outcome=outcome, kind="value", good="low", **more)


def ground(people, *measures, columns=COLUMNS, limits=None):
    data = Brought([Path("lake.parquet")], None, None)
    return Ground(data, columns, people, measures, (CSAT,), limits or {})


def test_everywhere_first_and_then_mechanisms_in_the_lake_with_a_number_of_the_work():
    counted = measure("phone"), measure("chat"), measure("shop", "csat"), measure("not-in-the-lake")
    about = ground({"phone": 9, "chat": 7, "shop": 8}, *counted)
    assert about.scopes() == ["", "chat", "phone"]


def test_where_very_few_serve_there_is_no_audit_of_its_own_but_where_nobody_is_named_there_is():
    about = ground({"phone": 9, "desk": 4, "site": 0}, measure("phone"), measure("desk"), measure("site"))
    assert about.scopes() == ["", "phone", "site"]
    assert about.few == {"desk"}


def test_everybody_is_compared_with_themselves_in_the_same_work_and_team():
    asked = question(ground({"phone": 9}, measure("phone")), CSAT, "phone")
    assert (asked.worker, asked.mechanism, asked.team) == (("worker",), ("mechanism",), ("team",))
    assert asked.where == ("mechanism=phone",)
    assert asked.metrics == ("handling_time", "transfers")
    assert asked.spec.good == "high"
    assert asked.spec.better == {"handling_time": "low"}


def test_where_nobody_is_named_nobody_is_asked_for():
    about = ground({"phone": 9, "site": 0}, measure("site"))
    assert question(about, CSAT, "site").worker == ()
    assert question(about, CSAT, "").worker == ("worker",)


def test_without_such_columns_nothing_is_asked_of_them():
    columns = {name: COLUMNS[name] for name in ("at", "csat", "handling_time")}
    asked = question(ground({}, columns=columns), CSAT, "")
    assert (asked.worker, asked.mechanism, asked.team) == ((), (), ())


def test_a_limit_of_one_mechanism_says_nothing_of_another():
    limits = {("phone", "handling_time"): (480.0,), ("chat", "handling_time"): (500.0,)}
    about = ground({"phone": 9, "chat": 9}, measure("phone"), limits=limits)
    assert question(about, CSAT, "phone").spec.limits == {"handling_time": (480.0,)}
    assert question(about, CSAT, "").spec.limits == {}


@pytest.mark.django_db
def test_limits_are_targets_limits_and_levels_that_were_agreed(cast):
    cast.refund_days.target, cast.refund_days.spec_upper = 3.0, 5.0
    cast.refund_days.save()
    role = standards.add_role(
        "Agent", purpose="Helps.", serves="They are helped.", by=cast.hana, now=cast.now
    )
    standards.bring_in_standard(
        role, name="A refund in four days", statement="It takes four days.", serves="Their money.", team=None,
        measure=cast.refund_days, behaviour=None, outcome_measure=None, level=4.0, starts=date(2026, 2, 1),
        agreed_before=date(2026, 1, 1), source="Handbook", by=cast.hana, now=cast.now,
    )  # fmt: skip
    assert limits_of(Measure.objects.in_use().select_related("mechanism")) == {
        ("refunds", "days"): (3.0, 4.0, 5.0)
    }


def test_numbers_are_kept_as_far_as_they_mean_anything_and_english_sentences_not_at_all():
    kept = keeping.rounded(
        {"effect": 0.123456789, "sentence": "x", "rows": [{"n": 3, "sentence": "y"}], "none": None}
    )
    assert kept == {"effect": 0.123457, "rows": [{"n": 3}], "none": None}
