"""The small files: teams, people, mechanisms, measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .setting import Setting
from .write import write_csv

PEOPLE = ("number", "name", "email", "manager", "team", "title", "site", "joined", "left", "roles")
MECHANISMS = (
    *("mechanism", "name", "kind", "purpose", "owner_team", "owner", "consumers", "inputs", "outputs"),
    *("specification", "inspection", "version", "since"),
)
MEASURES = (
    *("mechanism", "measure", "name", "outcome", "of", "kind", "unit", "good", "spec_lower", "spec_upper"),
    *("target", "every", "season"),
)


def write_teams(path: Path, setting: Setting) -> None:
    """The office first; it is the parent of all others."""
    write_csv(path, ("team", "parent", "site"), [(t.name, t.parent, t.site) for t in setting.staff.teams])


def write_people(path: Path, setting: Setting) -> None:
    """Everybody in the order of their numbers."""
    staff, rows = setting.staff, []
    for place in np.argsort(staff.numbers):
        person, team = staff.people[place], staff.teams[staff.people[place].team]
        manager = None if person.manager is None else staff.numbers[person.manager]
        who = (staff.numbers[place], person.name, staff.emails[place], manager, team.name, person.title)
        rows.append((*who, team.site, person.joined, person.left, person.roles))
    write_csv(path, PEOPLE, rows)


def write_mechanisms(path: Path, setting: Setting) -> None:
    """The register; `owner` is a number in people.csv, consumers are teams joined by semicolons."""
    staff, rows = setting.staff, []
    for m in setting.mechanisms:
        team = setting.owning_team(m)
        consumers = dict.fromkeys(staff.teams[t].name for kind in m.consumers for t in staff.kind_of(kind))
        owned = (staff.teams[team].name, staff.numbers[staff.owner_in(team)], ";".join(consumers))
        words = (m.inputs, m.outputs, m.specification, m.inspection)
        rows.append((m.slug, m.name, m.kind, m.purpose, *owned, *words, 1, setting.window.start))
    write_csv(path, MECHANISMS, rows)


def write_measures(path: Path, setting: Setting) -> None:
    """Every measure with the column of interactions.parquet it is computed from."""
    names = ["slug" if name == "measure" else name for name in MEASURES[1:]]
    rows = [
        (mechanism.slug, *(getattr(measure, name) for name in names))
        for mechanism in setting.mechanisms
        for measure in mechanism.measures
    ]
    write_csv(path, MEASURES, rows)
