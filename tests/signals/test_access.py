"""Who reads what customers said."""

import pytest

from andon.signals import actions
from andon.signals.access import may_see_contact
from andon.signals.models import Signal


def keys(person) -> set[str]:
    return set(Signal.objects.visible_to(person).values_list("key", flat=True))


@pytest.mark.parametrize("who", ["lena", "ana", "adam"])
def test_leaders_analysts_and_administrators_read_all(cast, who):
    assert keys(getattr(cast, who)) == {"said-1", "said-2", "said-3"}


@pytest.mark.parametrize(("who", "seen"), [
    ("alice", {"said-1"}), ("martin", {"said-1"}), ("olga", {"said-1"}),
    ("charlie", {"said-2"}), ("mona", {"said-2"}), ("hana", set()), ("lea", set()),
])  # fmt: skip
def test_others_read_what_their_team_owns_or_uses(cast, who, seen):
    assert keys(getattr(cast, who)) == seen


def test_whoever_asked_about_a_signal_keeps_reading_it(cast):
    from andon.escalations.actions import raise_escalation

    raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    actions.assign(cast.torn, cast.refunds, by=cast.ana, now=cast.now)
    assert "said-1" in keys(cast.alice)


@pytest.mark.parametrize(("who", "sees"), [
    ("olga", True), ("lena", True), ("adam", True), ("alice", False), ("ana", False), ("hana", False),
])  # fmt: skip
def test_the_address_is_for_those_who_answer(cast, who, sees):
    assert may_see_contact(getattr(cast, who), cast.torn) is sees


def test_taking_a_file_out_keeps_what_a_question_is_about(cast, tmp_path, settings):
    from andon.escalations.actions import raise_escalation

    settings.UPLOADS = tmp_path
    path = tmp_path / "a.csv"
    path.write_text("text,received_at\none,2026-01-01\ntwo,2026-01-02\n")
    dataset = actions.bring("a.csv", path, "signals", cast.ana, cast.now)
    actions.map_columns(dataset, dataset.preview["guess"], cast.ana, cast.now)
    raise_escalation(by=cast.lena, now=cast.now, signal=Signal.objects.get(text="one"))
    actions.take_out(dataset, cast.ana, cast.now)
    assert list(Signal.objects.filter(dataset=dataset).values_list("text", flat=True)) == ["one"]
    assert "1 signal stays, because an escalation asks about it." in dataset.notes
