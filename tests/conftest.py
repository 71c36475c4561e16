"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.cast import make_cast

# A busy machine is slow, not wrong: no property fails for taking its time. CI tries more examples than a desk does.
EXAMPLES = 100 if os.environ.get("CI") else 40
settings.register_profile(
    "andon", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("andon")


@pytest.fixture
def cast(db):
    """Alice, Martin and the others, with what they own and what customers said."""
    return make_cast()
