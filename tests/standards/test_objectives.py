"""Objectives: whose they are, who sees them, when they change, and how many are made at once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.standards import actions, queries
from andon.standards.columns import rows_of
from andon.standards.models import CheckIn, KeyResult, Objective, ObjectiveTemplate

pytestmark = pytest.mark.django_db
EVERYBODY = ("alice", "bob", "martin", "mona", "charlie", "olga", "lena", "hana", "ana", "adam", "frank")
CALLS = {"title": "Calls heard", "baseline": 0.0, "target": 10.0}


@pytest.fixture
def spring(cast):
    starts = cast.now.date()
    cycle = actions.begin_cycle(
        "Spring", starts=starts, ends=starts + timedelta(days=90), by=cast.hana, now=cast.now
    )
    return actions.open_cycle(cycle, by=cast.hana, now=cast.now)


def write(cast, title="Listen", *, by=None, **fields):
    return actions.write_objective(title, by=by or cast.alice, now=cast.now, **fields)


def alices(cast, **fields):
    return write(cast, person=cast.alice, key_results=[CALLS], **fields)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_personal_objective_is_seen_by_its_person_their_line_and_hr(cast, who):
    objective = alices(cast)
    seen = Objective.objects.visible_to(getattr(cast, who)).filter(pk=objective.pk).exists()
    assert seen == (who in {"alice", "martin", "lena", "hana"})


def test_somebody_who_left_sees_none(cast):
    write(cast, by=cast.martin, team=cast.phones)
    assert not Objective.objects.visible_to(cast.lea).exists()


def test_those_of_somebody_who_left_are_for_hr_alone(cast):
    objective = alices(cast)
    cast.alice.left, cast.alice.is_active = cast.now.date(), False
    cast.alice.save()
    assert not Objective.objects.visible_to(cast.martin).filter(pk=objective.pk).exists()
    assert Objective.objects.visible_to(cast.hana).filter(pk=objective.pk).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_objective_of_a_team_is_seen_by_everybody_at_work(cast, who):
    objective = write(cast, by=cast.martin, team=cast.phones)
    assert Objective.objects.visible_to(getattr(cast, who)).filter(pk=objective.pk).exists()


@pytest.mark.parametrize("who", ["bob", "mona", "charlie", "olga", "ana", "adam", "frank"])
def test_nobody_else_writes_an_objective_of_alice(cast, who):
    with pytest.raises(PermissionDenied):
        write(cast, by=getattr(cast, who), person=cast.alice)


@pytest.mark.parametrize(
    ("who", "may"), [("martin", True), ("lena", True), ("hana", True), ("alice", False), ("mona", False)]
)
def test_objectives_of_a_team_are_written_by_who_leads_it(cast, who, may):
    if may:
        assert write(cast, by=getattr(cast, who), team=cast.phones).team == cast.phones
    else:
        with pytest.raises(PermissionDenied):
            write(cast, by=getattr(cast, who), team=cast.phones)


def test_a_member_of_the_team_checks_in_on_what_is_theirs_together(cast):
    objective = write(cast, by=cast.martin, team=cast.phones, key_results=[CALLS])
    assert actions.check_in(objective.key_results.get(), 3, "high", by=cast.bob, now=cast.now)
    with pytest.raises(PermissionDenied):
        actions.check_in(objective.key_results.get(), 3, "high", by=cast.charlie, now=cast.now)


def test_a_personal_objective_stands_under_one_of_a_team(cast):
    top = write(cast, "Help", by=cast.lena, measure=cast.late)
    team = write(cast, "Help callers", by=cast.martin, team=cast.phones, parent=top)
    aligned = queries.alignment(alices(cast, parent=team), Objective.objects.visible_to(cast.alice))
    assert [one.title for one in aligned.steps] == ["Listen", "Help callers", "Help"]
    assert aligned.outcome == top


def test_what_names_no_outcome_anywhere_reaches_none(cast):
    aligned = queries.alignment(alices(cast), Objective.objects.visible_to(cast.alice))
    assert not aligned.reaches


def test_nobody_aligns_to_a_personal_objective_of_somebody_else(cast):
    own = write(cast, by=cast.martin, person=cast.martin)
    with pytest.raises(ValidationError):
        write(cast, by=cast.martin, person=cast.alice, parent=own)
    with pytest.raises(ValidationError):
        write(cast, by=cast.martin, team=cast.phones, parent=own)


def test_a_parent_that_one_may_not_see_is_as_one_that_is_not_there(cast):
    hidden = alices(cast)
    with pytest.raises(ValidationError) as refused:
        write(cast, by=cast.charlie, person=cast.charlie, parent=hidden)
    assert "Listen" not in str(refused.value)


def test_an_objective_cannot_come_to_stand_above_itself(cast):
    top = write(cast, "Help", by=cast.martin, team=cast.phones)
    under = write(cast, "Help callers", by=cast.martin, team=cast.phones, parent=top)
    with pytest.raises(ValidationError, match="above itself"):
        actions.change_objective(top, parent=under, by=cast.martin, now=cast.now)


def test_after_the_freeze_nothing_changes(cast, spring):
    objective = alices(cast, cycle=spring)
    result = objective.key_results.get()
    actions.check_in(result, 3, "middle", by=cast.alice, now=cast.now)
    actions.freeze_cycle(spring, by=cast.hana, now=cast.now)
    by = {"by": cast.alice, "now": cast.now}
    tries = [
        lambda: actions.change_objective(objective, title="Other", **by),
        lambda: actions.drop_objective(objective, "Why", **by),
        lambda: actions.add_key_result(objective, **CALLS, **by),
        lambda: actions.change_key_result(result, target=3.0, **by),
        lambda: actions.remove_key_result(result, **by),
        lambda: actions.check_in(result, 9, "high", **by),
        lambda: alices(cast, cycle=spring),
    ]
    for attempt in tries:
        with pytest.raises(ValidationError, match="frozen"):
            attempt()
    result.refresh_from_db()
    assert (objective.key_results.count(), result.target, CheckIn.objects.count()) == (1, 10.0, 1)


def test_a_correction_after_the_freeze_stands_beside_it(cast, spring):
    objective = alices(cast, cycle=spring)
    with pytest.raises(ValidationError):
        actions.correct(objective, "It was 4.", by=cast.alice, now=cast.now)
    actions.freeze_cycle(spring, by=cast.hana, now=cast.now)
    note = actions.correct(objective, "It was 4.", by=cast.alice, now=cast.now)
    assert (note.at, note.by) == (cast.now, cast.alice)


@pytest.mark.parametrize("who", ["martin", "lena", "adam"])
def test_only_hr_partners_open_and_freeze(cast, spring, who):
    with pytest.raises(PermissionDenied):
        actions.freeze_cycle(spring, by=getattr(cast, who), now=cast.now)


def test_check_ins_wait_until_the_cycle_is_open(cast):
    day = cast.now.date()
    draft = actions.begin_cycle("Summer", starts=day, ends=day, by=cast.hana, now=cast.now)
    objective = alices(cast, cycle=draft)
    with pytest.raises(ValidationError, match="not open yet"):
        actions.check_in(objective.key_results.get(), 1, "low", by=cast.alice, now=cast.now)


def test_what_somebody_checked_in_on_is_not_removed(cast):
    result = alices(cast).key_results.get()
    actions.check_in(result, 1, "low", by=cast.alice, now=cast.now)
    with pytest.raises(ValidationError, match="stays"):
        actions.remove_key_result(result, by=cast.alice, now=cast.now)


def test_a_bad_key_result_leaves_no_objective_behind(cast):
    with pytest.raises(ValidationError):
        write(cast, person=cast.alice, key_results=[{**CALLS, "target": -5.0}])
    assert not Objective.objects.exists()


def test_a_template_makes_one_for_each(cast, spring):
    template = actions.keep_template(
        "Hear", title="Hear", why="", key_results=[CALLS], by=cast.martin, now=cast.now
    )
    made = actions.use_template(
        template,
        people=[cast.alice, cast.bob],
        teams=[cast.phones],
        cycle=spring,
        by=cast.martin,
        now=cast.now,
    )
    assert [one.person or one.team for one in made] == [cast.alice, cast.bob, cast.phones]
    assert KeyResult.objects.count() == 3


def test_a_template_for_somebody_out_of_reach_makes_none_at_all(cast):
    template = actions.keep_template(
        "Hear", title="Hear", why="", key_results=[CALLS], by=cast.martin, now=cast.now
    )
    with pytest.raises(PermissionDenied):
        actions.use_template(template, people=[cast.alice, cast.charlie], by=cast.martin, now=cast.now)
    assert not Objective.objects.exists()


def test_changing_a_template_changes_no_objective_made_from_it(cast):
    template = actions.keep_template(
        "Hear", title="Hear", why="", key_results=[CALLS], by=cast.martin, now=cast.now
    )
    made = actions.use_template(template, people=[cast.alice], by=cast.martin, now=cast.now)[0]
    actions.keep_template(
        "Hear", title="See", why="", key_results=[], by=cast.martin, now=cast.now, template=template
    )
    made.refresh_from_db()
    assert (made.title, ObjectiveTemplate.objects.get().title) == ("Hear", "See")


FILE = """cycle;person;team;objective;under;measure;key_result;baseline;target;direction
spring;;phones;Help at once;;labels/late;Parcels late;5 %;2,5 %;low
;11;;Listen;Help at once;;Calls heard;0;10;
;11;;Listen;;;Calls told of;0;3;
;21;;Peek;;;Calls;0;3;
;12;;Too far;;;Wrong way;5;9;low
;;;Nowhere;Unknown;;;;;
;12;;No number;;;Calls;many;3;
"""


def bring(cast, text, by=None, **how):
    return actions.import_objectives(rows_of(text), by=by or cast.martin, now=cast.now, **how)


def test_a_file_makes_what_fits_and_refuses_the_rest_by_row(cast, spring):
    changes = bring(cast, FILE)
    assert changes.made == [("Phones", "Help at once", 1), ("Alice Agent", "Listen", 2)]
    assert [(one.row, one.column) for one in changes.refused] == [
        (5, "person"), (6, "objective"), (7, "under"), (8, "baseline"),
    ]  # fmt: skip
    team = Objective.objects.get(team=cast.phones)
    assert (team.cycle, team.measure, team.key_results.get().target) == (spring, cast.late, 0.025)
    assert Objective.objects.get(person=cast.alice).parent == team


def test_the_preview_is_exact_and_writes_nothing(cast, spring):
    seen = bring(cast, FILE, dry_run=True)
    assert not Objective.objects.exists()
    done = bring(cast, FILE)
    assert (seen.made, seen.refused) == (done.made, done.refused)


def test_the_same_file_twice_makes_nothing_twice(cast, spring):
    bring(cast, FILE)
    again = bring(cast, FILE)
    assert again.made == []
    assert {one.reason for one in again.refused if one.row == 2} == {"This objective is there already."}


def test_rows_of_one_objective_stand_or_fall_together(cast):
    text = "person,objective,key_result,baseline,target\n11,Listen,Calls,0,10\n11,Listen,Notes,x,3\n"
    changes = bring(cast, text)
    assert not Objective.objects.exists()
    assert [(one.row, one.column) for one in changes.refused] == [(2, "objective"), (3, "baseline")]


def test_a_number_out_of_reach_reads_as_a_number_of_nobody(cast):
    text = "person,objective\n21,Listen\n999,Listen\n"
    assert len({one.reason for one in bring(cast, text).refused}) == 1


def test_a_file_without_its_column_is_refused_whole(cast):
    with pytest.raises(ValidationError, match="No column holds the objective"):
        bring(cast, "who,what\n11,Listen\n")
    with pytest.raises(ValidationError, match="no row"):
        bring(cast, "objective\n")


def test_a_row_with_more_fields_than_headings_is_named_with_the_remedy(cast):
    with pytest.raises(ValidationError, match="Row 3 has more fields than"):
        bring(cast, "person,objective\n11,Listen\n11,Listen, and answer\n")
    assert len(bring(cast, "person,objective\n11,Listen,,\n").made) == 1


def test_an_agent_brings_in_no_file(cast):
    with pytest.raises(PermissionDenied):
        bring(cast, FILE, by=cast.alice)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", '"', "a\x00b,objective\n", '"objective\n1'])
def test_odd_files_never_break_reading(cast, text):
    with suppress(ValidationError):
        bring(cast, text)
    assert not Objective.objects.exists()


def test_what_somebody_takes_away_holds_their_objectives(cast):
    from andon.evidence.portable import parts_of

    objective = alices(cast)
    actions.check_in(
        objective.key_results.get(), 4, "high", note="The returns.", by=cast.martin, now=cast.now
    )
    actions.write_objective("Help", by=cast.bob, person=cast.bob, now=cast.now)
    told = parts_of(cast.alice)["Your objectives"]
    assert [one["objective"] for one in told] == ["Listen"]
    assert told[0]["key results"][0]["check-ins"][0]["note"] == "The returns."


def test_erasing_somebody_who_left_takes_their_objectives_and_words(cast):
    from andon.evidence.law.erasing import erase_person
    from andon.standards.models import Acknowledgement
    from tests.standards.made import a_standard

    said = actions.acknowledge(a_standard(cast), cast.alice, cast.now, "When?", "question")
    actions.answer(said, "Now, Alice.", by=cast.martin, now=cast.now)
    top = alices(cast)
    alices(cast, parent=top)
    cast.alice.left, cast.alice.is_active = cast.now.date(), False
    cast.alice.save()
    erase_person(cast.alice, why="leaver", by=cast.hana, now=cast.now)
    assert not Objective.objects.exists()
    assert Acknowledgement.objects.get().words == ""
    assert Acknowledgement.objects.get().answers.get().text == ""
