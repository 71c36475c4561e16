"""Opening a wave, by hand or by its rhythm, and ending it before its day."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.culture.pulse import sealing
from andon.culture.pulse.access import may_run
from andon.culture.pulse.defaults import lay_out
from andon.culture.pulse.models import Box, Question, Rhythm, Wave
from andon.culture.pulse.structure import structure_on
from andon.people.models import Person
from andon.people.trail import record

SHORTEST, LONGEST = 3, 31  # days


def rhythm() -> Rhythm:
    return Rhythm.objects.first() or Rhythm()


def demand_running(by: Person | None) -> None:
    """`None` is the installation itself."""
    if by is not None and not may_run(by):
        raise PermissionDenied(_("HR partners run the pulse."))


@transaction.atomic
def open_wave(last_day: date, *, by: Person | None, now: datetime) -> Wave:
    """Asks everybody who is at work now, until the end of `last_day`.

    What is asked, the groups of the results and how few are too few hold from here on. Raises PermissionDenied,
    ValidationError.
    """
    demand_running(by)
    today = timezone.localdate(now)
    _demand_days(last_day, today)
    if Wave.objects.filter(counted_at=None, problem="").exists():
        raise ValidationError(_("A wave is open already. The next one opens when it is over."))
    wave = _made(last_day, by, now)
    Box.objects.create(wave=wave, sealed=sealing.seal(sealing.Contents(), sealing.make_key(str(wave.key))))
    record(by, "pulse.opened", wave, now, last_day=last_day.isoformat())
    return wave


def _demand_days(last_day: date, today: date) -> None:
    if not SHORTEST <= (last_day - today).days <= LONGEST:
        raise ValidationError(
            {"last_day": _("Name a last day from %(first)s to %(last)s: short enough to be now, long enough for all.")
             % {"first": today + timedelta(days=SHORTEST), "last": today + timedelta(days=LONGEST)}}
        )  # fmt: skip


def _made(last_day: date, by: Person | None, now: datetime) -> Wave:
    lay_out()
    asked, rules = [_frozen(one) for one in Question.objects.filter(retired_at=None)], rhythm()
    if not asked:
        raise ValidationError(_("There is no question to ask. Write one first."))
    found = structure_on(timezone.localdate(now), settings.ORGANISATION)
    return Wave.objects.create(
        number=(Wave.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        opens_at=now,
        closes_at=_end_of(last_day),
        fewest=rules.fewest,
        fewest_comments=rules.fewest_comments,
        questions=asked,
        units=found.units,
        cells=found.cells,
        by_slip=found.by_slip,
        opened_by=by,
    )


def _frozen(question: Question) -> dict:
    return {
        "key": question.key, "dimension": question.dimension, "texts": question.texts,
        "turned": question.turned, "source": question.source,
    }  # fmt: skip


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@transaction.atomic
def close_early(wave: Wave, *, by: Person, now: datetime) -> Wave:
    """Ends an open wave now; what was answered until then counts. Raises PermissionDenied, ValidationError."""
    demand_running(by)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if not wave.is_open(now):
        raise ValidationError(_("This wave is over."))
    if timezone.localdate(now) < wave.opened_on + timedelta(days=SHORTEST):
        raise ValidationError(_("A wave stays open for three days at least, so that everybody has a chance."))
    wave.closes_at = now
    wave.save(update_fields=["closes_at"])
    record(by, "pulse.closed", wave, now)
    return wave
