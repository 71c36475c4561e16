"""A manager's own line: which standards hold there, and who has read them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from andon.evidence import access_log
from andon.people.access import MANAGER, is_any
from andon.people.models import Line, Person, Team
from andon.standards import access
from andon.standards.models import Acknowledgement, Holding, Reminder, StandardVersion
from andon.web.standards.bars import level_words
from andon.web.standards.reach import tabs
from andon.web.standards.readers import SHOWN, Readers, Waiting, in_words


@dataclass(frozen=True, slots=True)
class Held:
    """A standard that holds for somebody of the line."""

    version: StandardVersion
    level: str
    readers: Readers


@require_safe
def line(request: HttpRequest) -> HttpResponse:
    if not is_any(request.user, MANAGER):
        raise Http404
    now = timezone.now()
    teams = list(access.teams_led(request.user).order_by("name"))
    team = next((one for one in teams if one.slug == request.GET.get("team")), None)
    people = below(request.user, team)
    held = _held(people, timezone.localdate(now))
    told = in_words(Acknowledgement.objects.filter(person__in=people.values("pk")))
    shown = {person for one in held for person in one.readers.people} | {said.person for said in told}
    access_log.note_many(request.user, shown, gettext_noop("Standards you acknowledged"), now)
    page = {
        "held": held,
        "told": told,
        "kinds": Acknowledgement.Kind,
        "teams": teams,
        "team": team,
        **tabs(request),
    }
    return render(request, "standards/team.html", page)


def below(manager: Person, team: Team | None) -> QuerySet[Person]:
    """Direct reports at work; or everybody below, however far, in one team."""
    lines = Line.objects.filter(above=manager)
    if team is None:
        return Person.objects.at_work().filter(pk__in=lines.filter(depth=1).values("below"))
    return Person.objects.at_work().filter(pk__in=lines.values("below"), team=team)


def _held(people: QuerySet[Person], today: date) -> list[Held]:
    """Every standard that binds somebody of them. Five queries, however many people."""
    named = {person.pk: person for person in people.only("pk", "name", "team_id")}
    bound = _bound(people, named, today)
    read = _read(people, bound)
    asked = _asked(people, bound)
    return [
        Held(version, level_words(version), _readers(version, [named[key] for key in keys], read, asked))
        for version, keys in sorted(
            bound.items(), key=lambda one: (str(one[0].standard.job_role), str(one[0]))
        )
    ]


def _bound(
    people: QuerySet[Person], named: dict[int, Person], today: date
) -> dict[StandardVersion, list[int]]:
    """Version to those whom it binds, as `queries.in_force_for` says of each of them."""
    holders = defaultdict(list)
    holdings = Holding.objects.on(today).filter(person__in=people.values("pk"))
    for role, person in holdings.values_list("job_role", "person"):
        holders[role].append(person)
    versions = list(
        StandardVersion.objects.in_force(today).filter(standard__job_role__in=list(holders)).with_all()
    )
    own = {(one.standard.job_role_id, one.standard.team_id, one.standard.subject) for one in versions}
    bound = {}
    for version in versions:
        keys = [
            key for key in holders[version.standard.job_role_id] if _binds(version, named[key].team_id, own)
        ]
        if keys:
            bound[version] = keys
    return bound


def _binds(version: StandardVersion, team: int | None, own: set[tuple]) -> bool:
    standard = version.standard
    if standard.team_id is not None:
        return standard.team_id == team
    return team is None or (standard.job_role_id, team, standard.subject) not in own


def _read(people: QuerySet[Person], versions: dict) -> set[tuple[int, int]]:
    said = Acknowledgement.objects.filter(version__in=list(versions), person__in=people.values("pk"))
    return set(said.values_list("version", "person"))


def _asked(people: QuerySet[Person], versions: dict) -> dict:
    sent = Reminder.objects.filter(version__in=list(versions), person__in=people.values("pk")).order_by("at")
    return {(version, person): at for version, person, at in sent.values_list("version", "person", "at")}


def _readers(version: StandardVersion, people: list[Person], read: set, asked: dict) -> Readers:
    by_name = sorted(people, key=lambda person: person.name)
    have = [person for person in by_name if (version.pk, person.pk) in read]
    have_not = [person for person in by_name if (version.pk, person.pk) not in read]
    waiting = [Waiting(person, asked.get((version.pk, person.pk))) for person in have_not[:SHOWN]]
    return Readers(version, waiting, have[:SHOWN], [], len(have_not) > SHOWN, len(have) > SHOWN)
