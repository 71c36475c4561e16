"""From facts to an audit: every group and process compared, and all of it corrected together. Pure but for what it is
given: facts in, plain JSON out."""

import math
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from andon.culture.fairness import rules
from andon.culture.fairness.facts import Facts, Happened, Subject
from andon.culture.fairness.guarding import Guard
from andon.culture.fairness.hiding import SMALLEST, Groups, pooled, sizes_of
from andon.culture.fairness.processes import PROCESSES, WAITS, Process
from andon.culture.fairness.waiting import Waited, waited
from andon.stats.tables import rate_ratio

YEAR = 365.25
Json = dict[str, Any]


@dataclass(slots=True)
class Table:
    """One process for one attribute: rows, or why there are none."""

    process: Process
    state: str
    rows: tuple[rules.Compared, ...] = ()
    held_by: int = 0
    halves: tuple[Json, ...] = ()


@dataclass(slots=True)
class Part:
    """One attribute. `held_by` is the earlier audit together with which it would tell of a few."""

    slug: str
    groups: list[Json]
    together: int
    unrecorded: int
    tables: list[Table]
    waits: list[Waited]
    held_by: int | None = None


@dataclass(frozen=True, slots=True)
class Half:
    """Half a year of the span: who was at work in it, and what happened in it."""

    since: date
    until: date
    people: Mapping[int, Subject]
    happened: Mapping[str, Happened]


def part(slug: str, found: Facts, halves: list[Half], guard: Guard, possible: list[tuple[int, str]]) -> Part:
    groups = guard.as_before(found.groups[slug], possible)
    names = pooled(sizes_of(groups))
    unrecorded = len(found.people) - len(found.groups[slug])
    empty = Part(slug, [], _together(names), unrecorded, [], [])
    if not names:
        return empty
    if (held := guard.tells(groups, names)) is not None:
        return replace(empty, held_by=held)
    tables = [_table(one, groups, found, halves, guard) for one in PROCESSES]
    waits = [one for kind in WAITS if (one := _wait(kind, groups, found, guard))]
    return replace(empty, groups=_sizes(groups, found), tables=tables, waits=waits)


def _together(names: Mapping[str, str]) -> int:
    """How many groups are counted together with another."""
    return sum(name != shown for name, shown in names.items())


def _sizes(groups: Groups, found: Facts) -> list[Json]:
    return [
        {"name": name, "n": len(people), "years": round(_years(people, found))}
        for name, people in rules.members_of(groups).items()
    ]


def _years(people: list[int], found: Facts | Half) -> float:
    """Years at work of a group within the span."""
    theirs = (found.people.get(person) for person in people)
    return sum((one.ends - one.starts).days for one in theirs if one) / YEAR


def _table(process: Process, seen: Groups, found: Facts, halves: list[Half], guard: Guard) -> Table:
    groups = _among(process, seen, found.happened)
    happened = found.happened[process.slug].keys() & groups.keys()
    compared = rules.compare(groups, happened, _people(found, process), process.nature)
    if not compared:
        return Table(process, "few")
    held = guard.tells_of_cases(process.slug, groups, happened)
    if held is not None:
        return Table(process, "held", held_by=held)
    told = tuple(_halves(process, seen, halves, guard)) if not process.among else ()
    return Table(process, "told", compared, halves=told)


def _among(process: Process, seen: Groups, happened: Mapping[str, Happened]) -> Groups:
    if not process.among:
        return seen
    return {person: name for person, name in seen.items() if person in happened[process.among]}


def _people(found: Facts, process: Process) -> rules.People:
    first = found.happened[process.slug]
    roles = {person: one.role for person, one in found.people.items()}
    years = {
        person: max((min(first.get(person, one.ends), one.ends) - one.starts).days, 1) / YEAR
        for person, one in found.people.items()
    }
    return rules.People(roles, years)


def _halves(process: Process, seen: Groups, halves: list[Half], guard: Guard) -> Iterator[Json]:
    """The ratio of rates per time at work in each half year, of the same people throughout.

    Only where it happened to five or more, and nothing smaller follows from it together with the other half years.
    """
    members = rules.members_of(seen)
    for half in halves:
        happened = half.happened[process.slug].keys() & seen.keys()
        if len(happened) >= SMALLEST and guard.tells_of_cases(process.slug, seen, happened) is None:
            rows = [_half(name, members, happened, half) for name in members]
            yield {"since": half.since.isoformat(), "until": half.until.isoformat(), "rows": rows}


def _half(name: str, members: Mapping[str, list[int]], happened: AbstractSet[int], half: Half) -> Json:
    others = [person for other, people in members.items() if other != name for person in people]
    sides = (members[name], others)
    x, y = (len(happened & set(people)) for people in sides)
    time, other_time = (max(_years(people, half), 1 / YEAR) for people in sides)
    ratio = rate_ratio(x, time, y, other_time)
    return {"group": name, "x": x, "others_x": y, "happens": plain(ratio)}


def _wait(kind: str, seen: Groups, found: Facts, guard: Guard) -> Waited | None:
    days = {person: value for person, value in _mean(found.waits[kind]).items() if person in seen}
    rows = waited(kind, {person: seen[person] for person in days}, days, found.still.get(kind, 0))
    if not rows.rows:
        return None
    return None if guard.tells_of_cases(f"wait {kind}", seen, days) is not None else rows


def _mean(waits: list[tuple[int, float]]) -> dict[int, float]:
    """A person's mean wait: one who asks often is one person."""
    sums: dict[int, list[float]] = {}
    for person, value in waits:
        sums.setdefault(person, []).append(value)
    return {person: sum(values) / len(values) for person, values in sums.items()}


def correct(parts: list[Part]) -> int:
    """Corrects every p of the audit for all that were looked at together; how many comparisons that were."""
    rows = [row for one in parts for table in one.tables for row in table.rows]
    waits = [row for one in parts for wait in one.waits for row in wait.rows]
    over_all, within, waiting = rules.corrected(rows, [row.p for row in waits])
    fresh = iter(
        replace(row, corrected=p, inside=replace(row.inside, corrected=q))
        for row, p, q in zip(rows, over_all, within, strict=True)
    )
    later = iter(replace(row, corrected=p) for row, p in zip(waits, waiting, strict=True))
    for one in parts:
        for table in one.tables:
            table.rows = tuple(next(fresh) for _row in table.rows)
        one.waits = [replace(wait, rows=tuple(next(later) for _row in wait.rows)) for wait in one.waits]
    return 2 * len(rows) + len(waits)


def told(one: Part) -> Json:
    return {
        "slug": one.slug, "groups": one.groups, "together": one.together, "unrecorded": one.unrecorded,
        "held_by": one.held_by,
        "tables": [
            {"process": table.process.slug, "state": table.state, "held_by": table.held_by,
             "rows": [_row(row, table.process) for row in table.rows], "halves": list(table.halves)}
            for table in one.tables
        ],
        "waits": [plain(asdict(wait)) for wait in one.waits],
    }  # fmt: skip


def _row(row: rules.Compared, process: Process) -> Json:
    found = rules.verdict(row)
    more: Json = {
        "verdict": found.value,
        "adverse": None,
        "hidden_up_to": rules.hidden_up_to(row, process.nature),
    }
    if found not in (rules.Verdict.NONE, rules.Verdict.FEW):
        more["adverse"] = rules.adverse(row, process.nature)
    return plain(asdict(row) | more)


def plain(value: Any) -> Any:
    """As JSON: what is not known as null, what has no end as "inf"."""
    if hasattr(value, "__dataclass_fields__"):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf") if math.isinf(value) else value
    return value


def steps_of(attributes: int) -> int:
    """Parts of the work, for a bar of progress."""
    return FACTS + attributes + 2


FACTS = 5
