"""Questions in every state in the demo organisation, on the causes that were planted: see docs/explanation.

One change is verified and has begun a new phase; one is watched, one is planned, one did not help and opened its
question again; one question found that the measure itself is wrong; one was passed on, one merged.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from andon.escalations import actions
from andon.escalations.models import Countermeasure, Escalation
from andon.flow import story
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.watch.models import ChartException

DAY = timedelta(days=1)


def add(now: datetime) -> None:
    """Adds what was asked, explained and changed; nothing where nobody leads or nothing is watched."""
    leader = Person.objects.at_work().with_role("leader").first()
    if leader is None:
        return
    for tell in (_labels, _refunds, _callbacks, _couriers, _sign_in):
        tell(leader, now)


def _measure(mechanism: str, slug: str) -> Measure | None:
    found = Measure.objects.in_use().filter(mechanism__slug=mechanism, slug=slug)
    return found.select_related("mechanism__owner", "mechanism__owner_team").first()


def _longest_out(measure: Measure | None, before: datetime) -> list[datetime]:
    """The longest stretch of points that stood out for the worse; at most one calm point in a row between them."""
    marked = ChartException.objects.filter(measure=measure, withdrawn_at=None, at__lt=before).exclude(
        worse=False
    )
    stretches: list[list[datetime]] = []
    for at in marked.order_by("at").values_list("at", flat=True):
        if stretches and at - stretches[-1][-1] <= 14 * DAY:
            stretches[-1].append(at)
        else:
            stretches.append([at])
    return max(stretches, key=len, default=[])


def _owner(measure: Measure, leader: Person) -> Person:
    return measure.mechanism.owner or leader


def _ask(
    measure: Measure, note: str, leader: Person, at: datetime, point_at: datetime | None = None
) -> Escalation:
    return actions.raise_escalation(by=leader, now=at, measure=measure, point_at=point_at, note=note)


def _explain(
    question: Escalation, owner: Person, at: datetime, whys: list[tuple[str, str]], **sections
) -> None:
    """Each why hangs under the one before it."""
    actions.begin_explanation(question, by=owner, now=at - timedelta(hours=3))
    actions.write_sections(question, sections, owner, at - timedelta(hours=2))
    under = None
    for text, evidence in whys:
        under = actions.add_why(
            question, text, owner, at - timedelta(hours=1), under, evidence=evidence, measure=question.measure
        )
    actions.post_explanation(question, by=owner, now=at)


def _plan(
    question: Escalation, owner: Person, at: datetime, what: str, share: float, **test
) -> Countermeasure | None:
    """Criterion: so many times the level of now. None where the chart cannot carry a test."""
    measure = test.pop("measure", question.measure)
    level = round(share, 4)
    try:
        return actions.plan_fix(
            question, mechanism=measure.mechanism, what=what, measure=measure, level=level,
            side="at_most" if measure.good == "low" else "at_least", by=owner, now=at,
            due_on=timezone.localdate(at + 7 * DAY), no_side_effect=test.pop("no_side_effect", "It adds no step."),
            **test,
        )  # fmt: skip
    except ValidationError:
        return None


def _judge(fix: Countermeasure, at: datetime, now: datetime) -> None:
    """As the daily round would have; a new phase is drawn at once."""
    try:
        judgement = actions.judge(fix, None, min(at, now))
    except ValidationError:
        return
    if judgement.phase_id:
        story.register_changed([fix.measure], now)


def _labels(leader: Person, now: datetime) -> None:
    """Verified: two sizes had one code; the labels were put right, and wrong items are as rare as promised."""
    measure = _measure("pick-and-pack", "wrong-item")
    out = _longest_out(measure, now - 60 * DAY)
    if measure is None or len(out) < 3:
        return
    owner, asked, over = _owner(measure, leader), out[2] + 2 * DAY, out[-1] + 7 * DAY
    question = _ask(measure, "Customers get the wrong size. How could this happen?", leader, asked, out[0])
    actions.own(question, by=owner, now=asked + timedelta(minutes=22))
    actions.write(question, "made_right", "The right size was sent by courier, and both are theirs to keep.",
                  by=owner, now=asked + timedelta(hours=2))  # fmt: skip
    _explain(
        question, owner, asked + timedelta(hours=21),
        [
            ("Parcels held the wrong size.", "The chart of wrong items, week by week."),
            ("Two sizes had the same code on the shelf.", "Photos of shelves 4 to 9."),
            ("New labels shorten the code by a digit, and nobody asked which sizes differ in it.",
             "The order of the labels, and the list of codes."),
        ],
        summary="New shelf labels gave two sizes the same code. Pickers took what the label said, and parcels held the "
        "wrong size. The labels are being put right, and a code is now checked before it is printed.",
        affected="2140", how_counted="Returns for a “wrong item” beyond what is usual, since then.",
        how_detected="Customers wrote. The chart was out two weeks earlier, and nobody was asked about it.",
        timeline="Monday: new labels on shelves 4 to 9\nThursday: first returns\nTwo weeks later: asked",
        spec_missed="One code, one item.", failure="new_input", measure_wrong="no",
        what_worked="Returns were taken back without a question.",
        measure_wrong_why="The measure moved when customers did.",
    )  # fmt: skip
    what = "Shelf codes keep all their digits, and a code that two items share is refused when labels are ordered."
    fix = _plan(question, owner, over, what, 0.017, window_days=42)
    if fix is None:
        return
    came = over + timedelta(hours=5)
    actions.put_in_place(fix, came, owner, came + timedelta(hours=4))
    _judge(fix, came + 43 * DAY, now)
    at = came + 44 * DAY
    actions.thank(
        question, owner, "For the photos at the shelves, and for asking why three times.", leader, at
    )
    fix.refresh_from_db()
    if fix.judgements.filter(verdict="effective").exists():
        actions.close(question, "", by=leader, now=at)


def _refunds(leader: Person, now: datetime) -> None:
    """Explained, with a change that is planned; a reader has said what is missing."""
    measure = _measure("returns-and-refunds", "refund-in-time")
    if measure is None:
        return
    owner, asked = _owner(measure, leader), now - 6 * DAY
    question = _ask(measure, "Why do refunds take a week again?", leader, asked)
    actions.own(question, by=owner, now=asked + timedelta(minutes=48))
    actions.say_preliminary(question, "Refunds above 40 wait for a second approval. We are counting how many.",
                            asked + 2 * DAY, by=owner, now=asked + timedelta(hours=20))  # fmt: skip
    _explain(
        question, owner, asked + 2 * DAY,
        [
            ("Fewer refunds are issued within three days.", "The chart steps down where the rule came."),
            ("Every refund above 40 waits for a second approval.", "The rule, in force since then."),
            ("Two people give it, as when a tenth of today’s refunds needed one.", "The list of approvers."),
        ],
        summary="A rule asks for a second approval of every refund above 40. Two people give it, and the queue grew.",
        how_counted="Not yet: refunds do not say which of them waited.", failure="did_not_scale",
        how_detected="A leader asked. The chart has shown it since the rule came.",
        timeline="The rule came, and the share fell within a week.", measure_wrong="no",
        spec_missed="Refunds within three days.", what_worked="No refund was lost.",
    )  # fmt: skip
    reader = Person.objects.at_work().with_role("analyst").first() or leader
    actions.review(question.explanations.get(), "How many of them would the first approval have stopped?",
                   by=reader, now=asked + 3 * DAY)  # fmt: skip
    _plan(question, owner, now - 2 * DAY, "Refunds up to 150 need one approval.", 0.93, window_days=56)


def _callbacks(leader: Person, now: datetime) -> None:
    """A first change did not help and opened the question again; a second is watched."""
    measure = _measure("callback", "kept") or _measure("callback", "callback-kept")
    measure = (
        measure
        or Measure.objects.in_use().filter(outcome="callback_kept").select_related("mechanism__owner").first()
    )
    if measure is None:
        return
    owner, asked = _owner(measure, leader), now - 120 * DAY
    question = _ask(
        measure, "We promise to ring back, and more and more often we do not. Why?", leader, asked
    )
    actions.own(question, by=owner, now=asked + timedelta(minutes=31))
    _explain(
        question, owner, asked + timedelta(hours=22),
        [("Callbacks are promised for hours in which nobody is free.", "The rota beside the list of promises.")],
        summary="Callbacks were promised for times at which nobody was free.", how_counted="Promised, less kept.",
        affected="310", how_detected="A leader asked; the chart drifts too slowly to stand out.",
        timeline="A little fewer every week.", spec_missed="Within four hours.", failure="not_adopted",
        measure_wrong="no",
    )  # fmt: skip
    first = _plan(
        question, owner, asked + 2 * DAY, "A reminder of callbacks that are due.", 0.95, window_days=42
    )
    if first:
        actions.put_in_place(first, asked + 9 * DAY, owner, asked + 9 * DAY)
        _judge(first, asked + 53 * DAY, now)
    second = _plan(question, owner, now - 20 * DAY, "A callback takes a place in the rota when it is promised.",
                   0.95, window_days=56)  # fmt: skip
    if second:
        actions.put_in_place(second, now - 12 * DAY, owner, now - 12 * DAY)


def _couriers(leader: Person, now: datetime) -> None:
    """The chart is calm and customers complain: the measure itself is wrong, and that is what is to change."""
    delivery = (
        Measure.objects.in_use()
        .filter(mechanism__slug__contains="deliver")
        .select_related("mechanism__owner")
    )
    measure = delivery.filter(good="low").first() or delivery.first()
    if measure is None:
        return
    owner, asked = _owner(measure, leader), now - 5 * DAY
    question = _ask(measure, "Customers write that parcels marked as delivered are not there.", leader, asked)
    actions.own(question, by=owner, now=asked + timedelta(minutes=40))
    _explain(
        question, owner, asked + timedelta(hours=23),
        [
            ("Parcels count as delivered when the courier marks them.", "How the measure is defined."),
            ("Couriers mark them at the depot to end their round.", "Times of marks, all at a quarter past five."),
        ],
        summary="A parcel counts as delivered when it is marked, not when it is there.",
        how_counted="Complaints that name a mark, by customer.", how_detected="Customers wrote; the chart was calm.",
        timeline="Complaints rise for weeks.", spec_missed="Delivered means that the customer has it.",
        failure="outside_spec", measure_wrong="yes",
        measure_wrong_why="It counts marks. Complaints rose while it stayed calm.",
    )  # fmt: skip


def _sign_in(leader: Person, now: datetime) -> None:
    """Asked twice: the later question was merged. The first was passed on, and is answered so far."""
    measure = _measure("sign-in", "failed")
    analyst = Person.objects.at_work().with_role("analyst").first()
    if measure is None or analyst is None:
        return
    asked, owner = now - timedelta(hours=30), _owner(measure, leader)
    question = _ask(measure, "A morning without sign-ins. What let a certificate run out?", leader, asked)
    again = actions.raise_escalation(by=analyst, now=asked + timedelta(hours=2), mechanism=measure.mechanism,
                                     note="Nobody could sign in this morning.")  # fmt: skip
    actions.own(question, by=owner, now=asked + timedelta(minutes=15))
    team = measure.mechanism.owner_team
    if team:
        actions.reroute(question, to_team=team, why="Whoever keeps the certificates knows more than I do.",
                        by=owner, now=asked + timedelta(hours=4))  # fmt: skip
    actions.merge(again, question, "The same morning.", by=leader, now=asked + timedelta(hours=5))
    said = "A certificate ran out at nine and was replaced after six hours. Why nobody was told is not known yet."
    actions.say_preliminary(question, said, now + 2 * DAY, by=leader, now=asked + timedelta(hours=20))
