"""My work: the hub and its pages, as those who use them meet them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from tests.attribution.separated import estimate, separation
from tests.growth.mine import answered_round, explaining, open_round, things_of_alice
from tests.web.charts import calm, charted

from andon.evidence.models import Item, Reading
from andon.growth.actions import accomplishments, development, feedback, recognition, skills, training
from andon.growth.models import (
    Accomplishment,
    Answer,
    Course,
    DevelopmentPlan,
    FeedbackRound,
    Invitation,
    Recognition,
    SharedAssessment,
    Skill,
)
from andon.people.models import Person
from andon.standards.models import Holding, JobRole, Objective, Standard, StandardVersion
from andon.web.me.fields import Figure

pytestmark = pytest.mark.django_db
PAGES = (
    "hub", "accomplishments", "assessments", "feedback", "recognition", "training", "mentoring", "careers",
    "development",
)  # fmt: skip


def read(client, person: Person, name: str, *args) -> str:
    client.force_login(person)
    answer = client.get(reverse(f"me:{name}", args=args))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def words_of(page: str) -> str:
    """The page but for what is new on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.split("<main")[1])


def send(client, person: Person, name: str, *args, **fields):
    client.force_login(person)
    return client.post(reverse(f"me:{name}", args=args), fields)


# The hub


def bar(cast, number: int = 1) -> None:
    """A standard of Alice's role with a measure, read by nobody yet."""
    role, _new = JobRole.objects.get_or_create(slug="agent", name="Agent", serves="Parcels arrive.")
    Holding.objects.get_or_create(person=cast.alice, job_role=role, starts=date(2024, 1, 1))
    standard = Standard.objects.create(
        job_role=role, name=f"On time {number}", measure=cast.late if number == 1 else None
    )
    StandardVersion.objects.create(
        standard=standard, number=1, statement="Few are late.", level=0.05, unit="share", good="low",
        serves="Customers wait for it.", starts=date(2025, 1, 1), drafted_at=cast.now, agreed_at=cast.now,
        agreed_by=cast.hana,
    )  # fmt: skip


def test_the_hub_says_what_is_expected_and_which_customer_outcome_it_serves(cast, client):
    bar(cast)
    page = read(client, cast.alice, "hub")
    assert "Few are late." in page
    assert "Customers wait for it." in page


def test_the_hub_shows_the_mechanism_before_the_person(cast, client):
    bar(cast)
    charted(cast.late, calm())
    estimate(cast.alice, separation("late", standard_basis=""), verdict="meets standard", why="Of Alice.")
    page = read(client, cast.alice, "hub")
    assert page.index("Arrived late") < page.index("You meet the standard.")
    assert "anything from" in page


def test_the_hub_of_somebody_without_an_agreed_standard_speaks_of_a_line(cast, client):
    bar(cast)
    nobody_agreed = separation("late", standard_basis="Nobody has agreed a standard for this yet.")
    estimate(cast.alice, nobody_agreed, verdict="meets standard")
    assert "You meet the line." in read(client, cast.alice, "hub")


def test_the_hub_leads_an_objective_up_to_a_customer_outcome(cast, client):
    top = Objective.objects.create(title="Parcels on time", measure=cast.late, made_at=cast.now)
    Objective.objects.create(title="Check labels", person=cast.alice, parent=top, made_at=cast.now)
    page = read(client, cast.alice, "hub")
    assert page.index("Check labels") < page.index("→ Parcels on time") < page.index("Arrived late")


def test_an_empty_hub_says_how_each_part_starts(cast, client):
    page = read(client, cast.alice, "hub")
    for words in (
        "You have not been given a role yet",
        "You have no objective yet",
        "You can begin: say thank you",
    ):
        assert words in page


def test_what_waits_is_on_the_hub(cast, client):
    things_of_alice(cast)
    assert "A colleague asks you to confirm a skill" in read(client, cast.bob, "hub")
    assert "A colleague asks you for feedback" in read(client, cast.bob, "hub")
    assert "Somebody asks you to be their mentor" in read(client, cast.olga, "hub")


def test_nothing_of_alice_waits_for_anybody_else(cast, client):
    things_of_alice(cast)
    for person in (cast.martin, cast.lena, cast.hana, cast.adam, cast.frank):
        assert "What waits for me" not in read(client, person, "hub")


@pytest.mark.parametrize("many", [1, 12])
def test_questions_of_the_hub_to_the_database_do_not_grow(cast, client, django_assert_max_num_queries, many):
    charted(cast.late, calm())
    for number in range(1, many + 1):
        bar(cast, number)
        Objective.objects.create(title=f"Goal {number}", person=cast.alice, made_at=cast.now)
        recognition.recognise(cast.alice, "Helped", for_customer="Much", by=cast.bob, now=cast.now)
        estimate(cast.alice, separation(f"outcome_{number}"))
    things_of_alice(cast) if not JobRole.objects.filter(slug="agent").exists() else None
    client.force_login(cast.alice)
    with django_assert_max_num_queries(15):
        client.get("/me/")


@pytest.mark.parametrize("name", PAGES[1:])
@pytest.mark.parametrize("many", [1, 15])
def test_questions_of_the_pages_do_not_grow(cast, client, django_assert_max_num_queries, name, many):
    things_of_alice(cast)
    for number in range(many):
        accomplishments.log(
            cast.alice, cast.now, title="Did", happened_on=date(2026, 1, 1), measure=cast.late
        )
        recognition.recognise(cast.alice, "Helped", for_customer="Much", by=cast.bob, now=cast.now)
        given = feedback.give(cast.alice, "You helped.", by=cast.bob, now=cast.now)
        feedback.share(given, cast.martin, by=cast.alice, now=cast.now)
        training.enrol(name=f"Thing {number}", by=cast.alice, now=cast.now)
        open_round(cast)
    for person in (cast.alice, cast.martin):
        client.force_login(person)
        with django_assert_max_num_queries(15):
            client.get(reverse(f"me:{name}"))


@pytest.mark.parametrize("name", PAGES)
def test_no_browser_keeps_a_page_of_ones_own(cast, client, name):
    client.force_login(cast.alice)
    assert "no-store" in client.get(reverse(f"me:{name}"))["Cache-Control"]


# Finding a colleague


def found(client, person: Person, **fields) -> str:
    client.force_login(person)
    return client.get(reverse("me:colleagues"), fields).content.decode()


def test_anybody_at_work_is_found_by_name(cast, client):
    assert "Charlie Agent" in found(client, cast.alice, who="charl")


def test_who_left_and_oneself_are_not_found(cast, client):
    assert "Lea Left" not in found(client, cast.alice, who="lea")
    assert "Alice Agent" not in found(client, cast.alice, who="alice")


@pytest.mark.parametrize("who", ["Phones", "Manager of", "21", "charlie@example.com", "a", "%%", "__"])
def test_nothing_but_names_is_searched(cast, client, who):
    assert "choice" not in found(client, cast.alice, who=who)


def test_only_names_are_shown(cast, client):
    page = found(client, cast.alice, who="mona")
    assert "Mona Manager" in page
    for secret in ("Chat", "Manager of", "mona@example.com"):
        assert secret not in page


def test_two_of_one_name_are_told_apart_by_their_team(cast, client):
    Person.objects.create_person(number="99", name="Mona Manager", team=cast.phones)
    page = found(client, cast.alice, who="mona")
    assert "Phones" in page
    assert "Chat" in page


def test_who_is_chosen_stays_chosen_while_another_is_sought(cast, client):
    page = found(client, cast.alice, who="mona", many="1", to=[cast.bob.pk])
    assert re.search(rf'value="{cast.bob.pk}"[^>]*checked', page)
    assert "Mona Manager" in page


@pytest.mark.parametrize("to", ["x", "9" * 40, "-1", "²"])
def test_a_nonsense_choice_is_nobody(cast, client, to):
    assert "choice" not in found(client, cast.alice, to=to)


# Feedback


def soon(days: int = 5) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def asking(cast, **fields) -> dict:
    people = [cast.bob.pk, cast.mona.pk, cast.olga.pk]
    return {"question": "When did I help?", "confidential": "1", "closes_on": soon(), "to": people} | fields


def test_a_question_is_put_to_several_at_once(cast, client):
    answer = send(client, cast.alice, "ask_feedback", **asking(cast))
    put_to = FeedbackRound.objects.get()
    assert answer.url == reverse("me:round", args=[put_to.pk])
    assert put_to.confidential
    assert put_to.invitations.count() == 3


def test_looking_for_somebody_asks_nobody_and_keeps_what_was_written(cast, client):
    page = send(client, cast.alice, "ask_feedback", **asking(cast, find="1", who="mona"))
    assert page.status_code == 200
    assert "When did I help?" in page.content.decode()
    assert 'class="error"' not in page.content.decode()
    assert not FeedbackRound.objects.exists()


def test_a_confidential_question_to_two_is_not_put(cast, client):
    page = send(client, cast.alice, "ask_feedback", **asking(cast, to=[cast.bob.pk, cast.mona.pk]))
    assert page.status_code == 422
    assert "three people or more" in page.content.decode()


def asked_now(cast, confidential: bool = True) -> FeedbackRound:
    now = timezone.now()
    closes = timezone.localdate(now) + timedelta(days=5)
    people = (cast.bob, cast.mona, cast.olga, cast.martin)
    return feedback.ask(people, "How?", confidential=confidential, closes_on=closes, by=cast.alice, now=now)


@pytest.mark.parametrize(
    ("confidential", "words"), [(True, "Your name is not kept"), (False, "With your name.")]
)
def test_whether_it_is_named_is_said_before_one_writes(cast, client, confidential, words):
    put_to = asked_now(cast, confidential)
    assert words in read(client, cast.bob, "answer_feedback", put_to.pk)


def test_a_confidential_answer_that_names_its_writer_is_questioned_first(cast, client):
    put_to = asked_now(cast)
    text = "As Bob told you."
    page = send(client, cast.bob, "answer_feedback", put_to.pk, text=text)
    assert "“Bob”" in page.content.decode()
    assert not Answer.objects.exists()
    send(client, cast.bob, "answer_feedback", put_to.pk, text=text, sure="1")
    assert Answer.objects.get().text == text


def test_a_named_answer_may_name_its_writer(cast, client):
    put_to = asked_now(cast, confidential=False)
    send(client, cast.bob, "answer_feedback", put_to.pk, text="As Bob told you.")
    assert Answer.objects.exists()


def test_while_a_confidential_round_is_open_its_page_never_changes(cast, client):
    put_to = asked_now(cast)

    before = words_of(read(client, cast.alice, "round", put_to.pk))
    for person in (cast.bob, cast.mona, cast.olga):
        feedback.answer(put_to, "Well.", by=person, now=timezone.now())
        assert words_of(read(client, cast.alice, "round", put_to.pk)) == before


def test_once_it_is_over_all_answers_show_without_a_name(cast, client):
    put_to = answered_round(cast)
    page = read(client, cast.alice, "round", put_to.pk)
    assert "You rang back when you said." in page
    answers = page.split("Whom you asked")[0].split("<main")[1]
    assert not any(name in answers for name in ("Bob", "Mona", "Olga"))


def test_too_few_answers_are_said_to_be_too_few(cast, client):
    put_to = feedback.ask(
        [cast.bob, cast.mona, cast.olga], "How?", confidential=True, closes_on=date(2026, 3, 9), by=cast.alice,
        now=cast.now,
    )  # fmt: skip
    feedback.answer(put_to, "Secret words.", by=cast.bob, now=cast.now)
    page = read(client, cast.alice, "round", put_to.pk)
    assert "Fewer than three people answered" in page
    assert "Secret words." not in page


def test_an_answer_that_does_not_show_cannot_be_put_on_the_record(cast, client):
    put_to = asked_now(cast)
    feedback.answer(put_to, "Early.", by=cast.bob, now=timezone.now())
    answer = send(client, cast.alice, "record_answer", Answer.objects.get().pk)
    assert answer.status_code == 404
    assert not Item.objects.exists()


def test_who_answered_finds_the_question_gone(cast, client):
    put_to = asked_now(cast)
    send(client, cast.bob, "answer_feedback", put_to.pk, text="Well.")
    client.force_login(cast.bob)
    assert client.get(reverse("me:answer_feedback", args=[put_to.pk])).status_code == 404


def test_a_decline_gives_no_reason_and_is_told_to_nobody(cast, client):
    put_to = asked_now(cast)
    before = words_of(read(client, cast.alice, "round", put_to.pk))
    assert send(client, cast.bob, "decline_feedback", put_to.pk).status_code == 302
    assert Invitation.objects.get(to=cast.bob).declined
    read(client, cast.bob, "feedback")  # where Bob is thanked
    assert words_of(read(client, cast.alice, "round", put_to.pk)) == before


def test_whom_one_asked_stand_by_name_so_that_their_order_tells_nothing(cast, client):
    put_to = asked_now(cast)
    send(client, cast.bob, "decline_feedback", put_to.pk)
    names = [one.to.name for one in put_to.invitations.select_related("to")]
    listed = read(client, cast.alice, "round", put_to.pk)
    assert sorted(names, key=listed.index) == sorted(names)


def test_reading_what_was_shared_is_noted_for_the_person(cast, client):
    put_to = answered_round(cast)
    feedback.share(put_to, cast.martin, by=cast.alice, now=cast.now)
    read(client, cast.martin, "round", put_to.pk)
    one = Reading.objects.get()
    assert (one.person, one.reader, one.basis) == (cast.alice, cast.martin, "line")


def test_feedback_given_is_read_at_once(cast, client):
    send(client, cast.bob, "give_feedback", to=cast.alice.pk, text="You stayed calm.")
    assert "You stayed calm." in read(client, cast.alice, "feedback")
    assert "You stayed calm." not in read(client, cast.martin, "feedback")


# The rest


def test_a_figure_is_written_as_people_write_it(cast, client):
    send(
        client, cast.alice, "new_accomplishment", title="Fewer late", happened_on="2026-02-02", measure=cast.late.pk,
        before="6.1 %", after="0.042",
    )  # fmt: skip
    one = Accomplishment.objects.get()
    assert (one.before, one.after, one.unit) == (0.061, 0.042, "share")


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("en", "2,140", 2140), ("en", "1,234.5", 1234.5), ("en", "0.061", 0.061), ("en", "−3", -3), ("en", "6,1", 6.1),
        ("de", "6,1", 6.1), ("de", "2.140", 2140), ("de", "0.061", 0.061), ("de", "1.234,5", 1234.5),
        ("de", "4.6", 4.6),
    ],
)  # fmt: skip
def test_a_figure_is_read_in_the_language_of_the_page(language, written, number):
    with translation.override(language):
        assert Figure().to_python(written) == number
        assert Figure().to_python(Figure().prepare_value(float(number))) == number


@pytest.mark.parametrize("figure", ["many", "1e9999", "nan", "6..1", "%"])
def test_what_is_no_figure_is_refused_in_words(cast, client, figure):
    page = send(client, cast.alice, "new_accomplishment", title="x", happened_on="2026-02-02", before=figure)
    assert page.status_code == 422
    assert "Write a number" in page.content.decode()


def test_a_before_and_after_is_never_shown_without_what_would_have_come_anyway(cast, client):
    one = accomplishments.log(
        cast.alice, cast.now, title="Fewer", happened_on=date(2026, 2, 2), before=9.0, after=4.0, unit="calls"
    )
    assert "would have come anyway" in read(client, cast.alice, "accomplishment", one.pk)


def test_with_data_of_the_measure_the_forecast_stands_beside_it(cast, client):
    charted(cast.late, calm())
    one = accomplishments.log(
        cast.alice, timezone.now(), title="Fewer", happened_on=timezone.localdate(), measure=cast.late, before=0.09,
        after=0.04,
    )  # fmt: skip
    assert "one would have expected" in read(client, cast.alice, "accomplishment", one.pk)


def test_a_shared_self_assessment_is_read_by_the_manager_and_noted(cast, client):
    things_of_alice(cast)
    assert "The labels." in read(client, cast.martin, "shared_assessment", SharedAssessment.objects.get().pk)
    assert Reading.objects.filter(reader=cast.martin, person=cast.alice).exists()


def test_the_person_sees_when_a_shared_plan_was_read(cast, client):
    plan = development.begin("Teach", by=cast.alice, now=cast.now)
    development.share(plan, cast.charlie, by=cast.alice, now=cast.now)
    assert "has not read it yet" in read(client, cast.alice, "development")
    read(client, cast.charlie, "development_plan", plan.pk)
    assert "has not read it yet" not in read(client, cast.alice, "development")


def test_recognition_from_a_page(cast, client):
    send(client, cast.bob, "recognise", to=cast.alice.pk, what="Rang back", for_customer="They slept.")
    assert Recognition.objects.get().to == cast.alice
    assert "They slept." in read(client, cast.alice, "hub")


def test_a_skill_is_said_and_somebody_asked(cast, client):
    skill = explaining(cast)
    send(client, cast.alice, "skill", skill.slug, level=skill.levels.last().pk, example="Last week")
    send(client, cast.alice, "ask_to_confirm", skill.slug, to=cast.bob.pk)
    page = read(client, cast.alice, "skill", skill.slug)
    assert "Bob Agent" in page
    assert "asked" in page


def test_a_level_of_another_skill_is_refused(cast, client):
    skill = explaining(cast)
    other = skills.keep_skill(None, slug="o", name="O", levels=[("A", "B")], by=cast.hana, now=cast.now)
    page = send(client, cast.alice, "skill", skill.slug, level=other.levels.get().pk)
    assert page.status_code == 422


def test_a_plan_from_its_pages(cast, client):
    send(client, cast.alice, "development", title="Teach others")
    plan = DevelopmentPlan.objects.get()
    send(client, cast.alice, "add_goal", plan.pk, text="Hold a session")
    goal = plan.goals.get()
    send(client, cast.alice, "add_step", goal.pk, text="Sit in", by_when=soon())
    send(client, cast.alice, "step", goal.steps.get().pk, done="1")
    assert goal.steps.get().done_on == timezone.localdate()
    send(client, cast.alice, "goal", goal.pk, remove="1")
    assert not plan.goals.exists()


def test_a_word_of_html_is_shown_as_it_was_written(cast, client):
    recognition.recognise(
        cast.alice, "<script>x</script>", for_customer="<b>y</b>", by=cast.bob, now=cast.now
    )
    page = read(client, cast.alice, "recognition")
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


# What HR partners keep


def hr(client, cast, page: str, *args, **fields):
    client.force_login(cast.hana)
    return client.post(reverse(f"growing:{page}", args=args), fields)


def test_hr_writes_a_skill_with_its_levels(cast, client):
    hr(
        client,
        cast,
        "new_skill",
        name="Staying calm",
        levels="Listening: lets somebody finish\n\nTurning it: finds a way",
    )
    skill = Skill.objects.get()
    assert skill.slug == "staying-calm"
    assert [level.word for level in skill.levels.all()] == ["Listening", "Turning it"]


def test_a_level_without_an_anchor_is_refused_in_words(cast, client):
    page = hr(client, cast, "new_skill", name="Calm", levels="Good")
    assert page.status_code == 422
    assert "has no anchor" in page.content.decode()


def test_hr_says_what_a_role_looks_for_and_lays_a_path(cast, client):
    skill = explaining(cast)
    agent, guide = (JobRole.objects.create(slug=slug, name=slug.title()) for slug in ("agent", "guide"))
    Holding.objects.create(person=cast.alice, job_role=agent, starts=date(2024, 1, 1))
    hr(client, cast, "role", "guide", explaining=skill.levels.last().pk)
    hr(client, cast, "paths", from_role=agent.pk, to_role=guide.pk, way="sideways")
    page = read(client, cast.alice, "careers")
    assert "Guide" in page
    assert "Not said yet: Explaining." in page


def test_hr_offers_a_course_and_takes_it_off(cast, client):
    hr(client, cast, "courses", name="Plain words", link="https://example.com/c")
    assert "Plain words" in read(client, cast.alice, "training")
    hr(client, cast, "retire_course", Course.objects.get().pk)
    assert "Plain words" not in read(client, cast.alice, "training")


def test_the_pages_of_hr_show_nobody(cast, client):
    things_of_alice(cast)
    client.force_login(cast.hana)
    for name in ("courses", "skills", "paths"):
        page = client.get(reverse(f"growing:{name}")).content.decode()
        assert not any(key in page for key in ("Alice Agent", "Bob Agent", "Last week"))
