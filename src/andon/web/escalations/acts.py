"""What somebody may do with a question, each as a form; one that was sent and failed is shown as it was sent."""

from typing import Any

from django.forms import Form

from andon.escalations import access
from andon.escalations.models import Entry, Escalation
from andon.people.models import Person
from andon.web.escalations.forms import CloseForm, EntryForm, MechanismForm
from andon.web.escalations.turning_forms import ReopenForm, SoFarForm, ThankForm, took_part

WRITTEN_AS_ONE = (Entry.Kind.EXPLAINED,)
"""Explanations have a page of their own: the page of a question offers that instead of a box."""


def of(person: Person, escalation: Escalation, readable: bool, wrong: Form | None) -> dict[str, Any]:
    """For `escalations/show.html`. Whether somebody may own it is asked once; the rest mostly follows."""
    is_open = escalation.is_open
    owns = access.may_own(person, escalation)
    closes = owns or access.may_close(person, escalation)
    names = is_open and (closes or access.may_name(person, escalation))
    kinds = _kinds(person, escalation, owns) if readable else []
    unnamed = names and escalation.mechanism_id is None  # another one is a way of passing it on
    found = {
        "may_own": is_open and owns and escalation.owner != person,
        "may_explain": is_open and owns,
        "may_pass_on": names,
        "may_merge": is_open and closes,
        "entry_form": _form(EntryForm, wrong, kinds=kinds) if kinds else None,
        "mechanism_form": _form(MechanismForm, wrong) if unnamed else None,
        "close_form": _form(CloseForm, wrong) if is_open and closes else None,
    }
    return {**found, **_turns(person, escalation, readable, wrong, closes, owns)}


def _kinds(person: Person, escalation: Escalation, owns: bool) -> list[str]:
    kinds = (*access.NOTES, *access.ANSWERS) if owns else access.kinds_open_to(person, escalation)
    if not escalation.is_open:
        return [Entry.Kind.NOTE] if kinds else []
    return [kind for kind in kinds if kind not in WRITTEN_AS_ONE]


def _turns(
    person: Person, escalation: Escalation, readable: bool, wrong: Form | None, closes: bool, owns: bool
) -> dict:
    merged = getattr(escalation, "merging", None)
    explained = escalation.facts.explained_at
    those = took_part(escalation, person) if readable else set()
    again = not escalation.is_open and merged is None and (closes or access.may_reopen(person, escalation))
    return {
        "so_far_form": _form(SoFarForm, wrong) if escalation.is_open and owns and not explained else None,
        "reopen_form": _form(ReopenForm, wrong) if again else None,
        "thank_form": _form(ThankForm, wrong, took_part=those) if those else None,
    }


def _form(kind: type[Form], wrong: Form | None, **options) -> Form:
    return wrong if type(wrong) is kind else kind(**options)
