"""Bringing in mechanisms and measures from files."""

import pytest
from django.core.exceptions import PermissionDenied

from andon.mechanisms.actions import retire
from andon.mechanisms.importing import import_register
from andon.mechanisms.models import Measure, Mechanism

pytestmark = pytest.mark.django_db

LABELS = {
    "mechanism": "dispatch",
    "name": "Dispatch",
    "kind": "IT system",
    "purpose": "Sends parcels.",
    "owner_team": "Fulfilment",
    "owner": "30",
    "consumers": "Phones; chat",
    "specification": "By noon",
    "version": "3",
    "since": "2025-01-01",
}
LATE = {
    "mechanism": "dispatch",
    "measure": "late",
    "name": "Sent late",
    "outcome": "late",
    "of": "",
    "kind": "proportion",
    "unit": "share",
    "good": "low",
    "spec_lower": "",
    "spec_upper": "5%",
    "target": "0,02",
    "every": "day",
    "season": "week",
}


def bring(cast, mechanisms=(), measures=(), by=None, **rest):
    return import_register(list(mechanisms), list(measures), by or cast.ana, cast.now, **rest)


def test_a_mechanism_comes_in_whole(cast):
    bring(cast, [LABELS])
    dispatch = Mechanism.objects.get(slug="dispatch")
    assert (dispatch.kind, dispatch.owner, dispatch.owner_team, dispatch.version) == (
        "it_system",
        cast.olga,
        cast.fulfilment,
        3,
    )
    assert {team.slug for team in dispatch.consumers.all()} == {"phones", "chat"}
    assert dispatch.versions.get().since.year == 2025


def test_a_measure_comes_in_after_its_mechanism(cast):
    changes = bring(cast, [LABELS], [LATE])
    late = Measure.objects.get(mechanism__slug="dispatch")
    assert (late.spec_upper, late.target, late.every, late.season) == (0.05, 0.02, "day", "week")
    assert changes.touched == [late]


def test_the_same_files_again_change_nothing(cast):
    bring(cast, [LABELS], [LATE])
    again = bring(cast, [LABELS], [LATE])
    assert (again.unchanged, again.registered, again.revised, again.touched) == (2, [], [], [])


def test_a_changed_row_is_a_new_version(cast):
    bring(cast, [LABELS])
    changes = bring(cast, [LABELS | {"specification": "By ten"}])
    assert changes.revised == ["dispatch"]
    assert Mechanism.objects.get(slug="dispatch").version == 4


def test_columns_a_file_does_not_hold_are_left_alone(cast):
    bring(cast, [{"mechanism": "labels", "purpose": "To find the door."}])
    labels = Mechanism.objects.get(slug="labels")
    assert (labels.name, labels.owner, labels.purpose) == ("Address labels", cast.olga, "To find the door.")


def test_a_short_name_in_any_spelling_is_the_same_mechanism(cast):
    bring(cast, [LABELS | {"mechanism": "Address Labels"}])
    assert bring(cast, [LABELS | {"mechanism": "address-labels"}]).unchanged == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"mechanism": ""}, "mechanism"),
        ({"owner": "999"}, "owner"),
        ({"owner_team": "Nowhere"}, "owner_team"),
        ({"consumers": "Phones;Nowhere"}, "consumers"),
        ({"kind": "ritual"}, "kind"),
        ({"version": "zero"}, "version"),
        ({"since": "01/02/2025"}, "since"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_an_unfit_mechanism_is_refused_by_row_and_column(cast, cells, column):
    changes = bring(cast, [LABELS | cells])
    assert [(refused.row, refused.column) for refused in changes.refused] == [(2, column)]
    assert Mechanism.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"mechanism": "nowhere"}, "measures.mechanism"),
        ({"measure": ""}, "measures.measure"),
        ({"spec_upper": "much"}, "measures.spec_upper"),
        ({"spec_upper": "12"}, "measures.spec_upper"),
        ({"every": "fortnight"}, "measures.every"),
    ],
)
def test_an_unfit_measure_is_refused_by_row_and_column(cast, cells, column):
    changes = bring(cast, [LABELS], [LATE | cells])
    assert [(refused.row, refused.column) for refused in changes.refused] == [(2, column)]
    assert changes.registered == ["dispatch"]


def test_an_owner_may_be_named_by_address(cast):
    bring(cast, [LABELS | {"owner": "OLGA@example.com"}])
    assert Mechanism.objects.get(slug="dispatch").owner == cast.olga


def test_an_empty_owner_is_nobody(cast):
    bring(cast, [{"mechanism": "labels", "owner": ""}])
    assert Mechanism.objects.get(slug="labels").owner is None


def test_a_changed_measure_is_told_and_charted_anew(cast):
    bring(cast, [LABELS], [LATE])
    changes = bring(cast, [LABELS], [LATE | {"spec_upper": "0.1"}])
    assert changes.measures_revised == ["dispatch/late"]
    assert [measure.spec_upper for measure in changes.touched] == [0.1]


def test_a_mechanism_on_two_rows_is_taken_once(cast):
    changes = bring(cast, [LABELS, LABELS | {"name": "Other"}])
    assert Mechanism.objects.get(slug="dispatch").name == "Dispatch"
    assert changes.refused[0].row == 3


def test_a_retired_mechanism_is_refused_and_the_rest_taken(cast):
    retire(cast.labels, cast.olga, cast.now)
    changes = bring(cast, [{"mechanism": "labels", "purpose": "x"}, LABELS])
    assert (len(changes.refused), changes.registered) == (1, ["dispatch"])


def test_a_preview_writes_nothing(cast):
    changes = bring(cast, [LABELS], [LATE], dry_run=True)
    assert (changes.registered, changes.measures_added) == (["dispatch"], ["dispatch/late"])
    assert Mechanism.objects.count() == 2


@pytest.mark.parametrize("who", ["olga", "mona", "hana", "lena", "alice"])
def test_only_analysts_and_administrators_bring_the_register(cast, who):
    with pytest.raises(PermissionDenied):
        bring(cast, [LABELS], by=getattr(cast, who))
