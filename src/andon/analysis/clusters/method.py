"""How it was looked, in sentences for readers."""

from collections.abc import Sequence

from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.searching import Search
from andon.plots import words


def method(ground: Ground, wanted: Sequence[Search]) -> tuple[str, ...]:
    """What was counted, with what it was compared, and how chance was kept out."""
    return (_counted(ground), *_sought(wanted), _compared(ground), _chance(ground), _one_cause())


def _counted(ground: Ground) -> str:
    once = (
        "Each customer counts once in a window"
        if ground.records.customers is not None
        else "Each row counts once"
    )
    texts = "; near-copies of a text count once" if ground.records.texts is not None else ""
    which = (
        "the newest window, and longer ones that end with it,"
        if ground.spec.asof is not None
        else "every window"
    )
    return (
        f"{once}{texts}. Windows of {ground.grid.window.words} are counted back from the end; {which} "
        "and each value, pair of values, word and phrase are looked at."
    )


def _sought(wanted: Sequence[Search]) -> list[str]:
    named = [
        f"{'the share of' if one.kind == 'rate' else 'the number of'} {one.label}"
        for one in wanted
        if one.label
    ]
    return [f"Looked for: {', '.join(named)}."] if named else []


def _compared(ground: Ground) -> str:
    lags = ground.grid.lags
    season = ""
    if lags and lags[0] < len(ground.grid):
        season = ", times how it stood at the same place in earlier " + (
            "weeks" if ground.grid.window.days < 7 else "years"
        )
    return (
        f"Expected is the slice's level in up to {ground.grid.baseline} earlier windows, with earlier peaks capped"
        f"{season}, moved by what all slices have in common, so that growth, holidays and seasons of everything light "
        "up nothing."
    )


def _chance(ground: Ground) -> str:
    return (
        "Chance is negative binomial, with the extra variance that each slice showed so far, and less sure where that "
        "was learned from little. The p is corrected for all slices, windows and lengths looked at, and false ones "
        f"among the clusters named are held at {words.share(ground.spec.fdr)}. EARS C2 and Farrington's method stand "
        "beside it as a second opinion."
    )


def _one_cause() -> str:
    return (
        "One cause gives one cluster: the strongest slice is taken, the others are judged again without its rows, "
        "and several parts of one value become that value."
    )
