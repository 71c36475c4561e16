"""Sentences of the rooms that know nothing of languages: read out of their source, so that nothing is marked there.

`f"Provisional: the limits rest on {words.counted(points, 'point')}."` is a sentence with one place in it; the catalogue
has it as “Provisional: the limits rest on %(points)s.”. `people.saying.said` finds it again in what was kept.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "andon"
ROOMS = (
    "stats/rule_sets.py",
    "stats/mixed/notes.py",
    "stats/mixed/fitting.py",
    "plots/*.py",
    "lake/*.py",
    "analysis/*.py",
    "analysis/attribution/*.py",
    "analysis/clusters/*.py",
    "attribution/agreed.py",
    "attribution/cells.py",
    "attribution/coarser.py",
    "attribution/telling.py",
    "watch/anecdote.py",
    "watch/cells.py",
    "watch/pictures.py",
    "signals/imports.py",
    "signals/registering.py",
    "signals/removing.py",
    "signals/said.py",
    "people/reversing.py",
    "plans/access.py",
    "plans/consistency.py",
    "plans/facts/*.py",
    "plans/rules/*.py",
    "plans/dossier/*.py",
)
"""Where sentences are made that pages show: in rooms without Django, and in rules that are kept as they were."""
SILENT = {
    "lake/duck.py", "lake/missing.py", "lake/copies.py", "lake/customers.py", "lake/ingested.py", "lake/profile.py",
    "lake/spark.py",
    "plots/axes.py", "plots/vega.py", "plots/svg.py", "plots/chart.py", "plots/spark.py", "plots/engine.py",
    "plots/tile.py", "plots/ticks.py", "plots/widths.py",
    "analysis/ask.py", "analysis/asking.py", "analysis/computed.py", "analysis/every.py", "analysis/leaving.py",
    "analysis/output.py", "analysis/pages.py",
    "analysis/report.py", "analysis/suggest.py", "analysis/attribution/ask.py", "analysis/attribution/computed.py",
    "analysis/attribution/people.py", "analysis/attribution/pictures.py", "analysis/attribution/ranking.py",
    "analysis/attribution/report.py", "analysis/clusters/ask.py", "analysis/clusters/fields.py",
    "analysis/clusters/finding.py", "analysis/clusters/ground.py", "analysis/clusters/method.py",
    "analysis/clusters/reading.py", "analysis/clusters/report.py", "analysis/clusters/windows.py",
}  # fmt: skip
"""Of these rooms what stands on no page: options, files and reports of the command line, marks for programs."""
PROSE = re.compile(r"[A-Za-z’]{2,}[,:;.]? |[ ’][A-Za-z]{2,}")
WORDS = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(
    r"^[A-Z ]+$|[<>{}\\]|\w\(|::|'%\(|\[%\(| \| |^c-"
    r"|\b(SELECT|CASE|WHEN|CAST|COPY|NULL|DESCRIBE|FILTER|UNION|OVER|SET|FROM|AS)\b"
)
INNER = ("value", "operand", "elt")
MARKED = {f"{n}{p}gettext{lazy}" for n in ("", "n") for p in ("", "p") for lazy in ("", "_lazy", "_noop")} | {
    "_"
}


WORDS_ALONE = (
    "above", "below", "better", "worse", "higher", "lower", "mechanism", "worker", "team", "week", "time", "chance",
    "value", "count", "rate", "proportion", "between",
    "people", "process", "customers", "measurable", "product", "region", "channel", "language", "rating",
    "site", "(not given)", "no time given", "not a time written as the others are",
    "not a time written day/month/year as the others are", "not a time written month/day/year as the others are",
    "the time lies before 1901", "the time lies after 2099", "not yes or no", "not a number",
    "a negative denominator", "not a finite number", "the time lies in the future", "no mechanism given",
    ", and ", ", or ", ", nor ", "all", "and",
)  # fmt: skip
"""Single words that stand in a place of a sentence."""
COUNTED = (
    "signal", "other", "window", "team", "mechanism", "hour", "day", "week", "month", "quarter", "year", "point",
    "row", "case", "customer", "person,people",
)  # fmt: skip
"""What is counted where the word for it is not written in the call."""
BENT = (
    "in the week of %(day)s",
    "the week of %(day)s",
    "%(side)s: %(one)s against %(other)s.",
    "%(side)s in the week of %(day)s: %(rest)s.",
    "%(side)s in the %(nth)s quarter of %(year)s: %(rest)s.",
    "%(side)s in %(month)s: %(rest)s.",
    "%(side)s in %(year)s: %(rest)s.",
    "%(side)s on %(day)s: %(rest)s.",
    "%(side)s at %(day)s: %(rest)s.",
    "%(side)s since %(day)s: %(rest)s.",
    "%(side)s from %(day)s to %(day2)s: %(rest)s.",
    "%(side)s from the week of %(day)s to the week of %(day2)s: %(rest)s.",
    "On the common mix of work you would reach about %(adjusted)s (%(low)s to %(high)s); the standard is %(value)s.",
    "On the common mix of work you would reach about %(adjusted)s (%(low)s to %(high)s); the line is %(value)s.",
    "You share your mechanisms with a few others only, who work nowhere else",
    "%(where)s, so what is yours and what is %(whose)s cannot be told apart.",
    "It holds if nothing else that follows you matters beyond %(listed)s.",
    "But that rests on one stretch of time, the %(every)s from %(period)s with %(n)s: without it, meeting the line is "
    "as likely as missing it. Many cases of one event count as one event, so the numbers cannot tell.",
    "The chance that this is truly on the wrong side of the line is %(p)s; among all who are found so, at most "
    "%(fdr)s are expected to be found wrongly.",
    "That meets the line: the chance of truly missing it is %(p)s.",
    "The usual person on this mix misses the line too, so the shortfall is the process's; beyond that the numbers "
    "cannot tell.",
    "The numbers cannot tell: the chance of truly missing the line is %(p)s.",
    "“%(outcome)s” holds small whole numbers and was read as a value.",
    "Nobody said which side is better; higher was taken as better.",
    "The week of %(day)s is shown but not judged.",
    "The %(nth)s quarter of %(year)s is shown but not judged.",
    "The week of %(day)s, in which it stops, is not judged either.",
    "The %(nth)s quarter of %(year)s, in which it stops, is not judged either.",
    "It was not %(missing)s for the whole time from %(day)s to %(day2)s.",
    "from %(day)s to %(day2)s",
    "%(cases)s cases in %(mechanisms)s mechanisms.",
    "%(cases)s cases in one mechanism.",
    "1 case in one mechanism.",
    "upper limit %(level)s",
    "lower limit %(level)s",
    "centre %(level)s",
    "target %(level)s",
    "spec: at most %(level)s",
    "spec: at least %(level)s",
    "asked about this",
    "%(name)s %(share)s (%(low)s to %(high)s)",
    "mechanism %(value)s",
    "product %(value)s",
    "region %(value)s",
    "channel %(value)s",
    "language %(value)s",
    "rating %(value)s",
    "in %(year)s",
    "first",
    "second",
    "third",
    "fourth",
    "in the first quarter of %(year)s",
    "in the second quarter of %(year)s",
    "in the third quarter of %(year)s",
    "in the fourth quarter of %(year)s",
    "the first quarter of %(year)s",
    "the second quarter of %(year)s",
    "the third quarter of %(year)s",
    "the fourth quarter of %(year)s",
    "on %(day)s",
    "in %(month)s",
    "at %(day)s",
    "%(shown)s and others",
    "%(many)s with %(having)s about %(terms)s %(when)s: %(against)s.",
    "%(many)s with %(having)s %(when)s: %(against)s.",
    "%(many)s about %(terms)s %(when)s: %(against)s.",
    "%(many)s with %(having)s, over everything, %(when)s: %(against)s.",
    "%(many)s, over everything, %(when)s: %(against)s.",
    "above %(level)s",
    "below %(level)s",
)
"""Whole sentences where another language bends a word by what stands around it; the longer one is taken."""


def said() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Where, and what, of all rooms."""
    for room in ROOMS:
        for path in sorted(PACKAGE.glob(room)):
            name = str(path.relative_to(PACKAGE))
            if name not in SILENT:
                yield from ((name, one) for one in sentences(path))
    yield from (("bin/_sentences.py", one) for one in (*WORDS_ALONE, *BENT))
    for thing in COUNTED:
        one, _comma, many = thing.partition(",")
        yield "bin/_sentences.py", (f"%(n)s {one}", f"%(n)s {many or one + 's'}")


def sentences(path: Path) -> Iterator[str | tuple[str, str]]:
    """Every sentence and piece of one in a module; counted things as one and many."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = _silent(tree)
    for node in _outermost(tree, silent):
        if isinstance(node, ast.Call):
            yield _counted(node)
        elif text := template(node):
            yield text


def template(node: ast.expr) -> str:
    """The text with its places named; empty where it is no prose."""
    if isinstance(node, ast.Constant):
        text = node.value
        return text if PROSE.search(text) and not CODE.search(text) else ""
    pieces, taken = [], set()
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(part.value.replace("%", "%%"))
        else:
            pieces.append(f"%({_free(_name(part.value), taken)})s")
    text, words = "".join(pieces), "".join(piece for piece in pieces if not piece.startswith("%("))
    return text if WORDS.search(words) and " " in words and not CODE.search(text) else ""


def _free(name: str, taken: set[str]) -> str:
    free, n = name, 2
    while free in taken:
        free, n = f"{name}{n}", n + 1
    taken.add(free)
    return free


def _name(node: ast.AST) -> str:
    """What a place is called: the last name that is said in it."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower() or "it"
        case ast.Call():
            return _name(_said_of(node))
        case ast.IfExp(body=body, orelse=orelse):
            named = _name(body)
            return named if named != "it" else _name(orelse)
        case ast.BinOp(left=left, right=right):
            return _name(right if isinstance(left, ast.Constant) else left)
    inner = next((getattr(node, part) for part in INNER if hasattr(node, part)), None)
    return _name(inner) if isinstance(inner, ast.AST) and not isinstance(node, ast.Constant) else "it"


def _said_of(node: ast.Call) -> ast.AST:
    """What a call is about: its first argument, or what it is a method of."""
    if node.args and not isinstance(node.args[0], ast.Constant):
        return node.args[0]
    return node.func.value if isinstance(node.func, ast.Attribute) and not node.args else node.func


def _silent(tree: ast.Module) -> set[int]:
    """Docstrings, strings that stand alone as comments, and what is marked for gettext anyway."""
    found = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in MARKED)
    return found | {id(part) for call in calls for part in ast.walk(call)}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _outermost(node: ast.AST, silent: set[int]) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if id(child) in silent and isinstance(child, ast.Constant | ast.JoinedStr):
            continue
        if isinstance(child, ast.JoinedStr):
            yield child
            for part in child.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _outermost(part, silent)
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
        if _is_counting(child):
            yield child
            yield from _outermost(child.args[0], silent)
            continue
        yield from _outermost(child, silent)


def _is_counting(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and _called(node) == "counted"
        and len(node.args) > 1
        and all(isinstance(each, ast.Constant) for each in node.args[1:])
    )


def _counted(node: ast.Call) -> tuple[str, str]:
    one = node.args[1].value
    many = node.args[2].value if len(node.args) > 2 else one + "s"
    return f"%(n)s {one}", f"%(n)s {many}"
