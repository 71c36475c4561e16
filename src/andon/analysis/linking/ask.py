"""From what a user typed to all links: one path for the command line and whoever else starts from files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from andon import lake
from andon.analysis.asking import split_where
from andon.analysis.linking.columns import column, time_column
from andon.analysis.linking.goodness import oriented
from andon.analysis.linking.joining import FILES, SIDES, join
from andon.analysis.linking.naming import refuse_persons
from andon.analysis.linking.pairing import link
from andon.analysis.linking.spec import Linked, LinkQuestion, Side
from andon.lake import BadInput, Source
from andon.lake.linking_plan import UnitPlan, UnitSpec, plan_units


def answer(question: LinkQuestion, tell: Callable[[str], None] = lambda text: None) -> Linked:
    """Reads, joins and compares. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    sources = (lake.open_source(question.employee_data), lake.open_source(question.customer_data))
    tell("Reading the columns")
    plans = (_plan(question, sources, "employee"), _plan(question, sources, "customer"))
    tell("Counting by unit and period")
    joined = join(question, sources, plans)
    return link(oriented(joined, question.good), question, tell)


def _plan(question: LinkQuestion, sources: tuple[Source, Source], side: Side) -> UnitPlan:
    source = sources[SIDES.index(side)]
    theirs = side == "customer"
    unit = column(source, (question.unit_customer if theirs else None) or question.unit, side, "unit")
    at, notes = time_column(question, sources, side)
    measures, of = (question.customer, question.of) if theirs else (question.employee, None)
    refuse_persons(unit)
    try:
        found = plan_units(source, UnitSpec(unit, at, measures, of, _where(question, sources, side)))
    except BadInput as problem:
        raise BadInput(f"{FILES[side]}: {problem.problem}", problem.remedy) from None
    return replace(found, notes=notes + found.notes)


def _where(question: LinkQuestion, sources: tuple[Source, Source], side: Side) -> tuple[tuple[str, str], ...]:
    """Rows asked for, of each file that has the column. Raises BadInput where neither has."""
    found = []
    for text in question.where:
        pairs = [split_where(text, list(source.columns)) for source in sources]
        has = [pair[0] in source.columns for pair, source in zip(pairs, sources, strict=True)]
        if not any(has):
            raise BadInput(
                f"Neither file has a column “{pairs[0][0]}”.", "Write it as --where “COLUMN=VALUE”."
            )
        if has[SIDES.index(side)]:
            found.append(pairs[SIDES.index(side)])
    return tuple(found)
