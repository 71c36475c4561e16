"""The pulse from wave to wave: asks everybody, reminds everybody, counts when it is over, opens the next one.

Invitations and reminders go to all who are asked, and say the same to each: nobody, Andon included, knows who has
answered. They hold a link to a page that is the same for everybody, and no code.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.tasks import task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.culture.pulse.access import may_answer
from andon.culture.pulse.actions import count, open_wave
from andon.culture.pulse.actions.counting import sweep
from andon.culture.pulse.models import Every, Rhythm, Wave
from andon.people import notices, saying
from andon.people.models import Person
from andon.people.notices import Kind

MONTHS = {Every.MONTH: 1, Every.TWO_MONTHS: 2, Every.QUARTER: 3}
REMIND_BEFORE = timedelta(days=2)


def keep_up(now: datetime) -> None:
    """Every few minutes, and harmless twice: counts what is over, opens what is due."""
    for wave in Wave.objects.to_count(now):
        count(wave, now)
        sweep()
    open_by_rhythm(now)


def open_by_rhythm(now: datetime) -> Wave | None:
    today = timezone.localdate(now)
    rhythm = Rhythm.objects.exclude(every=Every.NEVER).filter(next_on__lte=today).first()
    if rhythm is None or Wave.objects.filter(counted_at=None).exists():
        return None
    try:
        wave = open_wave(today + timedelta(days=rhythm.open_days), by=None, now=now)
    except ValidationError:  # nothing to ask; whoever runs it sees it on the page
        return None
    rhythm.next_on = next_day(rhythm.next_on or today, MONTHS[Every(rhythm.every)], today)
    rhythm.save(update_fields=["next_on"])
    invite.enqueue(wave.pk)
    return wave


def next_day(day: date, months: int, today: date) -> date:
    """The same day of a later month, the last of a shorter one; after `today`."""
    ahead = months
    while (found := _later(day, ahead)) <= today:
        ahead += months
    return found


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@task()
def invite(wave: int) -> int:
    """Tells everybody who is asked; how many. Twice is harmless."""
    return tell(Wave.objects.get(pk=wave), "open", timezone.now())


def tell(wave: Wave, step: str, now: datetime) -> int:
    """`step` is open or soon. Whoever answers with a slip hears of it where slips are handed out."""
    told = 0
    for person in Person.objects.at_work(timezone.localdate(now)).order_by("pk"):
        if may_answer(person, wave, now):
            told += _tell(person, wave, step, now) is not None
    return told


def _tell(person: Person, wave: Wave, step: str, now: datetime):
    day = wave.last_day
    with notices.speaking_to(person):
        subject = _("How does work feel? A minute of yours") if step == "open" else _("The pulse ends soon")
        text = (
            _("The pulse is open until %(day)s. It takes a minute, on the phone too. Nobody can look up who answered "
              "or what, and nothing is shown of fewer than %(fewest)s people. The page says before you begin what is "
              "shown to whom.")
            if step == "open"
            else _("It is open until the end of %(day)s. Everybody gets this reminder, as nobody can look up who has "
                   "answered already. If you have: thank you.")
        ) % {"day": saying.day(day), "fewest": saying.few(wave.fewest)}  # fmt: skip
    return notices.tell(
        person, key=f"pulse:{wave.number}:{step}:{person.pk}", kind=Kind.PULSE, subject=subject, text=text,
        link=reverse("pulse:home"), now=now,
    )  # fmt: skip


def remind(now: datetime) -> int:
    """Once, when the last day is near; to everybody who was asked."""
    near = Wave.objects.open(now).filter(closes_at__lte=now + REMIND_BEFORE)
    return sum(tell(wave, "soon", now) for wave in near)
