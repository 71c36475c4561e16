"""What was agreed is the line that person and process are separated at."""

from datetime import date

import pytest
from scipy.special import expit, logit

from andon.attribution.actions import separate
from andon.attribution.agreed import agreed_level, line_of
from andon.attribution.models import Separation
from andon.mechanisms.models import Measure
from andon.people.models import Team
from andon.standards.models import JobRole, Standard, StandardVersion
from tests.attribution.separated import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "measures")]
TODAY = date(2026, 3, 2)


def settled():
    return list(Measure.objects.filter(outcome="settled"))


def agree(level, unit="", team=None, role="agent", starts=date(2025, 1, 1)):
    job_role, _ = JobRole.objects.get_or_create(
        slug=role, defaults={"name": role, "purpose": "Helps customers."}
    )
    standard = Standard.objects.create(
        job_role=job_role, team=team, name=f"Settled {level}", measure=settled()[0]
    )
    return StandardVersion.objects.create(
        standard=standard, number=1, statement="Settle it.", level=level, unit=unit, serves="Customers are helped.",
        starts=starts, agreed_at=NOW, drafted_at=NOW,
    )  # fmt: skip


def test_without_one_there_is_none():
    assert agreed_level(settled(), TODAY) is None


def test_one_level_is_the_line_of_the_separation(happened):
    happened()
    agree(0.42)
    separate(NOW, ["settled"])
    separation = Separation.objects.get(outcome="settled")
    there = next(row for row in separation.mechanisms if row["slug"] == settled()[0].mechanism.slug)
    assert separation.standard == pytest.approx(
        expit(logit(separation.usual) + logit(0.42) - logit(there["adjusted"])), abs=1e-3
    )
    assert separation.standard_basis == ""


def test_a_level_lies_where_the_separation_puts_it(happened):
    happened()
    version = agree(0.42)
    separate(NOW, ["settled"])
    separation = Separation.objects.get(outcome="settled")
    assert line_of(version, separation) == pytest.approx(separation.standard, abs=1e-6)


def test_a_mechanism_that_was_not_separated_has_no_line(happened):
    happened()
    version = agree(0.42)
    separate(NOW, ["settled"])
    separation = Separation.objects.get(outcome="settled")
    separation.mechanisms = []
    assert line_of(version, separation) is None


def test_a_level_in_per_cent_is_put_on_the_scale_of_a_share():
    agree(85, "%")
    assert agreed_level(settled(), TODAY).level == pytest.approx(0.85)


def test_two_levels_are_no_line():
    agree(0.42)
    agree(0.5, team=Team.objects.first())
    assert agreed_level(settled(), TODAY) is None


def test_a_level_that_does_not_hold_yet_is_none():
    agree(0.42, starts=date(2027, 1, 1))
    assert agreed_level(settled(), TODAY) is None
