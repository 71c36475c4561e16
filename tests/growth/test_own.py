"""What is somebody's own: private until shared, and what can never be evidence."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence.models import Entry, Item
from andon.growth import keeping
from andon.growth.actions import (
    accomplishments,
    assessments,
    development,
    feedback,
    mentoring,
    recognition,
    skills,
    training,
)
from andon.growth.models import (
    Accomplishment,
    Answer,
    DevelopmentPlan,
    Feedback,
    FeedbackRound,
    FeedbackShare,
    Goal,
    Invitation,
    Level,
    Mentoring,
    PersonSkill,
    PlanShare,
    Recognition,
    SelfAssessment,
    SharedAssessment,
    SkillConfirmation,
    Step,
    Training,
)
from andon.growth.queries.careers import gaps
from andon.people import lines
from andon.people.models import Deed, Person
from andon.standards.models import JobRole
from tests.growth.mine import answered_round, explaining, things_of_alice

pytestmark = pytest.mark.django_db
NEVER_EVIDENCE = (
    DevelopmentPlan, Goal, Step, PlanShare, SelfAssessment, SharedAssessment, FeedbackRound, Invitation, Answer,
    FeedbackShare,
)  # fmt: skip


@pytest.mark.parametrize("noun", NEVER_EVIDENCE, ids=lambda noun: noun.__name__)
def test_nothing_but_its_own_parts_can_point_at_what_is_never_evidence(noun):
    """A foreign key from anywhere else would let a judgement rest on it."""
    pointing = {
        field.model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is noun
    }
    assert pointing <= set(NEVER_EVIDENCE)


@pytest.mark.parametrize("noun", NEVER_EVIDENCE, ids=lambda noun: noun.__name__)
def test_what_is_never_evidence_points_at_a_record_only_by_the_persons_own_act(noun):
    to_items = [field.name for field in noun._meta.concrete_fields if field.related_model is Item]
    assert to_items == (["item"] if noun is Answer else [])


def test_what_is_ones_own_says_nothing_to_the_ledger(cast):
    entries = Entry.objects.count()
    things_of_alice(cast)
    assert Entry.objects.count() == entries


def test_the_trail_holds_no_words_of_what_is_ones_own(cast):
    things_of_alice(cast)
    kept = str(list(Deed.objects.values("verb", "thing", "detail"))).lower()
    for word in (
        "teach",
        "labels",
        "winter",
        "rang back",
        "stayed",
        "selfassessment",
        "developmentplan",
        "round",
    ):
        assert word not in kept


OWN = (
    Accomplishment,
    SelfAssessment,
    DevelopmentPlan,
    FeedbackRound,
    Feedback,
    Recognition,
    Training,
    PersonSkill,
)


@pytest.mark.parametrize("who", ["hana", "adam", "ana", "lena", "mona", "frank", "olga", "lea"])
@pytest.mark.parametrize("noun", OWN, ids=lambda noun: noun.__name__)
def test_nobody_else_reads_what_alice_keeps_for_herself(cast, noun, who):
    things_of_alice(cast)
    seen = noun.objects.visible_to(getattr(cast, who))
    if noun is Feedback and who == "lena":
        assert seen.exists()  # Alice shared it with her
    else:
        assert not seen.exists()


# Accomplishments


def log(cast, **fields):
    return accomplishments.log(
        cast.alice, cast.now, title="Rang back", happened_on=date(2026, 2, 2), **fields
    )


def test_on_the_record_an_accomplishment_is_an_item_with_its_figures(cast):
    one = log(
        cast, impact="They had it.", measure=cast.late, before=0.09, after=0.04, links=["https://a.example/b"]
    )
    accomplishments.put_on_record(one, cast.alice, cast.now)
    item = Item.objects.get()
    assert (item.kind, item.person, item.by) == ("accomplishment", cast.alice, cast.alice)
    assert item.figures == {"before": 0.09, "after": 0.04, "unit": "share"}
    assert item.link == "https://a.example/b"


def test_what_is_on_the_record_is_not_changed_behind_it(cast):
    one = log(cast)
    accomplishments.put_on_record(one, cast.alice, cast.now)
    for verb in (accomplishments.remove, accomplishments.put_on_record):
        with pytest.raises(ValidationError):
            verb(one, cast.alice, cast.now)
    with pytest.raises(ValidationError):
        accomplishments.revise(one, cast.alice, cast.now, title="Else", happened_on=date(2026, 2, 2))


@pytest.mark.parametrize("who", ["martin", "hana", "bob"])
def test_nobody_else_puts_it_on_the_record(cast, who):
    with pytest.raises(PermissionDenied):
        accomplishments.put_on_record(log(cast), getattr(cast, who), cast.now)


def test_the_future_is_no_accomplishment(cast):
    with pytest.raises(ValidationError):
        accomplishments.log(cast.alice, cast.now, title="Will", happened_on=date(2026, 3, 3))


def test_a_link_that_is_no_page_is_refused(cast):
    with pytest.raises(ValidationError):
        log(cast, links=["javascript:alert(1)"])


@pytest.mark.parametrize("figure", [6.1, -0.1, 101.0])
def test_a_share_is_written_as_a_share(cast, figure):
    with pytest.raises(ValidationError, match=r"6\.1 %"):
        log(cast, measure=cast.late, before=figure)


# Self-assessment


def shared(cast, to=None):
    draft = assessments.begin("Winter", by=cast.alice, now=cast.now)
    assessments.write(draft, {"hard": "The labels."}, by=cast.alice, now=cast.now)
    return draft, assessments.share(draft, to or cast.martin, by=cast.alice, now=cast.now)


def test_what_was_shared_stays_as_it_was(cast):
    draft, first = shared(cast)
    assessments.write(draft, {"hard": "Nothing."}, by=cast.alice, now=cast.now)
    first.refresh_from_db()
    assert first.content[0][1] == "The labels."
    assert assessments.share(draft, cast.martin, by=cast.alice, now=cast.now).number == 2


def test_a_self_assessment_is_read_by_whom_it_was_shared_with_and_nobody_else(cast):
    _draft, version = shared(cast)
    readers = {
        key for key, one in vars(cast).items()
        if isinstance(one, Person) and version in SharedAssessment.objects.visible_to(one)
    }  # fmt: skip
    assert readers == {"alice", "martin"}


def test_after_a_change_of_manager_the_former_one_reads_nothing(cast):
    _draft, version = shared(cast)
    cast.alice.manager = cast.mona
    cast.alice.save()
    lines.rebuild()
    assert version not in SharedAssessment.objects.visible_to(cast.martin)


def test_what_is_taken_back_is_no_longer_read(cast):
    _draft, version = shared(cast)
    assessments.take_back(version, by=cast.alice, now=cast.now)
    assert version not in SharedAssessment.objects.visible_to(cast.martin)


@pytest.mark.parametrize("to", ["hana", "frank", "mona", "bob", "alice"])
def test_a_self_assessment_goes_to_the_line_only(cast, to):
    with pytest.raises(ValidationError):
        shared(cast, getattr(cast, to))


# Recognition, training, mentoring


def test_recognition_says_what_a_customer_had_of_it(cast):
    with pytest.raises(ValidationError):
        recognition.recognise(cast.alice, "Helped", for_customer=" ", by=cast.bob, now=cast.now)


def test_nobody_thanks_themselves(cast):
    with pytest.raises(ValidationError):
        recognition.recognise(cast.bob, "Helped", for_customer="Much", by=cast.bob, now=cast.now)


def course(cast):
    return training.keep_course(None, name="Plain words", by=cast.hana, now=cast.now)


@pytest.mark.parametrize("who", ["martin", "lena", "hana"])
def test_the_line_and_hr_assign_a_course(cast, who):
    by = getattr(cast, who)
    given = training.assign(course(cast), cast.alice, what_for="Letters", by=by, now=cast.now)
    assert given in Training.objects.visible_to(cast.martin)
    assert given not in Training.objects.visible_to(cast.bob)


@pytest.mark.parametrize("who", ["mona", "frank", "bob", "adam", "alice", "lea"])
def test_nobody_else_assigns_a_course(cast, who):
    with pytest.raises(PermissionDenied):
        training.assign(course(cast), cast.alice, what_for="Letters", by=getattr(cast, who), now=cast.now)


def test_hr_does_not_assign_a_course_to_themselves(cast):
    with pytest.raises(PermissionDenied):
        training.assign(course(cast), cast.hana, what_for="Letters", by=cast.hana, now=cast.now)


def test_what_somebody_takes_up_on_their_own_their_line_does_not_see(cast):
    training.enrol(name="Spanish", by=cast.alice, now=cast.now)
    assert not Training.objects.visible_to(cast.martin).exists()


def test_a_training_ends_once(cast):
    taken = training.enrol(name="Spanish", by=cast.alice, now=cast.now)
    training.finish(taken, on=date(2026, 3, 1), by=cast.alice, now=cast.now)
    with pytest.raises(ValidationError):
        training.leave(taken, by=cast.alice, now=cast.now)


def test_only_who_is_asked_agrees_to_be_a_mentor(cast):
    wish = mentoring.ask(cast.olga, "Labels", by=cast.alice, now=cast.now)
    with pytest.raises(PermissionDenied):
        mentoring.agree(wish, by=cast.alice, now=cast.now)
    mentoring.agree(wish, by=cast.olga, now=cast.now)
    with pytest.raises(ValidationError):
        mentoring.decline(wish, by=cast.olga, now=cast.now)
    assert wish not in Mentoring.objects.visible_to(cast.martin)


# Skills


def test_a_confirmation_counts_for_what_is_said_or_less(cast):
    skill, role = explaining(cast), JobRole.objects.create(slug="guide", name="Guide")
    low, high = Level.objects.filter(skill=skill)
    skills.want(role, skill, high, by=cast.hana, now=cast.now)
    said = skills.say(low, by=cast.alice, now=cast.now)
    asked = skills.ask_to_confirm(said, cast.bob, by=cast.alice, now=cast.now)
    skills.answer_confirmation(asked, True, by=cast.bob, now=cast.now)
    assert gaps(cast.alice, [role])[role.pk][0].confirmed_by == ("Bob Agent",)
    skills.say(high, by=cast.alice, now=cast.now)
    assert gaps(cast.alice, [role])[role.pk][0].confirmed_by == ()


def test_only_who_was_asked_confirms(cast):
    said = skills.say(explaining(cast).levels.first(), by=cast.alice, now=cast.now)
    asked = skills.ask_to_confirm(said, cast.bob, by=cast.alice, now=cast.now)
    with pytest.raises(PermissionDenied):
        skills.answer_confirmation(asked, True, by=cast.martin, now=cast.now)
    assert asked in SkillConfirmation.objects.visible_to(cast.bob)
    assert asked not in SkillConfirmation.objects.visible_to(cast.martin)


def test_there_is_no_level_without_an_anchor(cast):
    with pytest.raises(ValidationError):
        skills.keep_skill(None, slug="x", name="X", levels=[("Good", "")], by=cast.hana, now=cast.now)


def test_a_level_that_somebody_names_stays(cast):
    skill = explaining(cast)
    skills.say(skill.levels.last(), by=cast.alice, now=cast.now)
    with pytest.raises(ValidationError):
        skills.keep_skill(
            skill,
            slug=skill.slug,
            name="Explaining",
            levels=[("With help", "Reads.")],
            by=cast.hana,
            now=cast.now,
        )


@pytest.mark.parametrize("who", ["martin", "adam", "lena", "alice"])
def test_only_hr_keeps_skills(cast, who):
    with pytest.raises(PermissionDenied):
        skills.keep_skill(None, slug="x", name="X", levels=[("A", "B")], by=getattr(cast, who), now=cast.now)


# Development plan


def test_a_plan_is_shared_by_name_and_taken_back(cast):
    plan = development.begin("Teach", by=cast.alice, now=cast.now)
    given = development.share(plan, cast.charlie, by=cast.alice, now=cast.now)
    assert plan in DevelopmentPlan.objects.visible_to(cast.charlie)
    assert plan not in DevelopmentPlan.objects.visible_to(cast.martin)
    development.take_back(given, by=cast.alice, now=cast.now)
    assert plan not in DevelopmentPlan.objects.visible_to(cast.charlie)


def test_a_plan_that_ended_is_read_by_nobody_else(cast):
    plan = development.begin("Teach", by=cast.alice, now=cast.now)
    development.share(plan, cast.charlie, by=cast.alice, now=cast.now)
    development.end(plan, by=cast.alice, now=cast.now)
    assert plan not in DevelopmentPlan.objects.visible_to(cast.charlie)


def test_one_development_plan_at_a_time(cast):
    development.begin("Teach", by=cast.alice, now=cast.now)
    with pytest.raises(ValidationError):
        development.begin("Travel", by=cast.alice, now=cast.now)


@pytest.mark.parametrize("who", ["martin", "hana", "charlie"])
def test_nobody_writes_in_somebody_elses_plan(cast, who):
    plan = development.begin("Teach", by=cast.alice, now=cast.now)
    development.share(plan, cast.charlie, by=cast.alice, now=cast.now)
    with pytest.raises(PermissionDenied):
        development.add_goal(plan, "More calls", by=getattr(cast, who), now=cast.now)


# Taking away and letting go


def test_what_is_ones_own_can_be_taken_away(cast):
    things_of_alice(cast)
    for name, rows in keeping.PARTS.items():
        assert list(rows(cast.alice)), name


def test_what_is_taken_away_names_nobody_who_answered_in_confidence(cast):
    answered_round(cast)
    told = str(list(keeping.asked(cast.alice)))
    assert "You rang back" in told
    assert not any(name in told for name in ("Bob", "Mona", "Olga"))


def test_an_open_round_gives_no_answer_to_take_away(cast):
    now = cast.now + timedelta(days=3650)
    put_to = feedback.ask(
        [cast.bob, cast.mona, cast.olga], "How?", confidential=True, closes_on=(now + timedelta(days=5)).date(),
        by=cast.alice, now=now,
    )  # fmt: skip
    feedback.answer(put_to, "Secret words.", by=cast.bob, now=now)
    assert "Secret words" not in str(list(keeping.asked(cast.alice)))


def test_with_a_person_goes_what_was_their_own(cast):
    things_of_alice(cast)
    keeping.forget(cast.alice)
    for noun in (*OWN, *NEVER_EVIDENCE):
        if noun is not Invitation:
            assert not noun.objects.exists(), noun.__name__
