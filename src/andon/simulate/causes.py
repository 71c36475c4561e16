"""What is planted, as data: a shift of one column of some rows for some time, and the words for truth.json."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from .mechanisms import Mechanism
from .people import Staff
from .sizes import Window, at_midnight

NEW_PRODUCT = "Tidewell kettle"
CALLER_CONTACTS = 86
LIMIT_SECONDS = 480


@dataclass(frozen=True, slots=True)
class Shift:
    """`by` is added to the log-odds of a yes/no column, the log of a time, or the latent score of a rating.

    An empty mechanism means every one; "ease" moves everything that hangs on how well a customer was helped.
    """

    column: str
    by: float
    mechanism: str = ""
    start: np.datetime64 = field(default_factory=lambda: np.datetime64("0001-01-01", "s"))
    end: np.datetime64 = field(default_factory=lambda: np.datetime64("9999-01-01", "s"))
    shape: str = "step"
    worker: int | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A target on handling time: contacts that would outlast `limit` seconds are often handed on just before it."""

    mechanism: str
    start: np.datetime64
    limit: int = LIMIT_SECONDS
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Cause:
    """One planted cause. `contrast` says which rows to compare for its size: see `truth.py`."""

    id: str
    kind: str
    start: np.datetime64
    end: np.datetime64
    sentence: str
    find: str
    mechanism: str = ""
    columns: tuple[str, ...] = ()
    contrast: str = "before"
    special: bool = True
    shifts: tuple[Shift, ...] = ()
    cut: Cut | None = None
    worker: int | None = None
    team: int | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the builders of causes may look at."""

    window: Window
    mechanisms: tuple[Mechanism, ...]
    staff: Staff

    def has(self, slug: str) -> bool:
        return any(mechanism.slug == slug for mechanism in self.mechanisms)

    def span(self, start: date, days: int | None = None) -> tuple[np.datetime64, np.datetime64]:
        """From the start of a day for `days`, never past the end of the window."""
        end = self.window.end if days is None else min(start + timedelta(days=days), self.window.end)
        return at_midnight(start), at_midnight(end)

    @property
    def whole(self) -> tuple[np.datetime64, np.datetime64]:
        return self.span(self.window.start)


def plan_causes(plan: Plan) -> tuple[Cause, ...]:
    """Every cause that fits: its mechanism exists and its time lies in the window."""
    made = (build(plan) for build in BUILDERS)
    return tuple(cause for cause in made if cause is not None and cause.start < cause.end)


def _needs(slug: str) -> Callable[[Callable[[Plan], Cause]], Callable[[Plan], Cause | None]]:
    """The cause is planted only where its mechanism exists."""

    def wrap(build: Callable[[Plan], Cause]) -> Callable[[Plan], Cause | None]:
        return lambda plan: build(plan) if plan.has(slug) else None

    return wrap


@_needs("pick-and-pack")
def label_change(plan: Plan) -> Cause:
    days = min(35, max(7, plan.window.days // 6))
    start, end = plan.span(plan.window.day(0.70, weekday=0), days)
    return Cause(
        "label-change", "step and back", start, end,
        "New shelf labels gave two sizes the same code; parcels with a wrong item doubled until the labels were put right.",
        "andon review interactions.parquet --at at --where mechanism=pick-and-pack --outcome wrong_item --good low --every week",
        "pick-and-pack", ("wrong_item", "line_errors"),
        shifts=(Shift("wrong_item", 0.75, "pick-and-pack", start, end),),
    )  # fmt: skip


@_needs("returns-and-refunds")
def refund_rule(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.55, weekday=0))
    return Cause(
        "refund-rule", "step that stays", start, end,
        "A rule asks for a second approval of every refund above 40; fewer refunds are issued within three days, ever since.",
        "andon review interactions.parquet --at at --where mechanism=returns-and-refunds --outcome refund_in_time --every week",
        "returns-and-refunds", ("refund_in_time", "time_to_resolve"),
        shifts=(Shift("refund_in_time", -1.05, "returns-and-refunds", start, end),),
    )  # fmt: skip


@_needs("sign-in")
def login_outage(plan: Plan) -> Cause:
    day = plan.window.day(0.86, weekday=1)
    start, end = at_midnight(day, 9), at_midnight(day, 15)
    if end > at_midnight(plan.window.end):
        start = end
    return Cause(
        "login-outage", "one day", start, end,
        "A certificate ran out and was replaced after six hours; meanwhile most sign-ins failed.",
        "andon review interactions.parquet --at at --where mechanism=sign-in --outcome signin_failed --good low --every day",
        "sign-in", ("signin_failed",),
        shifts=(Shift("signin_failed", 4.2, "sign-in", start, end),),
    )  # fmt: skip


@_needs("product-advice")
def new_product(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.76, weekday=0))
    return Cause(
        "new-product", "new words", start, end,
        f"The {NEW_PRODUCT} went on sale and nobody had been briefed; customers write about a descaling light that nobody can explain.",
        "Look for words that are new among the signals; then: andon review interactions.parquet --at at "
        f"--where 'product={NEW_PRODUCT}' --outcome csat --every week",
        "product-advice", ("csat", "advice_kept"), contrast="product", product=NEW_PRODUCT,
        shifts=(
            Shift("csat", -1.3, "product-advice", start, end, product=NEW_PRODUCT),
            Shift("advice_kept", -0.8, "product-advice", start, end, product=NEW_PRODUCT),
        ),
    )  # fmt: skip


@_needs("phone-line")
def monday_staffing(plan: Plan) -> Cause:
    start, end = plan.whole
    desks = [m.slug for m in plan.mechanisms if m.slug in ("phone-line", "live-chat")]
    return Cause(
        "monday-staffing", "season of the week", start, end,
        "Every Monday too few people answer: waits are longer and more customers give up. A season of the week, not a special cause.",
        "andon review interactions.parquet --at at --where mechanism=phone-line --outcome wait_time --good low --every day --season week",
        "phone-line", ("wait_time", "abandoned"), contrast="mondays", special=False,
        shifts=tuple(
            Shift(column, by, desk, start, end, shape="mondays")
            for desk in desks
            for column, by in (("wait_time", 0.62), ("abandoned", 0.55))
        ),
    )  # fmt: skip


@_needs("callback")
def slow_drift(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.40))
    return Cause(
        "slow-drift", "drift", start, end,
        "The list of open callbacks grew a little every week and was read out less and less; slowly fewer callbacks were kept.",
        "andon review interactions.parquet --at at --where mechanism=callback --outcome callback_kept --every week",
        "callback", ("callback_kept",), contrast="last tenth",
        shifts=(Shift("callback_kept", -1.0, "callback", start, end, shape="ramp"),),
    )  # fmt: skip


@_needs("phone-line")
def handling_target(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.62, weekday=0))
    return Cause(
        "handling-target", "target that buys nothing", start, end,
        f"A target of {LIMIT_SECONDS // 60} minutes was set on calls: calls got shorter and are handed on just before the limit; "
        "satisfaction did not move and more customers had to call again.",
        "andon review interactions.parquet --at at --where mechanism=phone-line --outcome handling_time --good low --every week; "
        "the same with transfers, repeat_contact and csat",
        "phone-line", ("handling_time", "transfers", "repeat_contact", "csat"),
        shifts=(
            Shift("handling_time", -0.07, "phone-line", start, end),
            Shift("repeat_contact", 0.30, "phone-line", start, end),
        ),
        cut=Cut("phone-line", start),
    )  # fmt: skip


@_needs("mail-desk")
def backlog_day(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.33, weekday=3), 1)
    return Cause(
        "backlog-day", "one day", start, end,
        "Old messages were closed in one day: a peak of closed cases with very long times, and no letdown of that day.",
        "andon review interactions.parquet --at at --where mechanism=mail-desk --outcome time_to_resolve --good low --every day",
        "mail-desk", ("time_to_resolve", "answered_in_time"),
    )  # fmt: skip


@_needs("home-delivery")
def calm_measure(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.64))
    return Cause(
        "marked-delivered", "complaints rise while the chart is calm", start, end,
        "A courier marks parcels as delivered before they are: the share delivered on the promised day looks calm "
        "while complaints about parcels that are not there rise.",
        "Compare the complaints on home-delivery with the chart of delivered_on_day.",
        "home-delivery", ("delivered_on_day",), contrast="calm",
    )  # fmt: skip


def one_caller(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.28), min(42, max(7, plan.window.days // 4)))
    return Cause(
        "one-caller", "one customer, many contacts", start, end,
        "One customer came back again and again in a few weeks, in nearly the same words: many signals, one customer.",
        "Count distinct customers, not signals, in this time.",
        contrast="caller", special=False,
    )  # fmt: skip


def survey_starts(plan: Plan) -> Cause:
    start, end = plan.span(plan.window.day(0.50))
    return Cause(
        "survey-starts", "new source of signals", start, end,
        "A survey was added: more signals come in from this day on, because we ask, not because more went wrong.",
        "Count signals by channel and week.",
        contrast="survey", special=False,
    )  # fmt: skip


def december(plan: Plan) -> Cause | None:
    """The last December of the window, when one of its peaks is watched."""
    peaks = [date(year, 12, 12) for year in range(plan.window.start.year, plan.window.end.year + 1)]
    seen = [peak for peak in peaks if plan.window.start <= peak < plan.window.end]
    if not seen or not plan.has("home-delivery"):
        return None
    start, end = at_midnight(seen[-1] - timedelta(days=18)), at_midnight(seen[-1] + timedelta(days=15))
    first, last = plan.whole
    return Cause(
        "december-peak", "season of the year", max(start, first), min(end, last),
        "Every December many more orders and contacts come in, waits get longer and a few more parcels are late. "
        "A season of the year, not a special cause.",
        "Count rows by week; compare one December with the last.",
        "home-delivery", ("delivered_on_day",), contrast="calendar", special=False,
    )  # fmt: skip


def weak_person(plan: Plan) -> Cause | None:
    worker = _settled_hand(plan, plan.staff.kind_of("phone")[0], skip=0)
    if worker is None:
        return None
    start, end = plan.whole
    return Cause(
        "weak-person", "one person below standard", start, end,
        "This person helps clearly fewer customers at the first try than others would with the same work.",
        "Separate person from process (attribution) on resolved_first; raw shares alone also accuse others.",
        columns=("resolved_first", "csat", "repeat_contact"), contrast="worker",
        shifts=(Shift("ease", -0.95, worker=worker),), worker=worker,
    )  # fmt: skip


def good_person(plan: Plan) -> Cause | None:
    if not plan.has("complaint-desk"):
        return None
    worker = _settled_hand(plan, plan.staff.kind_of("returns")[0], skip=1)
    if worker is None:
        return None
    start, end = plan.whole
    return Cause(
        "good-person-hard-work", "good person on a bad mechanism", start, end,
        "This person does better than others would, but nearly only the hardest work: the raw share looks poor.",
        "Compare within the complaint desk, or separate person from process (attribution) on resolved_first.",
        mechanism="complaint-desk", columns=("resolved_first", "csat"), contrast="worker",
        shifts=(Shift("ease", 0.55, worker=worker),), worker=worker,
    )  # fmt: skip


def silent_team(plan: Plan) -> Cause:
    start, end = plan.whole
    team = plan.staff.kind_of("phone")[-1]
    return Cause(
        "silent-team", "complaints and no escalation", start, end,
        "The manager discourages escalation: customers of this team complain most, and nobody in it ever raises a hand.",
        "Compare complaints per head with escalations, team by team, in teams_monthly.csv.",
        columns=("complaints", "escalations"), contrast="team", team=team,
    )  # fmt: skip


def team_stress(plan: Plan) -> Cause:
    start, end = plan.whole
    return Cause(
        "stress-then-customers", "employees, then customers", start, end,
        "When a team is under strain, engagement falls and absence rises; a month later its customers are a little less satisfied.",
        "Relate engagement in teams_monthly.csv to csat of the same team one month later.",
        columns=("engagement", "csat"), contrast="stress", special=False,
    )  # fmt: skip


def _settled_hand(plan: Plan, team: int, skip: int) -> int | None:
    """Somebody in the team who serves customers through the whole window; the `skip`-th from the end."""
    hands = [
        i
        for i, person in enumerate(plan.staff.people)
        if person.team == team and person.serves and person.left is None and person.joined < plan.window.start
    ]
    plain = [i for i in hands if plan.staff.people[i].title != "Process owner"] or hands
    return plain[-1 - min(skip, len(plain) - 1)] if plain else None


BUILDERS: tuple[Callable[[Plan], Cause | None], ...] = (
    label_change, refund_rule, login_outage, new_product, monday_staffing, slow_drift, handling_target, backlog_day,
    calm_measure, one_caller, survey_starts, december, weak_person, good_person, silent_team, team_stress,
)  # fmt: skip


def shifts_of(causes: tuple[Cause, ...]) -> Iterator[Shift]:
    """Every shift of every cause."""
    return (shift for cause in causes for shift in cause.shifts)


def named(causes: tuple[Cause, ...], id_: str) -> Cause | None:
    """The planted cause of that name, when it was planted."""
    return next((cause for cause in causes if cause.id == id_), None)
