"""What every verb of an employee's own asks first."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.rules.words import LONGEST, problem_text
from andon.people import access
from andon.people.models import Person
from andon.people.words import tidy


def demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)


def demand_at_work(by: Person) -> None:
    demand(access.at_work(by), _("Only people who work here can do this."))


def demand_own(of: Person | int | None, by: Person) -> None:
    """The thing is of the person who acts."""
    demand_at_work(by)
    demand(
        (of.pk if isinstance(of, Person) else of) == by.pk, _("Only the person it belongs to can do this.")
    )


def refuse(problem: str) -> None:
    if problem:
        raise ValidationError(problem)


def needed(text: str, blank: str, longest: int = LONGEST) -> str:
    """The text without blanks around it; `blank` is said when there is none. Raises ValidationError."""
    text = tidy(text)
    refuse(problem_text(text, blank, longest))
    return text


def optional(text: str, longest: int = LONGEST) -> str:
    text = tidy(text)
    return needed(text, "", longest) if text else ""


def demand_colleague(person: Person, by: Person) -> None:
    """Somebody else who works here. Raises ValidationError."""
    if person.pk == by.pk:
        raise ValidationError(_("Choose somebody else than yourself."))
    if not access.at_work(person):
        raise ValidationError(_("Choose somebody who works here."))


def day_of(now: datetime) -> date:
    return timezone.localdate(now)
