"""A question through the API: passed on, answered so far, explained, mended, open again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from andon.escalations.actions import raise_escalation
from andon.escalations.models import WhyNode

SECTIONS = {
    "summary": "The printer cut the last line.", "how_counted": "From returns.", "how_detected": "A customer wrote.",
    "timeline": "09:00 new rolls", "spec_missed": "A label is read.", "failure": "new_input", "measure_wrong": "no",
    "affected": 2140,
}  # fmt: skip
WHY = [
    {
        "text": "The roll is shorter.",
        "evidence": "Photos.",
        "why": [{"text": "Nobody said.", "link": "https://example.org/a"}],
    }
]


@pytest.fixture
def ask(cast, client):
    """Signs in and calls; the question of the torn label is number 1."""
    raise_escalation(by=cast.alice, now=timezone.now() - timedelta(hours=2), signal=cast.torn)

    def call(who, method, path, sent=None):
        client.force_login(getattr(cast, who))
        answer = getattr(client, method)(f"/api/escalations/1{path}", sent, content_type="application/json")
        return answer.status_code, answer.json()

    return call


def test_it_is_passed_on_with_why(ask):
    status, told = ask("olga", "post", "/pass-on", {"to_team": "chat", "why": "Theirs."})
    assert (status, told["addressee"]) == (200, "Chat")
    assert ask("charlie", "get", "")[1]["story"][-1]["kind"] == "rerouted"


def test_what_is_known_so_far_names_the_next_day(ask):
    more = (timezone.now() + timedelta(days=1)).isoformat()
    assert ask("olga", "post", "/so-far", {"text": "Belt 2.", "next_at": more})[1]["state"] == "preliminary"
    assert ask("bob", "post", "/so-far", {"text": "Belt 2.", "next_at": more})[0] == 403


def test_it_is_explained_with_its_whys(ask):
    status, told = ask("olga", "put", "/explanation", {"sections": SECTIONS, "why": WHY, "post": True})
    assert (status, told["whys"]) == (200, 2)
    assert ask("alice", "get", "/explanation")[1]["sections"]["affected"] == 2140
    assert ask("charlie", "get", "/explanation")[0] == 404
    assert ask("alice", "get", "")[1]["state"] == "explained"


def test_what_is_missing_is_said_and_nothing_is_half_posted(ask):
    status, told = ask("olga", "put", "/explanation", {"sections": {"summary": "x"}, "post": True})
    assert status == 422
    assert "Ask why at least once" in str(told)
    assert not WhyNode.objects.exists()


def test_a_change_is_planned_with_its_test_and_put_in_place(ask):
    change = {
        "mechanism": "labels", "what": "Labels are read", "measure": "labels/late", "level": 0.01, "window_days": 28,
        "due_on": str(timezone.localdate()), "no_side_effect": "It adds no step.",
    }  # fmt: skip
    status, planned = ask("olga", "post", "/changes", change)
    assert (status, planned["state"], planned["side"]) == (201, "planned", "at_most")
    path = f"/changes/{planned['id']}"
    assert (
        ask("olga", "post", f"{path}/in-place", {"since": str(timezone.localdate())})[1]["state"]
        == "in_place"
    )
    status, told = ask("olga", "post", f"{path}/judge")
    assert status == 422
    assert "lucky week" in str(told)
    assert ask("charlie", "get", "/changes")[1][0]["what"] == "Labels are read"
    assert ask("charlie", "post", f"{path}/drop", {"why": "No."})[0] == 403


def test_it_is_closed_and_comes_back(ask):
    ask("olga", "post", "/close", {"reason": "Asked twice."})
    assert ask("alice", "post", "/reopen", {"why": "Again today."})[1]["state"] == "raised"
    assert ask("alice", "post", "/thanks", {"to": "11", "text": "Me."})[0] == 422
