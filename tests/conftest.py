"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.cast import make_cast

# A busy machine is slow, not wrong: no property fails for taking its time. CI tries more examples than a desk does.
EXAMPLES = int(os.environ.get("ANDON_EXAMPLES", 100 if os.environ.get("CI") else 40))
DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}
settings.register_profile(
    "andon", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("andon")


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="only tests that ask a database")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    asking = [one for one in items if one.get_closest_marker("django_db") or DATABASE & set(one.fixturenames)]
    config.hook.pytest_deselected(items=[one for one in items if one not in set(asking)])
    items[:] = asking


@pytest.fixture
def cast(db):
    """Alice, Martin and the others, with what they own and what customers said."""
    return make_cast()
