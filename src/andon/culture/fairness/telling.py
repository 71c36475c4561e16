"""An audit in the reader's words, from what was kept: for the page and for the paper alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.culture.fairness import figures
from andon.culture.fairness.models import FairnessAudit
from andon.culture.fairness.processes import OF, Nature
from andon.culture.fairness.words import AMONG, PROCESSES, STATES, WAITS
from andon.people import saying

Json = Mapping[str, Any]
NAMED = ("differs", "mixed", "alone", "masked")
LOOKS = {"adverse": "cord", "favourable": "open", "differs": "open", "none": "calm", "few": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One group beside the others in one process. `facts` are (what, figure) pairs for the table behind it."""

    group: str
    counts: str
    rate: str
    others: str
    ratio: str
    state: str
    look: str
    sentence: str
    named: bool
    facts: list[tuple[str, str]] = field(default_factory=list)
    halves: list[tuple[str, str, str]] = field(default_factory=list)
    picture: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One process; `why` says why there are no rows."""

    name: str
    among: str
    rows: list[Row]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One attribute."""

    slug: str
    name: str
    purpose: str
    basis: str
    groups: list[Json]
    left_out: str
    why: str
    tables: list[Table]
    waits: list[Table]

    @property
    def named(self) -> list[tuple[str, Row]]:
        every = [*self.tables, *self.waits]
        return [(table.name, row) for table in every for row in table.rows if row.named]

    @property
    def empty(self) -> list[Table]:
        return [table for table in self.tables if not table.rows]

    @property
    def full(self) -> list[Table]:
        return [table for table in self.tables if table.rows]


def part(kept: Json) -> Part:
    return Part(
        kept["slug"], kept["name"], kept["purpose"], kept["basis"], kept["groups"], _left_out(kept), _why_none(kept),
        [_table(one) for one in kept["tables"]], [_wait(one) for one in kept["waits"]],
    )  # fmt: skip


def _left_out(kept: Json) -> str:
    said = []
    if kept["together"]:
        said.append(_("Groups of fewer than five people are counted together with the next larger one."))
    if kept["unrecorded"]:
        told = ngettext(
            "Of %(n)s person nothing is recorded.", "Of %(n)s people nothing is recorded.", kept["unrecorded"]
        )
        said.append(told % {"n": saying.thousands(kept["unrecorded"])})
    return " ".join(said)


def _why_none(kept: Json) -> str:
    if kept["held_by"] is not None:
        return _(
            "Nothing is shown: together with audit %(audit)s it would tell of fewer than five people. Choose the same "
            "time as there, or wait until more people have come or gone."
        ) % {"audit": kept["held_by"]}
    return "" if kept["groups"] else _("Nothing is shown: it takes two groups of five people or more.")


def _table(kept: Json) -> Table:
    process = OF[kept["process"]]
    rows = [_row(row, process.nature, kept["halves"]) for row in kept["rows"]]
    return Table(str(PROCESSES[process.slug]), str(AMONG.get(process.among, "")), rows, _why(kept))


def _why(kept: Json) -> str:
    if kept["state"] == "few":
        return _("Fewer than five people, or no two groups of five.")
    if kept["state"] == "held" and not kept["held_by"]:
        return _(
            "Only in part new beside what this audit shows already: fewer than five people would follow from both."
        )
    if kept["state"] == "held":
        return _("As in audit %(audit)s: fewer than five people are new or gone since.") % {
            "audit": kept["held_by"]
        }
    return ""


def _row(row: Json, nature: Nature, halves: list[Json]) -> Row:
    state = _state(row)
    return Row(
        group=row["group"],
        counts=figures.counts(row["x"], row["n"]),
        rate=figures.rate(row["rate"]),
        others=figures.counts(row["others_x"], row["others"]),
        ratio=figures.ratio(row["happens"]),
        state=str(STATES[state]),
        look=LOOKS.get(state, "open"),
        sentence=_sentence(row, state),
        named=row["verdict"] in NAMED,
        facts=list(_facts(row, nature)),
        halves=list(_halves(row["group"], halves)),
        picture=figures.picture(row["happens"]),
    )


def _state(row: Json) -> str:
    if row["verdict"] == "differs" and row["adverse"] is not None:
        return "adverse" if row["adverse"] else "favourable"
    return str(row["verdict"])


def _sentence(row: Json, state: str) -> str:
    over_all, within = figures.places(row["happens"]), figures.ratio(row["inside"]["ratio"])
    if state == "few":
        return _("Too few to tell: even the most extreme result could be chance.")
    if state == "none":
        return _nothing(row["hidden_up_to"])
    if state in ("mixed", "alone", "masked"):
        return _by_roles(state, row, figures.ratio(row["happens"]), within)
    head = {
        "adverse": _("Adverse: %(ratio)s times as often as among the others (%(low)s to %(high)s)."),
        "favourable": _("Favourable: %(ratio)s times as often as among the others (%(low)s to %(high)s)."),
    }.get(state, _("Differs: %(ratio)s times as often as among the others (%(low)s to %(high)s)."))
    return head % over_all + " " + _("Among people in the same role: %(within)s.") % {"within": within}


def _nothing(most: Any) -> str:
    if most in (None, "inf"):
        return _("No sign of a difference; but so few that the data could hide any.")
    return _("No sign of a difference; the data could hide a ratio up to %(most)s.") % {
        "most": figures.times(most)
    }


def _by_roles(state: str, row: Json, over_all: str, within: str) -> str:
    places = {"over_all": over_all, "within": within}
    if state == "mixed":
        return (
            _(
                "Over all %(over_all)s times as often; among people in the same role %(within)s. The mix of roles "
                "explains most of it: ask who comes into which role."
            )
            % places
        )
    if state == "alone":
        return (
            _(
                "Over all %(over_all)s times as often. Too few others are in the same roles, so role and group cannot "
                "be told apart."
            )
            % places
        )
    ends = {True: _("That is adverse."), False: _("That is favourable.")}.get(row["adverse"], "")
    said = _("Over all %(over_all)s times as often, and among people in the same role %(within)s.") % places
    return f"{said} {ends}".strip()


def _facts(row: Json, nature: Nature) -> Iterator[tuple[str, str]]:
    good, bad = ("happens", "spared") if nature is Nature.GOOD else ("spared", "happens")
    if nature is Nature.EITHER:
        yield _("Ratio of those to whom it happened"), figures.ratio(row["happens"])
        yield _("Ratio of those to whom it did not"), figures.ratio(row["spared"])
    else:
        yield _("Favourable ratio"), figures.ratio(row[good])
        yield _("Adverse ratio"), figures.ratio(row[bad])
        yield (
            _("Beside the group that has it best (four-fifths: 0.8; no verdict)"),
            figures.times(row["four_fifths"]),
        )
    yield _("Within the same roles"), figures.ratio(row["inside"]["ratio"])
    yield _("Share of the group with others in their role"), saying.percent(row["inside"]["share"])
    yield _("Per year at work"), figures.ratio(row["per_year"])
    yield _("Difference, in percentage points"), figures.points(row["difference"])
    yield _("Odds ratio (exact)"), figures.ratio(row["odds"])
    yield _("Fisher’s exact p"), figures.chance(row["p"])
    yield _("p corrected for all comparisons"), figures.chance(row["corrected"])
    yield _("p within roles, exact"), figures.chance(row["inside"]["p"])
    yield _("p within roles, corrected"), figures.chance(row["inside"]["corrected"])


def _halves(group: str, halves: list[Json]) -> Iterator[tuple[str, str, str]]:
    """Half year, to how many of the group and of the others it happened, and the ratio of rates."""
    for half in halves:
        for row in half["rows"]:
            if row["group"] == group:
                span = f"{saying.month(date.fromisoformat(half['since']))} – {_last(half['until'])}"
                counts = f"{saying.thousands(row['x'])} / {saying.thousands(row['others_x'])}"
                yield span, counts, figures.ratio(row["happens"])


def _last(until: str) -> str:
    """The month before the first day that is no longer looked at."""
    end = date.fromisoformat(until)
    months = end.year * 12 + end.month - 2
    return saying.month(date(months // 12, months % 12 + 1, 1))


def _wait(kept: Json) -> Table:
    rows = [_wait_row(row) for row in kept["rows"]]
    still = ngettext(
        "%(n)s person still waited at the end.", "%(n)s people still waited at the end.", kept["still"]
    )
    why = still % {"n": saying.thousands(kept["still"])} if kept["still"] else ""
    return Table(str(WAITS[kept["kind"]]), "", rows, why)


def _wait_row(row: Json) -> Row:
    named = row["corrected"] is not None and row["corrected"] <= 0.05
    longer = row["longer"]["estimate"] is not None and row["longer"]["estimate"] > 0
    state = ("adverse" if longer else "favourable") if named else "none"
    return Row(
        group=row["group"], counts=figures.days(row["median"]), rate="", others=figures.days(row["others_median"]),
        ratio=figures.longer(row["longer"]), state=str(STATES[state]), look=LOOKS[state], named=named,
        sentence=_waiting(row, named, longer),
        facts=[
            (_("People"), f"{row['n']} / {row['others']}"),
            (_("Mann and Whitney’s p"), figures.chance(row["p"])),
            (_("p corrected for all comparisons"), figures.chance(row["corrected"])),
        ],
    )  # fmt: skip


def _waiting(row: Json, named: bool, longer: bool) -> str:
    shift = {"days": figures.longer(row["longer"])}
    if not named:
        return _("No sign of a difference; the wait could differ by %(days)s days.") % shift
    if longer:
        return _("They wait longer than the others, by %(days)s days.") % shift
    return _("They wait less long than the others, by %(days)s days.") % shift


def headline(audit: FairnessAudit, parts: list[Part]) -> str:
    """What stands out, in a sentence."""
    adverse = sum(row.look == "cord" for part in parts for _name, row in part.named)
    named = sum(len(part.named) for part in parts)
    if not parts:
        return _("No groups were recorded, so nothing was compared.")
    if not audit.content["comparisons"]:
        return _("Too few people: nothing could be compared without pointing at somebody.")
    if not named:
        return _("Nowhere a sign of a difference that chance does not explain.")
    told = ngettext("%(n)s difference stands out", "%(n)s differences stand out", named)
    return (
        told % {"n": saying.few(named).capitalize()}
        + ", "
        + (ngettext("%(n)s of them adverse.", "%(n)s of them adverse.", adverse) % {"n": saying.few(adverse)})
    )
