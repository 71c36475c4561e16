"""What every test may ask for."""

import os

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import made_once
from tests.cast import make_cast

# A busy machine is slow, not wrong: no property fails for taking its time. CI tries more examples than a desk does.
EXAMPLES = int(os.environ.get("ANDON_EXAMPLES", 60 if os.environ.get("CI") else 30))
DATABASE = {"db", "transactional_db", "django_db_setup"}
settings.register_profile(
    "andon", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("andon")


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="only tests that ask a database, each once")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    chosen = set(_of_each([one for one in items if _asks(one)]))
    config.hook.pytest_deselected(items=[one for one in items if one not in chosen])
    items[:] = [one for one in items if one in chosen]


def _asks(item):
    marked = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    return marked or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)


def _of_each(items):
    """The first of a test with many parameters: the others try rules, and ask the database the same."""
    seen = {}
    for item in items:
        seen.setdefault(item.nodeid.partition("[")[0], item)
    return seen.values()


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """The database of a worker: on SQLite a copy in memory of what migrations make, on PostgreSQL made by them."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_setup")
        yield
        return
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        connection.ensure_connection()
        made_once.fill(connection.connection)
    yield


@pytest.fixture(autouse=True)
def whoever_read_german_before():
    """A request leaves its language to whatever runs next in its thread; a test begins in English."""
    translation.activate("en")


@pytest.fixture
def cast(db):
    """Alice, Martin and the others, with what they own and what customers said."""
    return make_cast()


@pytest.fixture
def as_alice(cast, client):
    client.force_login(cast.alice)
    return client
