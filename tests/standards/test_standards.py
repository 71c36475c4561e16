"""Standards are drafted, agreed and revised; what was agreed stays, and nothing binds backwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from andon.people.models import Deed
from andon.standards import actions, queries
from andon.standards.models import Anchor, Behaviour, Principle, Standard, StandardVersion
from tests.standards.made import BEFORE, a_role, a_standard

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today(cast):
    return cast.now.date()


def draft(cast, **fields):
    said = {"name": "In time", "statement": "Parcels arrive.", "serves": "Customers wait."}
    said |= {"measure": cast.late, "level": 0.05, **fields}
    return actions.draft_standard(a_role(cast), by=cast.hana, now=cast.now, **said)


def test_a_draft_binds_nobody(cast, today):
    draft(cast)
    assert queries.in_force_for(cast.alice, today) == []


def test_what_is_agreed_binds_from_its_day_on(cast, today):
    version = actions.agree(draft(cast), starts=today + DAY, by=cast.hana, now=cast.now)
    assert queries.in_force_for(cast.alice, today) == []
    assert queries.in_force_for(cast.alice, today + DAY) == [version]
    assert queries.binding(cast.alice, today).coming == [version]


@pytest.mark.parametrize("who", ["alice", "martin", "lena", "ana", "adam", "olga", "mona"])
def test_only_hr_partners_set_standards(cast, who, today):
    made = draft(cast)
    with pytest.raises(PermissionDenied):
        actions.agree(made, starts=today, by=getattr(cast, who), now=cast.now)


def test_a_day_in_the_past_is_refused(cast, today):
    with pytest.raises(ValidationError, match="never binds backwards"):
        actions.agree(draft(cast), starts=today - DAY, by=cast.hana, now=cast.now)


def test_what_was_agreed_is_not_saved_with_other_words(cast):
    version = StandardVersion.objects.get(pk=a_standard(cast).pk)
    version.statement = "Parcels arrive earlier."
    with pytest.raises(ValidationError, match="does not change"):
        version.save()


def test_the_version_that_was_just_agreed_does_not_change_either(cast):
    version = a_standard(cast)
    version.level = 0.01
    with pytest.raises(ValidationError, match="does not change"):
        version.save()


def test_a_new_version_follows_the_old_one_without_a_gap(cast, today):
    first = a_standard(cast)
    second = actions.revise_standard(
        first.standard, level=0.04, why_changed="New labels.", starts=today + DAY, by=cast.hana, now=cast.now
    )
    first.refresh_from_db()
    assert (first.ends, second.number, second.statement) == (today + DAY, 2, first.statement)
    assert queries.in_force_for(cast.alice, today) == [first]
    assert queries.in_force_for(cast.alice, today + DAY) == [second]


def test_a_new_version_says_why(cast, today):
    with pytest.raises(ValidationError) as refused:
        actions.revise_standard(
            a_standard(cast).standard, why_changed=" ", starts=today, by=cast.hana, now=cast.now
        )
    assert "why_changed" in refused.value.message_dict


def test_a_refused_revision_leaves_no_draft_behind(cast, today):
    standard = a_standard(cast).standard
    with pytest.raises(ValidationError):
        actions.revise_standard(standard, why_changed="New.", starts=today - DAY, by=cast.hana, now=cast.now)
    assert standard.versions.count() == 1


def test_there_is_one_draft_at_a_time(cast):
    standard = a_standard(cast).standard
    one = actions.draft_version(standard, level=0.04, by=cast.hana, now=cast.now)
    two = actions.draft_version(standard, level=0.03, by=cast.hana, now=cast.now)
    assert (one.pk, two.level) == (two.pk, 0.03)


def test_agreeing_twice_is_refused(cast, today):
    made = draft(cast)
    actions.agree(made, starts=today, by=cast.hana, now=cast.now)
    with pytest.raises(ValidationError, match="already"):
        actions.agree(made, starts=today, by=cast.hana, now=cast.now)


def test_a_level_that_no_share_can_have_is_refused(cast, today):
    with pytest.raises(ValidationError) as refused:
        actions.agree(draft(cast, level=85.0), starts=today, by=cast.hana, now=cast.now)
    assert "level" in refused.value.message_dict


def test_unit_and_direction_are_those_of_the_measure(cast):
    version = a_standard(cast)
    assert (version.unit, version.good) == ("share", "low")


def test_a_behaviour_needs_two_anchors_before_it_is_a_standard(cast, today):
    principle = actions.add_principle("Care", "", by=cast.hana, now=cast.now)
    behaviour = actions.add_behaviour(
        principle, "Asks back.", anchors={1: "Never."}, by=cast.hana, now=cast.now
    )
    made = draft(cast, measure=None, level=None, behaviour=behaviour)
    with pytest.raises(ValidationError, match="at least two steps"):
        actions.agree(made, starts=today, by=cast.hana, now=cast.now)


def test_one_role_has_one_bar_about_one_thing_in_one_place(cast):
    a_standard(cast)
    with pytest.raises(ValidationError, match="already"):
        draft(cast)


def test_a_team_may_have_a_bar_of_its_own(cast, today):
    everywhere = a_standard(cast)
    role = a_role(cast, cast.charlie)
    phones = a_standard(cast, role, team=cast.phones, level=0.08)
    assert queries.in_force_for(cast.alice, today) == [phones]
    assert queries.in_force_for(cast.charlie, today) == [everywhere]
    assert set(queries.bound_by(phones, today)) == {cast.alice, cast.bob}
    assert set(queries.bound_by(everywhere, today)) == {cast.charlie}


def test_a_draft_is_discarded_and_an_agreed_version_is_not(cast, today):
    made = draft(cast)
    actions.discard_draft(made, by=cast.hana, now=cast.now)
    assert not Standard.objects.exists()
    with pytest.raises(ValidationError, match="it stays"):
        actions.discard_draft(a_standard(cast), by=cast.hana, now=cast.now)


def test_a_standard_ends_today_or_later_and_says_why(cast, today):
    version = a_standard(cast)
    with pytest.raises(ValidationError, match="today or later"):
        actions.end_standard(version.standard, ends=today - DAY, why="Gone.", by=cast.hana, now=cast.now)
    actions.end_standard(version.standard, ends=today, why="The depot closed.", by=cast.hana, now=cast.now)
    assert queries.in_force_for(cast.alice, today) == []
    assert queries.in_force_for(cast.alice, today - DAY) == [version]


def test_after_it_ended_another_one_may_be_written(cast, today):
    version = a_standard(cast)
    actions.end_standard(version.standard, ends=today, why="The depot closed.", by=cast.hana, now=cast.now)
    assert actions.agree(draft(cast), starts=today, by=cast.hana, now=cast.now)
    with pytest.raises(ValidationError, match="has ended"):
        actions.draft_version(version.standard, by=cast.hana, now=cast.now)


def test_what_was_agreed_before_is_brought_in_with_its_source(cast, today):
    version = actions.bring_in(
        draft(cast), starts=date(2025, 1, 1), agreed_before=date(2024, 12, 1), source="Handbook, page 3",
        by=cast.hana, now=cast.now,
    )  # fmt: skip
    assert (version.basis, version.starts, version.agreed_at) == ("brought_in", date(2025, 1, 1), cast.now)
    assert Deed.objects.filter(verb="agreed a standard").get().detail["basis"] == "brought_in"


def test_what_was_brought_in_is_known_to_nobody_until_they_acknowledge_it_here(cast, today):
    role = a_role(cast, starts=date(2024, 6, 1))
    version = actions.bring_in_standard(
        role, starts=date(2025, 1, 1), agreed_before=date(2024, 12, 1), source="Handbook", name="In time",
        statement="Parcels arrive.", serves="Customers wait.", measure=cast.late, level=0.05,
        by=cast.hana, now=cast.now,
    )  # fmt: skip
    known = queries.known_through(cast.alice, version.standard, date(2025, 2, 1), today)
    assert (known.in_force, known.known) == (True, False)
    actions.acknowledge(version, cast.alice, cast.now)
    known = queries.known_through(cast.alice, version.standard, date(2025, 2, 1), today)
    assert not known.known
    assert known.since == today


def test_the_database_itself_keeps_one_draft_a_standard(cast):
    standard = draft(cast).standard
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardVersion.objects.create(
            standard=standard, number=2, statement="", serves="", drafted_at=cast.now
        )


def test_six_principles_ship_with_behaviours_and_anchors(db):
    assert Principle.objects.count() == 6
    assert all(len(behaviour.steps) == 3 for behaviour in Behaviour.objects.prefetch_related("anchors"))


def test_words_of_an_anchor_that_change_are_a_new_anchor(cast):
    behaviour = Behaviour.objects.first()
    old = behaviour.steps[0]
    actions.set_anchors(behaviour, {1: "Not at all.", 2: "Sometimes."}, by=cast.hana, now=cast.now)
    assert [anchor.words for anchor in Behaviour.objects.get(pk=behaviour.pk).steps] == [
        "Not at all.",
        "Sometimes.",
    ]
    assert Anchor.objects.get(pk=old.pk).words == old.words


def test_a_behaviour_on_which_a_standard_rests_keeps_its_words(cast):
    behaviour = Behaviour.objects.first()
    a_standard(cast, measure=None, level=None, behaviour=behaviour)
    with pytest.raises(ValidationError, match="rest on"):
        actions.rewrite_behaviour(behaviour, "Something else.", {}, by=cast.hana, now=cast.now)


def test_many_get_a_role_by_their_title(cast, today):
    role = actions.add_role("Agent", purpose="", serves="", by=cast.hana, now=cast.now)
    held = actions.assign_role(role, actions.titled("agent"), starts=today, by=cast.hana, now=cast.now)
    assert {one.person for one in held} == {cast.alice, cast.bob, cast.charlie}
    assert actions.assign_role(role, [cast.alice], starts=today, by=cast.hana, now=cast.now) == []


def test_another_role_ends_the_first_the_same_day(cast, today):
    a_role(cast, cast.alice)
    senior = actions.add_role("Senior agent", purpose="", serves="", by=cast.hana, now=cast.now)
    actions.assign_role(senior, [cast.alice], starts=today, by=cast.hana, now=cast.now)
    held = cast.alice.holdings.values_list("job_role__slug", "ends").order_by("starts")
    assert list(held) == [("agent", today), ("senior-agent", None)]


def test_a_role_that_began_since_is_not_written_over(cast, today):
    a_role(cast, cast.alice)
    senior = actions.add_role("Senior agent", purpose="", serves="", by=cast.hana, now=cast.now)
    early = today - BEFORE - 30 * DAY
    with pytest.raises(ValidationError, match="began another role"):
        actions.assign_role(senior, [cast.alice], starts=early, by=cast.hana, now=cast.now)


def test_nobody_gets_a_role_before_they_joined_or_after_they_left(cast):
    role = actions.add_role("Agent", purpose="", serves="", by=cast.hana, now=cast.now)
    for person, day in ((cast.alice, date(2020, 1, 1)), (cast.lea, date(2026, 1, 1))):
        with pytest.raises(ValidationError):
            actions.assign_role(role, [person], starts=day, by=cast.hana, now=cast.now)


def test_a_role_that_somebody_holds_is_not_retired(cast, today):
    role = a_role(cast, cast.alice)
    with pytest.raises(ValidationError, match="still holds"):
        actions.retire_role(role, by=cast.hana, now=cast.now)
    actions.end_holding(cast.alice.holdings.get(), ends=today, by=cast.hana, now=cast.now)
    actions.retire_role(role, by=cast.hana, now=cast.now)
    assert role.retired_at == cast.now


def test_what_nobody_agreed_may_be_written_anew_with_what_it_is_about(cast):
    standard = draft(cast).standard
    words = {"statement": "Money is back within five days.", "serves": "Nobody waits.", "level": 5}
    actions.redraft_standard(
        standard,
        name="Refunds in time",
        team=cast.chat,
        measure=cast.refund_days,
        by=cast.hana,
        now=cast.now,
        **words,
    )
    standard.refresh_from_db()
    kept = standard.versions.get()
    assert (standard.name, standard.team, standard.measure) == (
        "Refunds in time",
        cast.chat,
        cast.refund_days,
    )
    assert (kept.number, kept.unit, kept.good, kept.level) == (1, "days", "low", 5)


def test_what_was_agreed_is_not_written_anew(cast, today):
    version = actions.agree(draft(cast), starts=today, by=cast.hana, now=cast.now)
    with pytest.raises(ValidationError, match="new version"):
        actions.redraft_standard(version.standard, name="Other", by=cast.hana, now=cast.now)


def test_a_draft_is_edited_on_its_page_with_all_it_is_about(cast, client):
    standard = draft(cast).standard
    client.force_login(cast.hana)
    page = f"/standards/{standard.pk}/+version/"
    assert {"name", "team", "measure", "behaviour"} <= set(client.get(page).context["form"].fields)
    sent = {"name": "In time", "team": cast.phones.pk, "statement": "On the day.", "serves": "Nobody waits."}
    assert client.post(page, sent).status_code == 302
    standard.refresh_from_db()
    assert (standard.name, standard.team, standard.measure) == ("In time", cast.phones, None)
