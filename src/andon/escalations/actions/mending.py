"""What changes: planned with its test, put in place, watched, judged by the chart."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.escalations import access, rules, telling, watching
from andon.escalations.actions.common import demand, locked, refuse, take_on_if_nobody_has
from andon.escalations.actions.ending import reopened_by
from andon.escalations.cases import case_of, fixes
from andon.escalations.models import (
    Countermeasure,
    Dropping,
    Escalation,
    InPlace,
    Judgement,
    Verdict,
    WatchingOn,
)
from andon.escalations.rules import acts, planning
from andon.escalations.rules.judging import Criterion
from andon.mechanisms import actions as register
from andon.mechanisms.models import Measure, Mechanism
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

LONGEST_ON_CHART = 60  # characters: the reason of a phase stands on the chart


@transaction.atomic
def plan_fix(
    escalation: Escalation,
    *,
    mechanism: Mechanism,
    what: str,
    measure: Measure,
    side: str,
    level: float,
    window_days: int,
    due_on: date,
    by: Person,
    now: datetime,
    watched: Measure | None = None,
    no_side_effect: str = "",
    on_measure: bool = False,
) -> Countermeasure:
    """A change with the test of its effect. The baseline is what the chart of `measure` shows at this moment.

    Raises ValidationError by field.
    """
    one = _open_to(escalation, by, now)
    base, beside = watching.baseline(measure, now), watching.baseline(watched, now)
    test = planning.Test(
        what=what, criterion=Criterion(side, level), window_days=window_days, due_on=due_on, base=base,
        good=measure.good, unit=measure.unit, watched=watched is not None, no_side_effect=no_side_effect,
        same_watched=watched == measure,
    )  # fmt: skip
    if problems := planning.problems_planning(test, timezone.localdate(now)):
        raise ValidationError({name: [problem] for name, problem in problems.items()})
    if side not in Countermeasure.Side.values:
        raise ValidationError({"side": [_("Choose “at most” or “at least”.")]})
    take_on_if_nobody_has(one, by, now)
    planned = Countermeasure.objects.create(
        escalation=one, mechanism=mechanism, what=tidy(what), on_measure=on_measure, measure=measure, side=side,
        level=level, window_days=window_days, due_on=due_on, baseline=asdict(base), watched=watched,
        watched_baseline=asdict(beside) if watched else {}, no_side_effect=tidy(no_side_effect), by=by, at=now,
    )  # fmt: skip
    record(by, "planned a countermeasure", one, now, countermeasure=planned.pk, mechanism=mechanism.slug)
    telling.happened(one, f"planned:{planned.pk}", lambda: watching.in_words(planned), by, now)
    return planned


@transaction.atomic
def put_in_place(
    countermeasure: Countermeasure, since: datetime | date, by: Person, now: datetime, note: str = ""
) -> InPlace:
    """The change was made. From its first whole period on it is watched.

    A change that came before its test was written is refused: its effect was known when the test was.
    """
    one, fix, place = _fix(countermeasure, by, now)
    case = case_of(one)
    since = _moment(since, fix.at)
    refuse(acts.problem(case, acts.Act("put in place", fix=place), now))
    refuse(rules.problem_long(tidy(note)))
    if since > now:
        raise ValidationError(_("Write this down when it is in place."))
    if since < fix.at:
        raise ValidationError(
            _(
                "The test was written on %(day)s, after this change: its effect was known by then. Plan it anew."
            )
            % {"day": saying.day(timezone.localdate(fix.at))}
        )
    placed = InPlace.objects.create(countermeasure=fix, since=since, note=tidy(note), by=by, at=now)
    record(by, "put in place", one, now, countermeasure=fix.pk, since=since.isoformat())
    telling.happened(one, f"in-place:{fix.pk}", lambda: _in_place(fix, placed), by, now)
    return placed


def _moment(since: datetime | date, planned_at: datetime) -> datetime:
    """A day means its first moment; the day of the plan means the moment of the plan."""
    if isinstance(since, datetime):
        return since
    if since == timezone.localdate(planned_at):
        return planned_at
    return timezone.make_aware(datetime.combine(since, time()))


def _in_place(fix: Countermeasure, placed: InPlace) -> str:
    return _("In place since %(day)s and watched for %(days)d days: %(what)s") % {
        "day": saying.day(timezone.localdate(placed.since)),
        "days": fix.window_days,
        "what": fix.what,
    }


@transaction.atomic
def judge(countermeasure: Countermeasure, by: Person | None, now: datetime) -> Judgement:
    """What the chart says, once the window is over. `by=None` is the daily round.

    Effective begins a new phase of the chart where the change came; not effective opens the question again.
    """
    one = locked(countermeasure.escalation)
    demand(by is None or access.may_own(by, one), _("Judged by whom the question is put to, or a leader."))
    fix = Countermeasure.objects.select_related("measure__mechanism", "watched__mechanism").get(
        pk=countermeasure.pk
    )
    place = [each.pk for each in fixes(one)].index(fix.pk)
    refuse(acts.problem(case_of(one), acts.Act("judge", fix=place), now))
    refuse(watching.problem_judging(fix, now))
    with saying.for_keeps():
        found = watching.judged(fix, now)
    judgement = Judgement.objects.create(
        countermeasure=fix, verdict=found.verdict, sentence=found.sentence, side_sentence=found.side_sentence,
        side_worse=found.side_worse, figures=found.figures, by=by, at=now,
    )  # fmt: skip
    record(by, "judged", one, now, countermeasure=fix.pk, verdict=found.verdict)
    if found.verdict == Verdict.EFFECTIVE:
        _begin_phase(fix, judgement, now)
    if found.verdict == Verdict.INEFFECTIVE and getattr(one, "merging", None) is None:
        reopened_by(fix, found.sentence, now)
    telling.happened(one, f"judged:{judgement.pk}", lambda: _verdict(judgement), None, now)
    return judgement


def _verdict(judgement: Judgement) -> str:
    return telling.paragraphs(judgement.get_verdict_display(), judgement.sentence, judgement.side_sentence)


def _begin_phase(fix: Countermeasure, judgement: Judgement, now: datetime) -> None:
    """New limits from where a verified change came; never by the software alone, as a person put it in place."""
    if fix.measure.phases.filter(starts=fix.in_place.since).exists():
        return
    with saying.for_keeps():
        reason = _("Verified: %(what)s") % {"what": " ".join(fix.what.split())}
    judgement.phase = register.begin_phase(
        fix.measure, fix.in_place.since, rules.shorten(reason, LONGEST_ON_CHART), None, now
    )
    judgement.save(update_fields=["phase"])


@transaction.atomic
def watch_on(countermeasure: Countermeasure, days: int, why: str, by: Person, now: datetime) -> WatchingOn:
    """Too few to tell: watched for so many more days from now, and judged again then."""
    one, fix, place = _fix(countermeasure, by, now)
    act = acts.Act("watch on", why=why, fix=place)
    refuse(acts.problem(case_of(one), act, now))
    refuse(rules.problem_long(tidy(why)))
    if not planning.SHORTEST <= days <= planning.LONGEST:
        raise ValidationError(_("Watch it for %(least)d to %(most)d days.") % {
            "least": planning.SHORTEST, "most": planning.LONGEST,
        })  # fmt: skip
    over = case_of(one).fixes[place].due
    more = days + max(0, (now - over) // timedelta(days=1))
    longer = WatchingOn.objects.create(countermeasure=fix, days=more, why=tidy(why), by=by, at=now)
    record(by, "watches on", one, now, countermeasure=fix.pk, days=days)
    return longer


@transaction.atomic
def drop_fix(countermeasure: Countermeasure, why: str, by: Person, now: datetime) -> Dropping:
    """It is not done after all, or no longer watched; why stays in the story."""
    one, fix, place = _fix(countermeasure, by, now)
    refuse(acts.problem(case_of(one), acts.Act("drop", why=why, fix=place), now))
    refuse(rules.problem_long(tidy(why)))
    dropped = Dropping.objects.create(countermeasure=fix, why=tidy(why), by=by, at=now)
    record(by, "dropped a countermeasure", one, now, countermeasure=fix.pk)
    telling.happened(one, f"dropped:{fix.pk}", lambda: telling.paragraphs(fix.what, dropped.why), by, now)
    return dropped


def _fix(countermeasure: Countermeasure, by: Person, now: datetime) -> tuple[Escalation, Countermeasure, int]:
    """The question, the change as it is now, and its place among the changes."""
    one = locked(countermeasure.escalation)
    demand(access.may_own(by, one), _("Done by whom the question is put to, or by a leader."))
    all_of_it = fixes(one)
    place = [each.pk for each in all_of_it].index(countermeasure.pk)
    return one, all_of_it[place], place


def _open_to(escalation: Escalation, by: Person, now: datetime) -> Escalation:
    one = locked(escalation)
    demand(access.may_own(by, one), _("Planned by whom the question is put to, or by a leader."))
    refuse(acts.problem(case_of(one), acts.Act("plan"), now))
    return one
