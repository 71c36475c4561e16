"""What each address answers to each person. A new address without a row here fails the suite."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from andon.api.house import api
from andon.escalations import actions
from andon.escalations.actions import raise_escalation
from andon.escalations.models import Escalation
from tests.api.test_question_turns import SECTIONS
from tests.attribution.separated import separation
from tests.cast import make_cast
from tests.web.heard import clustered

pytestmark = pytest.mark.django_db

AT_WORK = ("alice", "bob", "martin", "mona", "charlie", "olga", "lena", "hana", "ana", "adam")
NOT_HERE = ("stranger", "lea")


def for_all(status):
    return dict.fromkeys(AT_WORK, status)


def only(who, otherwise, status=200):
    return for_all(otherwise) | dict.fromkeys(who.split(), status)


LABELS_READERS = "alice bob martin olga lena ana adam"
SEE_ALL = "lena ana adam"
KNOW_THE_REGISTER = "olga mona charlie lena ana adam"
PASSED_ON = {"to_team": "chat", "why": "Theirs."}
THANKS = {"to": "11", "text": "Well told."}
LONGER = {"days": 14, "why": "Few cases."}
SENT = {"kind": "made_right", "text": "Sent."}
CHANGE = {
    "mechanism": "labels", "what": "Labels are read", "measure": "labels/late", "level": 0.01, "window_days": 28,
    "due_on": str(date.today() + timedelta(30)), "no_side_effect": "It adds no step.",
}  # fmt: skip
TOMORROW = f"{date.today() + timedelta(1)}T12:00"
# cluster 1: of `torn`; cluster 2: of `lost`, whose mechanism nobody knows
# question 1: Alice about `torn`, put to Olga, explained; question 2: Lena about `lost`, in triage;
# question 3: closed; question 4: Alice, the same as 1
MATRIX = [
    ("GET", "/api/openapi.json", None, for_all(200)),
    ("GET", "/api/me", None, for_all(200)),
    ("GET", "/api/me/estimates", None, for_all(200)),  # each their own: tests/web/test_my_numbers.py
    ("GET", "/api/separations", None, for_all(200)),
    ("GET", "/api/separations/1", None, for_all(200)),
    ("GET", "/api/separations/99", None, for_all(404)),
    ("GET", "/api/mechanisms", None, for_all(200)),
    ("GET", "/api/mechanisms/labels", None, for_all(200)),
    ("GET", "/api/mechanisms/nothing", None, for_all(404)),
    ("GET", "/api/measures", None, for_all(200)),
    ("GET", "/api/measures/labels/late", None, for_all(200)),
    ("GET", "/api/measures/refunds/late", None, for_all(404)),
    ("GET", "/api/signals", None, for_all(200)),
    ("GET", "/api/signals/said-1", None, only(LABELS_READERS, 404)),
    ("GET", "/api/signals/said-2", None, only(f"mona charlie {SEE_ALL}", 404)),
    ("GET", "/api/signals/said-3", None, only(SEE_ALL, 404)),
    ("GET", "/api/clusters", None, for_all(200)),
    ("GET", "/api/clusters?state=over", None, for_all(200)),
    ("GET", "/api/clusters/1", None, only(LABELS_READERS, 404)),
    ("GET", "/api/clusters/2", None, only(SEE_ALL, 404)),
    ("GET", "/api/clusters/99999999999999999999", None, for_all(404)),
    ("POST", "/api/escalations", {"cluster": 1}, only(LABELS_READERS, 404, 201)),
    ("POST", "/api/escalations", {"cluster": 2}, only(SEE_ALL, 404, 201)),
    ("GET", "/api/escalations", None, for_all(200)),
    ("GET", "/api/escalations/1", None, for_all(200)),
    ("GET", "/api/escalations/99", None, for_all(404)),
    ("POST", "/api/escalations", {"signal": "said-1"}, only(LABELS_READERS, 404, 201)),
    ("POST", "/api/escalations", {"note": "Who sorts the post?"}, for_all(201)),
    ("POST", "/api/escalations", {}, for_all(422)),
    ("POST", "/api/escalations/1/own", {}, only("olga lena", 403)),
    ("POST", "/api/escalations/2/own", {}, only(KNOW_THE_REGISTER, 403)),
    ("POST", "/api/escalations/99/own", {}, for_all(404)),
    ("POST", "/api/escalations/1/entries", {"text": "Hm."}, only(LABELS_READERS, 403, 201)),
    ("POST", "/api/escalations/1/entries", {"kind": "answer", "text": "Hm."}, only("olga lena", 403, 201)),
    ("POST", "/api/escalations/1/entries", SENT, only("alice olga lena", 403, 201)),
    ("POST", "/api/escalations/1/close", {"reason": "Done"}, only("alice olga lena", 403)),
    ("POST", "/api/escalations/1/close", {}, only("alice olga lena", 403, 422)),
    ("POST", "/api/escalations/1/mechanism", {"mechanism": "refunds"}, only("alice olga lena ana adam", 403)),
    ("POST", "/api/escalations/2/mechanism", {"mechanism": "labels"}, only(KNOW_THE_REGISTER, 403)),
    ("POST", "/api/escalations/1/mechanism", {"mechanism": "nothing"}, for_all(404)),
    ("POST", "/api/escalations/1/pass-on", PASSED_ON, only("alice olga lena ana adam", 403)),
    ("POST", "/api/escalations/4/merge", {"into": 1, "why": "The same labels."}, only("alice olga lena", 403)),
    ("POST", "/api/escalations/4/so-far", {"text": "Belt 2.", "next_at": TOMORROW}, only("olga lena", 403)),
    ("POST", "/api/escalations/1/thanks", THANKS, only(LABELS_READERS, 403) | {"alice": 422}),
    ("POST", "/api/escalations/3/reopen", {"why": "It came back."}, only("alice olga lena", 403)),
    ("GET", "/api/escalations/1/explanation", None, only(LABELS_READERS, 404)),
    ("GET", "/api/escalations/3/explanation", None, for_all(404)),
    ("PUT", "/api/escalations/1/explanation", {"sections": {"summary": "New rolls."}}, only("olga lena", 403)),
    ("GET", "/api/escalations/1/changes", None, for_all(200)),
    ("POST", "/api/escalations/1/changes", CHANGE, only("olga lena", 403, 201)),
    ("POST", "/api/escalations/1/changes/{change}/in-place", {"since": "2026-03-02"}, only("olga lena", 403)),
    ("POST", "/api/escalations/1/changes/{change}/judge", {}, only("olga lena", 403, 422)),
    ("POST", "/api/escalations/1/changes/{change}/longer", LONGER, only("olga lena", 403, 422)),
    ("POST", "/api/escalations/1/changes/{change}/drop", {"why": "Not after all."}, only("olga lena", 403)),
    ("POST", "/api/escalations/3/changes/{change}/drop", {"why": "Not after all."}, for_all(404)),
]  # fmt: skip
IDS = [f"{method} {path} {json.dumps(body) if body else ''}" for method, path, body, _ in MATRIX]


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """What the addresses are about, made once for all of them; whatever is tried on it is undone each time."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield questions(make_cast())
        transaction.set_rollback(True)


def questions(cast):
    raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    raise_escalation(by=cast.lena, now=cast.now, signal=cast.lost)
    separation(pk=1)
    clustered([cast.torn], cast.now, cast.labels, pk=1)
    clustered([cast.lost], cast.now, pk=2)
    mended(cast)
    return cast


def mended(cast):
    """Question 1 is explained, with a change planned; 3 is closed, 4 asks the same as 1."""
    first = Escalation.objects.get(number=1)
    actions.begin_explanation(first, by=cast.olga, now=cast.now)
    actions.write_sections(first, SECTIONS, cast.olga, cast.now)
    actions.add_why(first, "Shorter rolls.", cast.olga, cast.now, evidence="Photos.")
    actions.post_explanation(first, by=cast.olga, now=cast.now)
    change = CHANGE | {
        "mechanism": cast.labels,
        "measure": cast.late,
        "side": "at_most",
        "due_on": cast.now.date(),
    }
    cast.change = actions.plan_fix(first, by=cast.olga, now=cast.now, **change)
    third = raise_escalation(by=cast.alice, now=cast.now, note="Who sorts the post?", mechanism=cast.labels)
    actions.close(third, by=cast.olga, now=cast.now, reason="Asked twice.")
    raise_escalation(by=cast.alice, now=cast.now, note="Why do labels tear?", mechanism=cast.labels)


def signed_in(cast, who):
    client = Client()
    if who != "stranger":
        client.force_login(getattr(cast, who))
    return client


def call(client, method, path, body):
    if method == "GET":
        return client.get(path)
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def status(cast, who, method, path, body):
    """What somebody is answered; what they did is undone."""
    with transaction.atomic():
        answer = call(signed_in(cast, who), method, path.format(change=cast.change.pk), body)
        transaction.set_rollback(True)
    if answer.status_code >= 400:
        assert set(answer.json()) == {"detail", "problems"}
    return answer.status_code


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path", "body", "answers"), MATRIX, ids=IDS)
def test_each_address_answers_each_person(asked, method, path, body, answers):
    answered = {who: status(asked, who, method, path, body) for who in (*AT_WORK, *NOT_HERE)}
    assert answered == answers | dict.fromkeys(NOT_HERE, 401)


def test_no_address_is_without_its_row():
    described = {
        (verb.upper(), path) for path, verbs in api.get_openapi_schema()["paths"].items() for verb in verbs
    }
    missing = [
        (verb, path)
        for verb, path in described
        if not any(
            row[0] == verb and re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", path), row[1]) for row in MATRIX
        )
    ]
    assert missing == []
