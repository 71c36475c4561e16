"""One's log of what one did for customers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth.actions.guards import day_of, demand_at_work, demand_own, needed, optional, refuse
from andon.growth.actions.record import put
from andon.growth.models import Accomplishment
from andon.growth.rules.words import problem_day_done, problem_links
from andon.mechanisms.models import Measure
from andon.people.models import Person

LONGEST_TITLE = 200


@transaction.atomic
def log(by: Person, now: datetime, **fields) -> Accomplishment:
    """Keeps an accomplishment that only `by` sees. Raises PermissionDenied, ValidationError."""
    demand_at_work(by)
    return Accomplishment.objects.create(person=by, at=now, **_content(now, **fields))


@transaction.atomic
def revise(one: Accomplishment, by: Person, now: datetime, **fields) -> Accomplishment:
    """Until it is on the record; after that, a correction is added there."""
    locked = _own_draft(one, by)
    for name, value in _content(now, **fields).items():
        setattr(locked, name, value)
    locked.save()
    return locked


@transaction.atomic
def remove(one: Accomplishment, by: Person, now: datetime) -> None:
    _own_draft(one, by).delete()


@transaction.atomic
def put_on_record(one: Accomplishment, by: Person, now: datetime) -> None:
    """From here on the line above may read it, and it can be evidence."""
    demand_own(one.person_id, by)
    text = "\n\n".join(part for part in (one.text, one.impact, *one.links[1:]) if part)
    put(one, by, "accomplishment", title=one.title, text=text or one.title, happened_on=one.happened_on,
        source=_("Their own account"), link=one.links[0] if one.links else None, measure=one.measure,
        figures=_figures(one), now=now)  # fmt: skip


def _own_draft(one: Accomplishment, by: Person) -> Accomplishment:
    locked = Accomplishment.objects.select_for_update().get(pk=one.pk)
    demand_own(locked.person_id, by)
    if locked.item_id:
        raise ValidationError(_("This is on your record. Add a correction there instead."))
    return locked


def _content(
    now: datetime,
    *,
    title: str,
    happened_on: date,
    text: str = "",
    impact: str = "",
    measure: Measure | None = None,
    before: float | None = None,
    after: float | None = None,
    unit: str = "",
    links: list[str] | None = None,
) -> dict:
    """The fields as they are kept. Raises ValidationError."""
    links = [link.strip() for link in links or [] if link.strip()]
    refuse(problem_day_done(happened_on, day_of(now)) or problem_links(links))
    refuse(_problem_figures(measure, before, after))
    return {
        "title": needed(title, _("Say in a few words what it was."), LONGEST_TITLE),
        "happened_on": happened_on,
        "text": optional(text),
        "impact": optional(impact),
        "measure": measure,
        "before": before,
        "after": after,
        "unit": measure.unit if measure else unit.strip()[:40],
        "links": links,
    }


def _problem_figures(measure: Measure | None, *figures: float | None) -> str:
    """A share lies between nothing and all; 6.1 for 6.1 % would be compared with 0.061."""
    wrong = [x for x in figures if x is not None and not 0 <= x <= 1]
    if measure is None or measure.unit != "share" or not wrong:
        return ""
    return _("This measure is a share: write 6.1 % or 0.061.")


def _figures(one: Accomplishment) -> dict | None:
    pairs = {"before": one.before, "after": one.after}
    figures = {name: value for name, value in pairs.items() if value is not None}
    return {**figures, "unit": one.unit} if figures else None
