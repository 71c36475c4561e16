"""What the API says, and how it refuses."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from andon.escalations.actions import own, raise_escalation, write
from andon.mechanisms.models import Measure, Mechanism
from andon.signals.models import Signal
from andon.watch.models import Chart

pytestmark = pytest.mark.django_db


def post(client, path, body, **headers):
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_me_is_who_is_signed_in(as_alice):
    assert as_alice.get("/api/me").json() == {"number": "11", "name": "Alice Agent", "roles": ["employee"]}


def test_a_change_without_the_csrf_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice)
    assert post(client, "/api/escalations", {"note": "Why?"}).status_code == 403


def test_a_change_with_the_csrf_token_is_taken(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice)
    client.cookies["csrftoken"] = "x" * 32
    assert post(client, "/api/escalations", {"note": "Why?"}, X_CSRFToken="x" * 32).status_code == 201


def test_there_is_no_page_to_try_it_out(as_alice):
    assert as_alice.get("/api/docs").status_code == 404


def test_the_description_names_every_area(as_alice):
    paths = as_alice.get("/api/openapi.json").json()["paths"]
    assert {path.split("/")[2] for path in paths} == {
        "me",
        "mechanisms",
        "measures",
        "signals",
        "clusters",
        "escalations",
        "separations",
    }


def test_a_mechanism_is_told_with_its_measures_and_consumers(as_alice):
    told = as_alice.get("/api/mechanisms/labels").json()
    assert (told["owner"], told["owner_team"], told["consumers"]) == ("Olga Owner", "Fulfilment", ["Phones"])
    assert told["measures"] == [{"slug": "late", "name": "Arrived late"}]


def test_a_measure_is_told_with_its_points(cast, as_alice):
    points = {"at": ["2026-03-01T00:00:00Z"], "value": [0.2], "reasons": [["Above the limit"]]}
    Chart.objects.create(
        measure=cast.late, computed_at=cast.now, points=points, out=True, latest=0.2, sentence="Late."
    )
    told = as_alice.get("/api/measures/labels/late").json()
    assert (told["points"], told["out"], told["latest"], told["sentence"]) == (points, True, 0.2, "Late.")


def test_a_measure_without_data_is_told_all_the_same(as_alice):
    told = as_alice.get("/api/measures/labels/late").json()
    assert (told["latest"], told["points"], told["computed_at"]) == (None, {}, None)


def test_only_readable_signals_are_listed(as_alice):
    assert [one["key"] for one in as_alice.get("/api/signals").json()["items"]] == ["said-1"]


def test_who_wrote_is_told_to_those_who_answer_customers_and_never_in_a_list(cast, client):
    client.force_login(cast.olga)
    assert client.get("/api/signals/said-1").json()["contact_name"] == "Fiona Finch"
    assert "contact_name" not in client.get("/api/signals").json()["items"][0]
    client.force_login(cast.bob)
    assert client.get("/api/signals/said-1").json()["contact_name"] == ""


def test_signals_are_searched(cast, client):
    client.force_login(cast.lena)
    assert [one["key"] for one in client.get("/api/signals?mechanism=refunds").json()["items"]] == ["said-2"]


def test_a_question_is_asked_and_told(as_alice):
    told = post(as_alice, "/api/escalations", {"signal": "said-1", "note": "?"}).json()
    assert (told["number"], told["addressee"], told["signal"]) == (1, "Olga Owner", "said-1")
    assert [clock["name"] for clock in told["clocks"]] == ["own", "make right", "explain"]


def test_a_question_about_a_point_is_asked(cast, as_alice):
    at = (cast.now - timedelta(days=7)).isoformat()
    told = post(as_alice, "/api/escalations", {"measure": "labels/late", "point_at": at}).json()
    assert (told["measure"], told["mechanism"]) == ("labels/late", "labels")


@pytest.mark.parametrize(
    "body",
    [
        {"signal": "said-2"},
        {"to_person": "21", "note": "x"},
        {"to_person": "nobody", "note": "x"},
        {"to_team": "nowhere", "note": "x"},
        {"measure": "labels/nothing"},
        {"mechanism": "nothing"},
    ],
)
def test_what_is_out_of_reach_cannot_be_named(as_alice, body):
    Mechanism.objects.filter(slug="refunds").update(owner_team=None)
    assert post(as_alice, "/api/escalations", body).status_code == 404


def test_a_leader_may_be_asked_by_number(as_alice):
    told = post(as_alice, "/api/escalations", {"signal": "said-1", "to_person": "1"}).json()
    assert told["addressee"] == "Lena Leader"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"note": "x" * 20_001}, ""),
        ({"title": "x" * 201}, ""),
        ({"note": 7}, "note"),
        ({"point_at": "soon", "note": "x"}, "point_at"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(as_alice, body, field):
    answer = post(as_alice, "/api/escalations", body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert field in "".join(answer.json()["problems"]) or not field


def test_what_is_no_json_is_refused(as_alice):
    answer = as_alice.post("/api/escalations", "{", content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, {"detail", "problems"})


def test_a_sign_that_no_database_keeps_is_left_out(as_alice):
    assert post(as_alice, "/api/escalations", {"note": "Why\x00?"}).json()["title"] == "Why?"
    assert as_alice.get("/api/signals?q=%00").status_code == 200
    assert as_alice.get("/api/mechanisms?after=%00").status_code == 200


@pytest.mark.parametrize("after", ["-1", "x", "99999999999999999999999", "²"])
@pytest.mark.parametrize("area", ["mechanisms", "measures", "signals", "escalations"])
def test_an_odd_place_to_go_on_from_is_no_failure(as_alice, area, after):
    assert as_alice.get(f"/api/{area}", {"after": after}).status_code in (200, 404)


@pytest.mark.parametrize("limit", ["0", "201", "x"])
def test_a_page_has_between_one_and_two_hundred(as_alice, limit):
    assert as_alice.get(f"/api/mechanisms?limit={limit}").status_code == 422


def test_the_customers_words_are_hidden_from_who_may_not_read_them(cast, client):
    asked = raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn, note="Torn!")
    write(asked, "explained", "No ribbon.", cast.olga, cast.now)
    client.force_login(cast.charlie)
    told = client.get("/api/escalations/1").json()
    assert (told["signal"], {step["text"] for step in told["story"]}) == (None, {""})
    assert "ribbon" not in json.dumps(told)


def test_a_story_is_told_through_the_api(cast, as_alice):
    post(as_alice, "/api/escalations", {"signal": "said-1"})
    as_alice.force_login(cast.olga)
    post(as_alice, "/api/escalations/1/own", {})
    post(as_alice, "/api/escalations/1/entries", {"kind": "answer", "text": "New ribbon."})
    told = post(as_alice, "/api/escalations/1/close", {}).json()
    assert [step["kind"] for step in told["story"]] == ["asked", "owned", "answer", "closed"]
    assert told["closed_at"]


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("", [2, 1]),
        ("?state=triage", [2]),
        ("?state=closed", []),
        ("?state=overdue", [2, 1]),
        ("?whose=raised_by_me", [1]),
        ("?whose=put_to_me", []),
        ("?limit=1", [2]),
        ("?after=2", [1]),
    ],
)
def test_questions_are_narrowed(cast, as_alice, which, numbers):
    raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    raise_escalation(by=cast.lena, now=cast.now, signal=cast.lost)
    assert [one["number"] for one in as_alice.get(f"/api/escalations{which}").json()["items"]] == numbers


def test_pages_follow_each_other(cast, as_alice):
    for n in range(5):
        Mechanism.objects.create(slug=f"m{n}", name=f"M {n}")
    first = as_alice.get("/api/mechanisms?limit=4").json()
    second = as_alice.get("/api/mechanisms", {"limit": 4, "after": first["next"]}).json()
    slugs = [one["slug"] for one in first["items"] + second["items"]]
    assert slugs == ["labels", "m0", "m1", "m2", "m3", "m4", "refunds"]
    assert second["next"] == ""


def grow(cast, n):
    for i in range(n):
        made = Mechanism.objects.create(slug=f"m{i}", name=f"M {i}", owner=cast.olga, owner_team=cast.phones)
        Measure.objects.create(mechanism=made, slug="late", name="Late")
        Signal.objects.create(key=f"k{i}", digest=f"d{i}", received_at=cast.now, mechanism=cast.labels)
        own(raise_escalation(by=cast.alice, now=cast.now, mechanism=made), cast.olga, cast.now)


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize("area", ["mechanisms", "measures", "signals", "escalations"])
def test_queries_do_not_grow_with_rows(cast, as_alice, area, rows, django_assert_max_num_queries):
    grow(cast, rows)
    with django_assert_max_num_queries(12):
        assert len(as_alice.get(f"/api/{area}?limit=200").json()["items"]) >= rows
