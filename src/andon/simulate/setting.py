"""What is fixed before anything happens: the days, the register, the staff and the planted causes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .causes import Cause, plan_causes
from .mechanisms import Mechanism, register
from .people import Staff, build_staff
from .sizes import Sizes, Window


@dataclass(frozen=True)
class Setting:
    window: Window
    mechanisms: tuple[Mechanism, ...]
    staff: Staff
    causes: tuple[Cause, ...]

    @cached_property
    def slugs(self) -> list[str]:
        return [mechanism.slug for mechanism in self.mechanisms]

    @cached_property
    def served(self) -> NDArray[np.bool_]:
        """Whether a person serves, by mechanism."""
        return np.array([mechanism.served for mechanism in self.mechanisms])

    @cached_property
    def channels(self) -> list[str]:
        return sorted({channel for mechanism in self.mechanisms for channel in mechanism.channels})

    def planted(self, id_: str) -> Cause | None:
        """The cause of that name, when it was planted."""
        return next((cause for cause in self.causes if cause.id == id_), None)

    def place(self, cause: Cause) -> int:
        """Where the cause's mechanism stands in the register."""
        return self.slugs.index(cause.mechanism)

    def owning_team(self, mechanism: Mechanism) -> int:
        return (
            0
            if mechanism.owner_kind == self.staff.teams[0].kind
            else self.staff.kind_of(mechanism.owner_kind)[0]
        )


def build_setting(rng: np.random.Generator, window: Window, sizes: Sizes) -> Setting:
    """An organisation of these sizes in which nothing has happened yet."""
    mechanisms = register(sizes.mechanisms)
    staff = build_staff(rng, sizes.people, sizes.teams, window)
    return Setting(window, mechanisms, staff, plan_causes(window, mechanisms, staff))
