"""Bringing in teams; a team that people name and nobody has heard of is created."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.people import columns, rules, settling
from andon.people.models import Team
from andon.people.rules import Refused, StaffRow


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team as a file has it; empty texts are unknown."""

    row: int
    name: str
    slug: str = ""
    parent: str = ""
    site: str = ""


class Teams:
    """Every team, looked up by name or slug in any case, with what was made and refused along the way."""

    def __init__(self) -> None:
        self.by_name: dict[str, Team] = {}
        self.new: list[str] = []
        self.refused: list[Refused] = []
        self.slugs: set[str] = set()
        for team in Team.objects.all():
            self._keep(team)

    def _keep(self, team: Team) -> None:
        self.slugs.add(team.slug)
        self.by_name.setdefault(team.slug.casefold(), team)
        self.by_name[team.name.casefold()] = team

    def named(self, name: str) -> Team | None:
        return self.by_name.get(name.casefold())

    def ensure(self, name: str, slug: str = "", site: str = "") -> Team:
        team = self.named(name) or (self.named(slug) if slug else None)
        if team is None:
            team = Team.objects.create(name=name, slug=self._free_slug(slug or name), site=site)
            self.new.append(team.name)
            self._keep(team)
        return team

    def _free_slug(self, name: str) -> str:
        base = slugify(name)[:70] or "team"
        numbered = (f"{base}-{n}" if n > 1 else base for n in range(1, 100_000))
        return next(slug for slug in numbered if slug not in self.slugs)


def bring_teams(
    raws: Iterable[Mapping[str, object]], people: Iterable[StaffRow]
) -> tuple[dict[str, Team], tuple[str, ...], tuple[Refused, ...]]:
    """Teams by lower-case name and slug, the names of new ones, and rows refused (columns `teams.…`)."""
    teams = Teams()
    rows = list(_read(raws, teams.refused))
    for row in rows:
        _bring(row, teams)
    _place(rows, teams)
    for name in dict.fromkeys(row.team for row in people if row.team):
        teams.ensure(name)
    return teams.by_name, tuple(teams.new), tuple(teams.refused)


def _read(raws: Iterable[Mapping[str, object]], refused: list[Refused]) -> Iterable[TeamRow]:
    seen: dict[str, int] = {}
    for row, raw in enumerate(raws, start=2):
        names = columns.match(raw, columns.TEAMS)
        cells = {name: columns.text(raw, names.get(name)) for name in columns.TEAMS}
        cells["name"] = cells["name"] or cells["slug"]
        key = cells["name"].casefold()
        if not any(cells.values()):
            continue
        if reason := _unfit(cells, seen.get(key)):
            refused.append(Refused(row, "teams.name", cells["name"][:40], reason))
            continue
        seen[key] = row
        yield TeamRow(row, **cells)


def _unfit(cells: Mapping[str, str], earlier: int | None) -> str:
    if not cells["name"]:
        return _("A team needs a name.")
    if earlier:
        return _("This team is already on row %(earlier)s.") % {"earlier": earlier}
    if not "".join(cells.values()).isprintable():
        return _("Holds a character that cannot be printed.")
    if len(cells["name"]) > rules.LONGEST["team"] or len(cells["site"]) > rules.LONGEST["site"]:
        return _("The name is longer than 120 characters or the site longer than 80.")
    return ""


def _bring(row: TeamRow, teams: Teams) -> None:
    team = teams.ensure(row.name, row.slug, row.site)
    if (team.name, team.site) != (row.name, row.site or team.site):
        team.name, team.site = row.name, row.site or team.site
        team.save(update_fields=["name", "site"])
        teams._keep(team)


def _place(rows: list[TeamRow], teams: Teams) -> None:
    """Each team inside its parent, once all are there; never a team inside itself."""
    inside = {str(team.pk): str(team.parent_id or "") for team in set(teams.by_name.values())}
    for row in rows:
        team, parent = teams.named(row.name), teams.named(row.parent) if row.parent else None
        reason = _misplaced(row, team, parent, inside)
        if reason:
            teams.refused.append(Refused(row.row, "teams.parent", row.parent, reason))
        elif parent and team.parent_id != parent.pk:
            inside[str(team.pk)] = str(parent.pk)
            team.parent = parent
            team.save(update_fields=["parent"])


def _misplaced(row: TeamRow, team: Team, parent: Team | None, inside: Mapping[str, str]) -> str:
    if row.parent and parent is None:
        return _("No team is called this. The team itself was taken, without a parent.")
    if parent and settling.loops({**inside, str(team.pk): str(parent.pk)}):
        return _("The teams would be inside each other. The team itself was taken, without this parent.")
    return ""
