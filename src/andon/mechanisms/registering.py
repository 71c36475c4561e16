"""Mechanisms: written down, revised, retired. Each version is kept with what it looked like."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.mechanisms import access, rules
from andon.mechanisms.checking import demand, numbered, only, refuse
from andon.mechanisms.models import Mechanism, Version
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

FIELDS = (
    "name",
    "kind",
    "purpose",
    "owner_team",
    "owner",
    "inputs",
    "outputs",
    "specification",
    "inspection",
)


@transaction.atomic
def register(fields: Mapping[str, Any], by: Person | None, now: datetime, version: int = 1) -> Mechanism:
    """Writes down a mechanism. `fields` by model name; `consumers` are teams, `since` is when it began.

    Raises PermissionDenied, and ValidationError with sentences by field.
    """
    demand(by is None or access.may_register(by))
    refuse(rules.problems_of_mechanism(fields))
    slug = _free_slug(fields.get("slug") or fields["name"], fields.get("slug"))
    mechanism = Mechanism(slug=slug, version=version, **only(fields, FIELDS))
    mechanism.save(force_insert=True)
    mechanism.consumers.set(fields.get("consumers", ()))
    _keep_version(mechanism, "Written down.", by, fields.get("since") or now)
    record(by, "registered", mechanism, now)
    return mechanism


@transaction.atomic
def revise(
    mechanism: Mechanism, fields: Mapping[str, Any], what_changed: str, by: Person | None, now: datetime
) -> Mechanism:
    """A new version, kept with what it looked like; nothing happens when nothing differs."""
    demand(by is None or access.may_edit(by, mechanism))
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism.pk)
    if mechanism.retired_at:
        raise ValidationError(_("This mechanism is retired, so it is no longer revised."))
    wanted = only(fields, FIELDS)
    refuse(rules.problems_of_mechanism({"name": mechanism.name, "kind": mechanism.kind, **wanted}))
    before = snapshot(mechanism)
    for name, value in wanted.items():
        setattr(mechanism, name, value)
    if "consumers" in fields:
        mechanism.consumers.set(fields["consumers"])
    changed = [name for name, value in snapshot(mechanism).items() if before[name] != value]
    if changed:
        _next_version(mechanism, tidy(what_changed) or _in_words(changed), by, now)
        record(by, "revised", mechanism, now, changed=changed, version=mechanism.version)
    return mechanism


def _next_version(mechanism: Mechanism, what_changed: str, by: Person | None, now: datetime) -> None:
    mechanism.version += 1
    mechanism.save()
    _keep_version(mechanism, what_changed, by, now)


def _in_words(changed: list[str]) -> str:
    return "Changed: " + ", ".join(name.replace("_", " ") for name in changed) + "."


def snapshot(mechanism: Mechanism) -> dict[str, Any]:
    """A version's content as it is kept: texts, teams by slug, people by staff number."""
    content: dict[str, Any] = {
        name: getattr(mechanism, name) for name in FIELDS if not name.startswith("owner")
    }
    content["owner_team"] = mechanism.owner_team.slug if mechanism.owner_team else ""
    content["owner"] = mechanism.owner.number if mechanism.owner else ""
    content["consumers"] = sorted(mechanism.consumers.values_list("slug", flat=True))
    return content


def _keep_version(mechanism: Mechanism, what_changed: str, by: Person | None, since: datetime) -> Version:
    return Version.objects.create(
        mechanism=mechanism,
        number=mechanism.version,
        since=since,
        what_changed=what_changed,
        content=snapshot(mechanism),
        by=by,
    )


@transaction.atomic
def retire(mechanism: Mechanism, by: Person | None, now: datetime, reason: str = "") -> Mechanism:
    """Takes a mechanism out of use; its history, charts and questions stay. Twice is harmless."""
    demand(by is None or access.may_edit(by, mechanism))
    if mechanism.retired_at is None:
        mechanism.retired_at = now
        mechanism.save(update_fields=["retired_at"])
        record(by, "retired", mechanism, now, reason=reason[:1000])
    return mechanism


def _free_slug(name: str, chosen: str | None) -> str:
    base = slugify(name)[: 80 if chosen else 70] or "mechanism"
    taken = (
        set(Mechanism.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | rules.RESERVED
    )
    if chosen and base in taken:
        raise ValidationError(
            {
                "slug": _("'%(base)s' is already the short name of a mechanism. Choose another.")
                % {"base": base}
            }
        )
    return numbered(base, taken)
