"""Plans are in what somebody takes away, as a part of their own."""

import io
import json
import zipfile

import pytest

from andon.evidence.law.subject_access import everything
from tests.plans import story


@pytest.fixture
def taken(cast, settings, tmp_path):
    settings.HOME = tmp_path
    story.ready(cast)
    story.active(cast)
    raw = everything(cast.alice, by=cast.alice, now=cast.now)
    with zipfile.ZipFile(io.BytesIO(raw)) as files:
        return json.loads(files.read("everything.json"))["parts"]


def test_a_plan_is_there_with_its_help_and_what_happened(taken):
    (plan,) = taken["Plans"]
    assert plan["about"] == "Parcels come on time"
    assert [one["what"] for one in plan["support"]] == [
        "Read what customers wrote, together",
        "Two mornings at the label printer",
    ]
    assert "I have it, and do not agree." in [one["words"] for one in plan["what happened"]]


def test_and_every_look_at_the_gate_with_its_reason(taken):
    (looked,) = taken["Looks at the gate"]
    assert (looked["by"], looked["why"], len(looked["conditions"])) == ("Martin Manager", story.WHY, 6)


def test_somebody_without_a_plan_takes_away_none(cast, settings, tmp_path):
    settings.HOME = tmp_path
    raw = everything(cast.bob, by=cast.bob, now=cast.now)
    with zipfile.ZipFile(io.BytesIO(raw)) as files:
        assert json.loads(files.read("everything.json"))["parts"]["Plans"] == []
