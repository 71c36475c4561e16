"""Every address, for everybody: who may look, who may act, and that for others the thing does not exist."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from andon.escalations.actions import raise_escalation
from andon.signals.models import Dataset, SavedView
from tests.cast import make_cast
from tests.house.addresses import ours
from tests.house.permissions import EVERYBODY, RULES, WITHOUT_SIGN_IN, Rule, things_of
from tests.web.charts import calm, charted
from tests.web.heard import clustered

pytestmark = pytest.mark.django_db

GONE = {404, 405}
EVERYONE = sorted(EVERYBODY)


def test_every_address_has_a_rule_and_every_rule_an_address():
    pages = {name for name in ours() if not name.startswith("api")} - WITHOUT_SIGN_IN
    assert set(RULES) == pages


@pytest.fixture(scope="module")
def things(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the addresses are about, made once for all of them; whatever is tried on it is undone each time."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _things(make_cast(), tmp_path_factory.mktemp("brought"))
        transaction.set_rollback(True)


def _things(cast, tmp_path):
    """Alice's question, her saved view, a dataset that the analyst brought, and what each area adds."""
    question = raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    view = SavedView.objects.create(person=cast.alice, name="Torn", query="q=torn")
    (tmp_path / "refused.csv").write_text("row,column,value,reason\n")
    (tmp_path / "brought.csv").write_text("at,mechanism\n2026-01-01,labels\n")
    dataset = Dataset.objects.create(
        name="brought.csv",
        holds="interactions",
        file=str(tmp_path / "brought.csv"),
        by=cast.ana,
        state="done",
    )
    charted(cast.late, calm())
    cluster = clustered([cast.torn], cast.now, cast.labels)
    found = {"question": question.number, "view": view.pk, "dataset": dataset.key, "cluster": cluster.pk}
    found |= {"alice": cast.alice.pk, "ana": cast.ana.pk}
    found |= things_of(cast)
    return SimpleNamespace(cast=cast, found=found)


def address(name: str, rule: Rule, things) -> str:
    look_ups = {key: things.found.get(value, value) for key, value in rule.things.items()}
    return reverse(name, kwargs=look_ups) + (f"?{rule.query}" if rule.query else "")


def answers(who: str, where: str, rule: Rule, things) -> tuple[int, int]:
    """What looking and acting answer for somebody; what that changed is undone, for the next one."""
    with transaction.atomic():
        client = Client()
        client.force_login(getattr(things.cast, who))
        looked, acted = client.get(where).status_code, client.post(where, rule.sends).status_code
        transaction.set_rollback(True)
    return looked, acted


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(RULES))
def test_an_address_answers_those_who_may_and_does_not_exist_for_others(name, things):
    rule = RULES[name]
    where = address(name, rule, things)
    for who in EVERYONE:
        looked, acted = answers(who, where, rule, things)
        assert (looked not in GONE) == (who in rule.look), f"GET answers {looked} to {who}"
        assert (acted not in GONE | {403}) == (who in rule.act), f"POST answers {acted} to {who}"
        assert max(looked, acted) < 500


@pytest.mark.parametrize("way", ["never signed in", "signed out", "left"])
def test_whoever_is_not_signed_in_is_asked_to_everywhere(way, things, client):
    if way == "signed out":
        client.force_login(things.cast.alice)
        client.post("/accounts/logout/")
    for name, rule in RULES.items():
        if way == "left":
            client.force_login(things.cast.lea)
        answer = client.get(address(name, rule, things))
        assert answer.status_code == 302, name
        assert answer.url.startswith("/accounts/login/"), name


def test_the_sign_in_of_somebody_who_left_is_refused(things, client):
    client.post("/accounts/login/", {"login": things.cast.lea.email, "password": things.cast.password})
    assert "_auth_user_id" not in client.session
