"""Templates of objectives, and objectives for many people or teams at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person, Team
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards import access
from andon.standards.actions.checking import demand, refuse, sentence
from andon.standards.actions.objectives import MOST_KEY_RESULTS, write_objective
from andon.standards.models import Cycle, Objective, ObjectiveTemplate
from andon.standards.rules import progress

KEPT = ("title", "baseline", "target", "unit", "good", "weight")


@transaction.atomic
def keep_template(
    name: str,
    *,
    title: str,
    why: str,
    key_results: Iterable[Mapping[str, Any]],
    by: Person | None,
    now: datetime,
    template: ObjectiveTemplate | None = None,
) -> ObjectiveTemplate:
    """Writes a template, or changes one; objectives made from it before stay as they are.

    Raises PermissionDenied, ValidationError.
    """
    demand(
        by is None or access.may_bulk(by), _("Templates are kept by those who lead people, and HR partners.")
    )
    kept = template or ObjectiveTemplate(made_by=by, made_at=now)
    kept.name = sentence(name, 120, _("what the template is called"))
    kept.title, kept.why = sentence(title, 200, _("what is to be reached")), tidy(why)
    kept.key_results = [_sound(fields) for fields in key_results]
    if len(kept.key_results) > MOST_KEY_RESULTS:
        raise ValidationError(_("At most %(n)s key results.") % {"n": MOST_KEY_RESULTS})
    if ObjectiveTemplate.objects.filter(name__iexact=kept.name).exclude(pk=kept.pk).exists():
        raise ValidationError({"name": _("There is a template of this name already.")})
    kept.save()
    record(by, "kept a template of objectives", f"template {kept.pk}", now, name=kept.name)
    return kept


def _sound(fields: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"unit": "", "good": "high", "weight": None} | {
        name: fields[name] for name in KEPT if name in fields
    }
    kept["title"] = sentence(str(kept.get("title", "")), 200, _("how one will know"))
    if kept.get("baseline") is None or kept.get("target") is None:
        raise ValidationError(_("A key result has a baseline and a target."))
    refuse(progress.problems_of_key_result(kept["baseline"], kept["target"], kept["good"], kept["weight"]))
    return kept


@transaction.atomic
def retire_template(template: ObjectiveTemplate, *, by: Person | None, now: datetime) -> None:
    demand(
        by is None or access.may_bulk(by), _("Templates are kept by those who lead people, and HR partners.")
    )
    if template.retired_at is None:
        template.retired_at = now
        template.save(update_fields=["retired_at"])
        record(by, "retired a template of objectives", f"template {template.pk}", now, name=template.name)


@transaction.atomic
def use_template(
    template: ObjectiveTemplate,
    *,
    by: Person | None,
    now: datetime,
    people: Iterable[Person] = (),
    teams: Iterable[Team] = (),
    cycle: Cycle | None = None,
    parent: Objective | None = None,
) -> list[Objective]:
    """One objective for each person and team; all or none. Raises PermissionDenied, ValidationError."""
    owners = [{"person": person} for person in people] + [{"team": team} for team in teams]
    if not owners:
        raise ValidationError(_("Choose for whom it is."))
    made = [
        write_objective(
            template.title, why=template.why, cycle=cycle, parent=parent, key_results=template.key_results,
            by=by, now=now, **owner,
        )
        for owner in owners
    ]  # fmt: skip
    record(by, "used a template of objectives", f"template {template.pk}", now, made=len(made))
    return made
