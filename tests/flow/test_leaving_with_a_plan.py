"""A staff list that makes somebody leave who has an open plan: said to those who may know of it, and to nobody else."""

import pytest

from andon.flow import lists
from andon.signals import actions
from tests.plans import story

pytestmark = pytest.mark.django_db
LIST = b"number,name,left\n11,Alice Agent,2026-02-28\n"


@pytest.fixture
def plan(cast):
    return story.active(story.ready(cast))


def preview(cast, who, tmp_path, content=LIST):
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    person = getattr(cast, who)
    dataset = actions.bring("people.csv", file, "people", by=person, now=cast.now)
    return lists.bring(dataset, person, cast.now, dry_run=True)


@pytest.mark.usefixtures("plan")
def test_an_hr_partner_reads_that_a_plan_would_end(cast, tmp_path):
    changes = preview(cast, "hana", tmp_path)
    assert [name for _, name in changes.left] == ["Alice Agent"]
    assert any(
        "Alice Agent (11) would leave with an open improvement plan" in one for one in changes.warnings
    )


@pytest.mark.usefixtures("plan")
def test_an_administrator_does_not_learn_of_it(cast, tmp_path):
    changes = preview(cast, "adam", tmp_path)
    assert [name for _, name in changes.left] == ["Alice Agent"]
    assert not any("plan" in one for one in changes.warnings)


@pytest.mark.usefixtures("plan")
def test_what_is_kept_of_the_list_does_not_say_it(cast, tmp_path):
    assert not any("plan" in note for note in lists.said(preview(cast, "adam", tmp_path)))


def test_without_a_plan_nothing_is_said(cast, tmp_path):
    assert preview(cast, "hana", tmp_path).warnings == ()


def test_a_column_that_nothing_is_read_from_is_named_before_anything_changes(cast, tmp_path):
    changes = preview(
        cast, "hana", tmp_path, b"number,name,Final date,E-mail\n11,Alice Agent,2026-02-28,a@b.org\n"
    )
    assert changes.left == ()
    [said] = [one for one in changes.warnings if "Not read" in one]
    assert "“Final date”" in said
    assert "E-mail" not in said


def test_of_columns_that_are_all_read_nothing_is_said(cast, tmp_path):
    assert not any("Not read" in one for one in preview(cast, "hana", tmp_path).warnings)
