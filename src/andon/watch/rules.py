"""Anecdote against metric: whether complaints and charts disagree. Pure."""

from collections.abc import Iterable


def disagree(rising: bool, out: Iterable[bool]) -> bool:
    """Complaints rise while every chart is calm; `out` says of each that has data whether it is out of spec.

    Where nothing is measured there is no chart to be wrong.
    """
    charts = list(out)
    return rising and bool(charts) and not any(charts)
