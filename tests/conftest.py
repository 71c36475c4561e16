"""What every test may ask for."""

import pytest

from tests.cast import make_cast


@pytest.fixture
def cast(db):
    """Alice, Martin and the others, with what they own and what customers said."""
    return make_cast()
