"""Alice’s story up to an open gate: a standard that she knows, a calm mechanism, coaching that was kept, evidence seen.

Late parcels are hers at nine in a hundred where five were agreed. Nobody in it exists.
"""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np

from andon.attribution.models import Estimate, Separation
from andon.evidence import actions as evidence
from andon.growth.actions import coaching
from andon.growth.actions import promises as support
from andon.people.models import Grant, Person
from andon.plans import actions
from andon.plans.rules.targets import Content, Support, Target, checkpoints
from andon.standards.models import Acknowledgement, Holding, JobRole, Standard, StandardVersion
from andon.watch.models import Chart, ChartException

WHY = "Customers of hers wait longer, and coaching has not changed it."
REASON = "As we have talked over together."
FINE = "meets standard"


def add_second_hr(cast) -> Person:
    """Somebody else of HR, who works for nobody here."""
    cast.hugo = Person.objects.create_person(
        number="40",
        name="Hugo Partner",
        email="hugo@example.com",
        password=cast.password,
        joined=date(2024, 1, 1),
    )
    Grant.objects.create(person=cast.hugo, role="hr_partner", granted_at=cast.now)
    return cast.hugo


def agreed(cast, **more) -> StandardVersion:
    """The standard of agents: at most five parcels in a hundred late; known to Alice since the year before."""
    long_ago = cast.now - timedelta(days=300)
    cast.role = JobRole.objects.create(slug="agent", name="Agent")
    for person in (cast.alice, cast.bob, cast.charlie):
        Holding.objects.create(person=person, job_role=cast.role, starts=date(2024, 1, 1))
    told = {"measure": cast.late, **more}
    cast.standard = Standard.objects.create(job_role=cast.role, name="Parcels come on time", **told)
    version = StandardVersion.objects.create(
        standard=cast.standard, number=1, statement="At most five in a hundred come late.",
        level=0.05 if told["measure"] else None, unit="share", good="low", serves="Nobody waits in vain.",
        starts=long_ago.date(), agreed_by=cast.hana, agreed_at=long_ago, drafted_at=long_ago,
    )  # fmt: skip
    Acknowledgement.objects.create(version=version, person=cast.alice, at=long_ago)
    cast.version = version
    return version


def calm_chart(cast, level: float = 0.03) -> Chart:
    """Forty weeks up to last week, in control and within spec."""
    at = [cast.now - timedelta(weeks=40 - i) for i in range(40)]
    flat = {
        "n": 500.0, "value": level, "centre": level, "lower": 0.0, "upper": 0.06, "marks": 0, "reasons": "", "phase": 0,
    }  # fmt: skip
    points = {
        "at": [f"{one:%Y-%m-%dT%H:%M:%S}" for one in at],
        **{name: [x] * 40 for name, x in flat.items()},
    }
    Chart.objects.filter(measure=cast.late).delete()
    return Chart.objects.create(
        measure=cast.late, computed_at=cast.now, through=cast.now - timedelta(days=2), latest=level,
        points=points,
    )  # fmt: skip


def out(cast) -> None:
    """Three weeks ago the mechanism went out of control."""
    at = cast.now - timedelta(weeks=3)
    ChartException.objects.create(
        measure=cast.late, at=at, value=0.09, rules="1", worse=True, first_seen=at,
        reason="The week is far above its limit.",
    )  # fmt: skip


def separated(cast, **more) -> Separation:
    """Forty people; Alice’s own part is worse than agreed, by more than chance."""
    told = {
        "computed_at": cast.now, "starts": cast.now - timedelta(days=400), "ends": cast.now - timedelta(days=1),
        "n": 40_000, "workers": 41, "standard": 0.06, "standard_basis": "Nobody agreed it.", "usual": 0.03,
        "verdicts": True, "unit": "share",
        "mechanisms": [{"name": "Address labels", "slug": "labels", "adjusted": 0.03}],
    }  # fmt: skip
    cast.separation = Separation.objects.create(
        outcome="late", kind="proportion", good="low", **(told | more)
    )
    estimated(cast.alice, cast.separation, 0.09, verdict="below standard")
    estimated(cast.bob, cast.separation, 0.03)
    rng = np.random.default_rng(4)
    for i, level in enumerate(rng.normal(0.03, 0.004, 40)):
        somebody = Person.objects.create_person(number=f"x{i}", name=f"Somebody {i}", joined=date(2024, 1, 1))
        Holding.objects.create(person=somebody, job_role=cast.role, starts=date(2024, 1, 1))
        estimated(somebody, cast.separation, float(level))
    return cast.separation


def estimated(
    person: Person, of: Separation, level: float, spread: float = 0.008, verdict: str = FINE
) -> Estimate:
    return Estimate.objects.create(
        separation=of, person=person, n=1000, mechanisms=2, raw=level, adjusted=level, low=level - 2 * spread,
        high=level + 2 * spread, p_below=0.5, reliability=0.8, verdict=verdict, why="By the cases served.",
    )  # fmt: skip


def coached(cast, *, follow: bool = True, deliver: bool = True) -> None:
    then = cast.now - timedelta(days=60)
    note = coaching.note_coaching(
        cast.alice, situation="Parcels of this week", behaviour="Labels were printed without a look at the address",
        impact="Customers waited two days longer", agreed_action="Read the address aloud before printing",
        follow_up_on=(then + timedelta(days=20)).date(), by=cast.martin, now=then, standard=cast.standard,
    )  # fmt: skip
    cast.promise = support.promise(
        cast.alice, what="Training on the new labels", kind="training", owed_by=cast.martin,
        due=(then + timedelta(days=14)).date(), by=cast.martin, now=then, coaching=note,
    )  # fmt: skip
    if deliver:
        support.deliver(cast.promise, "Half a day with Olga.", by=cast.martin, now=then + timedelta(days=10))
    if follow:
        coaching.follow_up(
            note, "Better on some days", their_part="done", our_part="done", by=cast.martin,
            now=then + timedelta(days=20),
        )  # fmt: skip


def evidenced(cast, *, seen: bool = True) -> None:
    then = cast.now - timedelta(days=30)
    cast.item = evidence.add_item(
        cast.alice, "measure", title="Late parcels in January", text="Nine in a hundred, on the usual mix of work.",
        happened_on=then.date(), source="The chart of address labels", by=cast.martin, now=then, measure=cast.late,
    )  # fmt: skip
    if seen:
        evidence.see([cast.item], by=cast.alice, now=then + timedelta(days=1))
        evidence.reply(cast.item, "I took the hard addresses.", by=cast.alice, now=then + timedelta(days=2))


def ready(cast) -> SimpleNamespace:
    """Everything that opens the gate."""
    add_second_hr(cast)
    agreed(cast)
    calm_chart(cast)
    separated(cast)
    coached(cast)
    evidenced(cast)
    return cast


def content(cast, days: int = 60, **more) -> Content:
    today = cast.now.date()

    def after(n: int) -> str:
        return (today + timedelta(days=n)).isoformat()

    chart = "the chart of address labels"
    target = Target("Late parcels", chart, after(days), 0.09, 0.05, "share", "low", cast.late.pk)
    told = {
        "why": WHY,
        "days": days,
        "targets": (target,),
        "supports": (
            Support("Read what customers wrote, together", "reviews", cast.martin.pk, after(14)),
            Support("Two mornings at the label printer", "training", cast.martin.pk, after(21)),
        ),
        "checkpoints": checkpoints(today, days),
    }
    return Content(**(told | more))


def examined(cast):
    """Martin looked at the gate, and it is open."""
    return actions.examine(cast.alice, cast.version, WHY, by=cast.martin, now=cast.now)


def proposed(cast, **more):
    return actions.propose(examined(cast), content(cast, **more), by=cast.martin, now=cast.now)


def issued(cast, **more):
    plan = proposed(cast, **more)
    actions.take_up(plan, by=cast.hana, now=cast.now)
    actions.agree(plan, REASON, by=cast.hana, now=cast.now)
    return actions.issue(plan, by=cast.martin, now=cast.now)


def active(cast, **more):
    return actions.acknowledge(
        issued(cast, **more), "I have it, and do not agree.", by=cast.alice, now=cast.now
    )


def delivered(cast, plan, at) -> None:
    for one in plan.supports.all():
        support.deliver(one.promise, "It came.", by=cast.martin, now=at)
