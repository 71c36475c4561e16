"""Colleagues by name: to ask one of them, and to notice when a text is about one."""

import re

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from andon.escalations.access import askable
from andon.escalations.rules import wording
from andon.people.models import Person

MOST = 10
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
FIRST_WORDS = 300  # of a text: names beyond it are not looked for


def colleagues_like(person: Person, who: str) -> QuerySet[Person]:
    """At most ten askable people whose name, title or team has all the words of `who`."""
    if len(who.strip()) < 2:
        return Person.objects.none()
    found = askable(person).select_related("team")
    for word in who.split()[:5]:
        found = found.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(team__name__icontains=word)
        )
    return found[:MOST]


class SomebodyField(forms.ModelChoiceField):
    """Somebody who was looked for by name and chosen. A name that was typed and not chosen is nobody yet: it would be
    put to somebody else unnoticed."""

    def __init__(self, by: Person) -> None:
        super().__init__(askable(by), required=False)

    def demand_chosen(self, form: forms.Form) -> None:
        typed = str(form.data.get("who", "")).strip()
        if typed and not form.data.get("to"):
            form.add_error("to", _("Choose whom you mean from the names found, or empty this field."))


def named_in(text: str, person: Person) -> list[str]:
    """Colleagues whom a text names, of those whose names `person` may look up anyway; in order, once each.

    Nobody else: this address would otherwise answer to anybody whether somebody of that name works here.
    """
    spoken = WORD.findall(text)[:FIRST_WORDS]
    if not spoken:
        return []
    known = Q(pk__in=Person.objects.visible_to(person).values("pk")) | Q(pk__in=askable(person).values("pk"))
    full = Person.objects.at_work().filter(known, name__in=_pairs_and_triples(spoken)).exclude(pk=person.pk)
    whole = set(full.values_list("name", flat=True)[:MOST])
    firsts = {
        first for first in _team_names(spoken, person) if not any(first in name.split() for name in whole)
    }
    return sorted(whole | firsts)


def _pairs_and_triples(spoken: list[str]) -> set[str]:
    said = [*spoken, "", ""]
    groups = [said[i : i + size] for size in (2, 3) for i in range(len(spoken))]
    return {form(" ".join(group)) for group in groups if all(group) for form in (str, str.title)}


def _team_names(spoken: list[str], person: Person) -> set[str]:
    if person.team_id is None:
        return set()
    team = Person.objects.at_work().filter(team=person.team_id).exclude(pk=person.pk)
    said = set(spoken)
    return {
        name.split()[0]
        for name in team.values_list("name", flat=True)
        if len(name) > 2 and name.split()[0] in said
    }


def offered(person: Person, text: str, mechanism: str = "") -> wording.Offer | None:
    """What could be asked instead of what is written; None where it is about what happened."""
    return wording.offer(text, named_in(text, person), mechanism)
