"""What a reader of a fit must know, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping

from andon.stats.mixed.design import Grouping


def notes_of(
    variances: Mapping[str, float],
    aliased: tuple[str, ...],
    groupings: Mapping[str, Grouping],
    converged: bool,
) -> tuple[str, ...]:
    notes = []
    for name, variance in variances.items():
        if groupings[name].levels == 1:
            notes.append(f"{name} has a single level, so its variance cannot be seen and is left at zero.")
        elif variance == 0:
            notes.append(f"{name}: no more variation than chance gives, so its variance is zero.")
    notes += [
        f"{name} says nothing that the covariates before it do not say, and is left out." for name in aliased
    ]
    if not converged:
        notes.append("The fit did not converge: its gradient is not small.")
    return tuple(notes)
