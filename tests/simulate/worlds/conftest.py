"""One plain world for all tests of this folder; others are drawn where they are needed."""

from dataclasses import replace

import numpy as np
import pytest

from andon.simulate.worlds import WORLDS, World, draw_world


def draw(name: str, *seed: int, **other) -> World:
    return draw_world(np.random.default_rng([11, *seed]), replace(WORLDS[name], **other))


@pytest.fixture(scope="session")
def plain() -> World:
    return draw("plain")
