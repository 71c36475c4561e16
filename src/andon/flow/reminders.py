"""What waits for people, told to them once a day: what they owe, what is theirs to decide, what they are asked.

Mail about people says only that something waits, and where: what it is stands behind a sign-in.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.tasks import task
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.flow import pulse
from andon.growth.models import ActionItem, FeedbackRound, Invitation, Promise
from andon.growth.owed import Owed, owed_by
from andon.people import notices, saying
from andon.people.access import HR_PARTNER
from andon.people.models import Person
from andon.people.notices import Kind, moments
from andon.people.notices.models import Delivery
from andon.people.notices.preferences import zone_of
from andon.plans import queries
from andon.plans.models import Plan, Step
from andon.plans.rules.life import APPEAL_DAYS, Stage

SOON = timedelta(days=3)
WEEK = 7
AT_HOUR = 6  # before anybody's digest, in the zone of the organisation


def remind(now: datetime) -> int:
    """Tells everybody what waits for them that they were not told yet; how many things. Twice is harmless."""
    told = (one for source in (owed, handed_over, decided, to_decide, asked) for one in source(now))
    return sum(one is not None for one in told)


def owed(now: datetime) -> Iterator:
    """What somebody promised, and what comes with leading people: soon due, due, late, and late by weeks."""
    for person in _may_owe(now):
        with notices.speaking_to(person):
            for one in owed_by(person, now):
                yield _owed(person, one, now)


def _may_owe(now: datetime):
    """Whoever leads people, promised something, or took something on."""
    who = Q(reports__isnull=False) | Q(pk__in=Promise.objects.waiting().order_by().values("owed_by"))
    who |= Q(pk__in=ActionItem.objects.filter(done=None).order_by().values("owner"))
    return Person.objects.at_work(timezone.localdate(now)).filter(who).distinct().order_by("pk")


def _owed(person: Person, one: Owed, now: datetime):
    step = how_late(one.due, timezone.localdate(now))
    if step is None or one.thing is None:
        return None
    return notices.tell(
        person,
        key=f"owed:{one.thing._meta.label_lower}:{one.thing.pk}:{person.pk}:{one.due or _act(one)}:{step}",
        kind=Kind.PLAN if isinstance(one.thing, Plan) else Kind.PROMISE,
        subject=_subject(step),
        text=_when(one.kind, one.due),
        link=_path(one.page),
        about_own=True,
        now=now,
    )


def _act(one: Owed) -> str:
    """What without a day may come again: a plan that HR sends back a second time."""
    return f"act {one.thing.steps.count()}" if isinstance(one.thing, Plan) else ""


def how_late(due: date | None, today: date) -> str | None:
    """The step at which somebody is reminded once: None where it is too early."""
    if due is None:
        return "waits"
    if today < due - SOON:
        return None
    if today <= due:
        return "soon" if today < due else "today"
    return f"late {(today - due).days // WEEK}"


def _subject(step: str) -> str:
    if step == "waits":
        return _("Something waits for you")
    if step == "soon":
        return _("Something you owe is due soon")
    return _("Something you owe is due today") if step == "today" else _("Something you owe is late")


def _when(kind: str, due: date | None) -> str:
    what = kind[:1].upper() + kind[1:]
    if due is None:
        return _("%(what)s. Sign in to see what it is.") % {"what": what}
    return _("%(what)s, due on %(day)s. Sign in to see what it is.") % {"what": what, "day": saying.day(due)}


def handed_over(now: datetime) -> Iterator:
    """Plans that wait for the person they are about to say that they have read them."""
    waiting = Plan.objects.filter(stage__in=[Stage.ISSUED, Stage.PAUSED]).select_related("person")
    for plan in waiting:
        yield notices.tell(
            plan.person,
            key=f"plan:{plan.pk}:acknowledge:{plan.versions.count()}",
            kind=Kind.PLAN,
            subject=lambda: _("Something was handed to you"),
            text=lambda: _(
                "It waits for you to read it and to answer. To confirm that you read it is not to agree."
            ),
            link=_path(("plans:mine",)),
            about_own=True,
            now=now,
        )


def decided(now: datetime) -> Iterator:
    """That a decision about somebody stands, or an appeal of theirs was answered; while they can appeal to it."""
    words = {
        "approved": lambda: _("Something about you was decided"),
        "heard": lambda: _("Your appeal was answered"),
    }
    since = timezone.localdate(now) - timedelta(days=APPEAL_DAYS)
    steps = Step.objects.filter(kind__in=words, on__gte=since).select_related("plan__person")
    for step in steps.order_by("pk"):
        yield notices.tell(
            step.plan.person,
            key=f"plan:{step.plan_id}:{step.kind}:{step.nth}",
            kind=Kind.PLAN,
            subject=words[step.kind],
            text=lambda: _("Sign in to read what was decided, by whom and why, and what you can do."),
            link=_path(("plans:my_plan", str(step.plan_id))),
            about_own=True,
            now=now,
        )


def to_decide(now: datetime) -> Iterator:
    """What waits for HR partners: a review, a second approval, an appeal. Never of their own case."""
    for partner in Person.objects.at_work(timezone.localdate(now)).with_role(HR_PARTNER):
        queue = queries.queue(partner)
        for what, plans in (
            ("review", queue.to_review),
            ("approve", queue.to_approve),
            ("hear", queue.to_hear),
        ):
            for plan in plans:
                yield _decide(partner, what, plan, now)


def _decide(partner: Person, what: str, plan: Plan, now: datetime):
    words = {
        "review": lambda: _("A plan waits for HR’s review."),
        "approve": lambda: _("A decision waits for a second approval."),
        "hear": lambda: _("An appeal waits to be heard."),
    }
    return notices.tell(
        partner,
        key=f"plan:{plan.pk}:{what}:{plan.steps.count()}:{partner.pk}",
        kind=Kind.PLAN,
        subject=words[what],
        text=lambda: _("Sign in to see it. Whoever of HR is free of conflicts may take it up."),
        link=_path(("plans:show", str(plan.pk))),
        now=now,
    )


def asked(now: datetime) -> Iterator:
    """Feedback that a colleague asks for, once: that no second mail comes says nothing of who answered."""
    running = FeedbackRound.objects.filter(closes_at__gt=now, about__in=Person.objects.at_work())
    waiting = Invitation.objects.filter(round__in=running, answered=False, declined=False)
    for invitation in waiting.select_related("to", "round"):
        day = invitation.round.closes_at
        yield notices.tell(
            invitation.to,
            key=f"feedback:{invitation.round_id}:{invitation.to_id}",
            kind=Kind.FEEDBACK,
            subject=lambda: _("A colleague asks you for feedback"),
            text=lambda day=day: (
                _("It can be answered until %(day)s, or declined without a reason.")
                % {"day": saying.day(timezone.localtime(day))}
            ),
            link=_path(("me:feedback",)),
            now=now,
        )


def _path(page: tuple[str, ...]) -> str:
    try:
        return reverse(page[0], args=page[1:])
    except NoReverseMatch:
        return ""


@task()
def remind_daily() -> int:
    """Every morning."""
    now = timezone.now()
    remind_tomorrow(now)
    pulse.remind(now)
    return remind(now)


def remind_tomorrow(now: datetime) -> None:
    """Once, however many workers there are; queued before it is done, so that a kill in between ends nothing."""
    from django_tasks_db.models import DBTaskResult

    if not remind_daily.get_backend().supports_defer:
        return
    waiting = DBTaskResult.objects.filter(task_path=remind_daily.module_path, status="READY")
    if not waiting.exists():
        remind_daily.using(run_after=moments.next_at(AT_HOUR, zone_of(Delivery()), now)).enqueue()
