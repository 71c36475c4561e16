"""Writing mechanisms down, revising and retiring them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.mechanisms import access, actions
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Deed

pytestmark = pytest.mark.django_db


def later(cast, **length):
    return cast.now + timedelta(**length)


def register(cast, by=None, **fields):
    return actions.register({"name": "Dispatch", **fields}, by or cast.ana, cast.now)


def test_a_mechanism_is_written_down_as_version_one(cast):
    dispatch = register(
        cast, consumers=[cast.phones], owner=cast.olga, owner_team=cast.fulfilment, purpose="Sends."
    )
    version = dispatch.versions.get()
    assert (dispatch.slug, version.number, version.by, version.since) == ("dispatch", 1, cast.ana, cast.now)
    assert version.content["consumers"] == ["phones"]
    assert (version.content["owner"], version.content["owner_team"]) == ("30", "fulfilment")


def test_a_second_of_the_name_has_an_address_of_its_own(cast):
    assert [register(cast).slug, register(cast).slug] == ["dispatch", "dispatch-2"]


def test_a_name_in_another_script_has_an_address(cast):
    assert register(cast, name="配送").slug == "mechanism"


def test_a_name_that_is_a_word_of_addresses_is_numbered(cast):
    assert register(cast, name="New").slug == "new-2"


def test_a_chosen_short_name_that_is_taken_is_refused(cast):
    with pytest.raises(ValidationError, match="already the short name"):
        register(cast, slug="labels")


def test_an_unsound_mechanism_is_refused_by_field(cast):
    with pytest.raises(ValidationError) as refused:
        register(cast, name="", kind="ritual")
    assert refused.value.message_dict.keys() == {"name", "kind"}


@pytest.mark.parametrize("who", ["alice", "hana", "lea"])
def test_who_neither_runs_nor_watches_mechanisms_registers_none(cast, who):
    with pytest.raises(PermissionDenied):
        register(cast, by=getattr(cast, who))


def test_a_revision_keeps_what_it_looked_like_before(cast):
    dispatch = register(cast, specification="By noon")
    actions.revise(dispatch, {"specification": "By ten"}, "Earlier van", cast.ana, later(cast, days=1))
    assert [v.content["specification"] for v in dispatch.versions.all()] == ["By ten", "By noon"]
    assert dispatch.versions.first().what_changed == "Earlier van"


def test_a_revision_without_words_says_what_changed(cast):
    revised = actions.revise(cast.labels, {"owner_team": cast.chat}, " ", cast.olga, cast.now)
    assert revised.versions.first().what_changed == "Changed: owner team."


def test_nothing_changed_is_no_new_version(cast):
    dispatch = register(cast, purpose="Sends.")
    assert actions.revise(dispatch, {"purpose": " Sends. "}, "?", cast.ana, cast.now).version == 1


def test_new_consumers_are_a_new_version(cast):
    revised = actions.revise(cast.labels, {"consumers": [cast.phones, cast.chat]}, "", cast.olga, cast.now)
    assert revised.versions.first().what_changed == "Changed: consumers."


def test_two_revisions_from_the_same_page_make_two_versions(cast):
    first, second = (Mechanism.objects.get(pk=cast.labels.pk) for _ in range(2))
    actions.revise(first, {"purpose": "One"}, "", cast.olga, cast.now)
    assert actions.revise(second, {"inputs": "Two"}, "", cast.olga, cast.now).version == 3
    assert Mechanism.objects.get(pk=cast.labels.pk).purpose == "One"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("olga", True),
        ("lena", True),
        ("ana", True),
        ("adam", True),
        ("mona", False),
        ("alice", False),
        ("hana", False),
    ],
)
def test_owners_analysts_and_administrators_edit(cast, who, may):
    assert access.may_edit(getattr(cast, who), cast.labels) is may
    if not may:
        with pytest.raises(PermissionDenied):
            actions.revise(cast.labels, {"purpose": "Mine"}, "", getattr(cast, who), cast.now)


def test_everybody_at_work_sees_the_register_and_leavers_nothing(cast):
    assert Mechanism.objects.visible_to(cast.charlie).count() == 2
    assert Mechanism.objects.visible_to(cast.lea).count() == 0


def test_retiring_twice_is_harmless(cast):
    actions.retire(cast.labels, cast.olga, cast.now)
    actions.retire(cast.labels, cast.olga, later(cast, days=1))
    assert Mechanism.objects.get(pk=cast.labels.pk).retired_at == cast.now
    assert Deed.objects.filter(verb="retired").count() == 1
    assert cast.labels not in Mechanism.objects.in_use()
    assert cast.late not in Measure.objects.in_use()


def test_a_retired_mechanism_is_not_revised(cast):
    actions.retire(cast.labels, cast.olga, cast.now)
    with pytest.raises(ValidationError, match="retired"):
        actions.revise(cast.labels, {"purpose": "x"}, "", cast.olga, cast.now)


def test_a_measure_is_added(cast):
    measure = actions.add_measure(
        cast.labels, {"name": "Torn labels", "outcome": "torn"}, cast.olga, cast.now
    )
    assert (measure.slug, measure.kind, measure.every) == ("torn-labels", "proportion", "week")


def test_an_unsound_measure_is_not_added(cast):
    with pytest.raises(ValidationError, match="between 0 and 1"):
        actions.add_measure(cast.labels, {"name": "Torn", "target": 5.0}, cast.olga, cast.now)
    assert cast.labels.measures.count() == 1


def test_a_measure_is_not_revised_into_nonsense(cast):
    with pytest.raises(ValidationError, match="not below"):
        actions.revise_measure(cast.late, {"spec_lower": 0.5}, cast.olga, cast.now)
    assert Measure.objects.get(pk=cast.late.pk).spec_lower is None


def test_a_revised_measure_records_before_and_after(cast):
    actions.revise_measure(cast.late, {"spec_upper": 0.1}, cast.olga, cast.now)
    assert Deed.objects.get(verb="revised a measure").detail == {"spec_upper": [0.05, 0.1]}


def test_a_measure_is_retired_once(cast):
    actions.retire_measure(cast.late, cast.olga, cast.now)
    actions.retire_measure(cast.late, cast.olga, later(cast, days=1))
    assert Measure.objects.get(pk=cast.late.pk).retired_at == cast.now
    assert not cast.labels.measures.in_use().exists()


def test_a_second_measure_of_the_name_has_an_address_of_its_own(cast):
    slugs = [actions.add_measure(cast.labels, {"name": "Torn"}, cast.olga, cast.now).slug for _ in range(2)]
    assert slugs == ["torn", "torn-2"]


def test_a_phase_begins_by_a_recorded_change(cast):
    phase = actions.begin_phase(cast.late, date(2026, 2, 1), "New printer", cast.olga, cast.now)
    assert (phase.starts, phase.by, phase.at) == (datetime(2026, 2, 1, tzinfo=UTC), cast.olga, cast.now)


@pytest.mark.parametrize(("days", "reason"), [(-1, ""), (1, "New printer")])
def test_a_phase_without_a_reason_or_before_its_change_is_refused(cast, days, reason):
    with pytest.raises(ValidationError):
        actions.begin_phase(cast.late, later(cast, days=days), reason, cast.olga, cast.now)


def test_a_phase_is_not_begun_by_who_does_not_own(cast):
    with pytest.raises(PermissionDenied):
        actions.begin_phase(cast.late, cast.now, "Mine", cast.mona, cast.now)
