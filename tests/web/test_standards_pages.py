"""What is expected, read, asked about, agreed and compared: in the browser's words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.standards.made import a_role, a_standard

from andon.evidence.models import Reading
from andon.people.models import Person
from andon.standards import actions
from andon.standards.models import Acknowledgement, Difference, Holding, JobRole, Reminder, Standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    return a_standard(cast)


@pytest.fixture
def room():
    return "standards"


def day(offset=0):
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def test_i_read_what_is_expected_of_my_role_and_why(cast, version, page):
    text = page(cast.alice, "mine")
    assert "Arrives in time" in text
    assert "at most 5\xa0%" in text
    assert "Customers wait at home." in text
    assert "not read yet" in text


def test_without_a_role_it_says_so_kindly(cast, page):
    assert "You have not been given a role yet." in page(cast.alice, "mine")


def test_i_acknowledge_in_my_own_words(cast, version, send, page):
    send(cast.alice, "acknowledge", version.pk, kind="understood", words="I check the label.")
    assert Acknowledgement.objects.get().words == "I check the label."
    assert "I check the label." in page(cast.alice, "standard", version.standard_id)
    assert "not read yet" not in page(cast.alice, "mine")


def test_a_question_without_words_is_shown_again_with_what_is_missing(cast, version, send):
    answer = send(cast.alice, "acknowledge", version.pk, kind="question", words="")
    assert answer.status_code == 422
    assert "Say in your own words" in answer.content.decode()


def test_nothing_is_chosen_for_me(cast, version, page, send):
    assert " checked" not in page(cast.alice, "standard", version.standard_id).split("Have you read")[1]
    assert send(cast.alice, "acknowledge", version.pk, words="Yes.").status_code == 422


@pytest.mark.parametrize("who", ["alice", "martin", "lena", "adam"])
def test_the_draft_of_a_next_version_is_for_hr_alone(cast, version, page, who):
    actions.draft_version(version.standard, statement="Parcels arrive earlier.", by=cast.hana, now=cast.now)
    assert "Parcels arrive earlier." not in page(getattr(cast, who), "standard", version.standard_id)
    assert "Parcels arrive earlier." in page(cast.hana, "standard", version.standard_id)


def test_my_history_keeps_every_version(cast, version, page):
    actions.revise_standard(
        version.standard,
        level=0.04,
        why_changed="New labels.",
        starts=cast.now.date(),
        by=cast.hana,
        now=cast.now,
    )
    text = page(cast.alice, "history")
    assert "at most 5\xa0%" in text
    assert "at most 4\xa0%" in text


def test_a_manager_sees_by_name_who_has_read_it(cast, version, page):
    actions.acknowledge(version, cast.alice, cast.now)
    text = page(cast.martin, "team")
    waiting, read = text.split("Who has read it")
    assert "Bob Agent" in waiting
    assert "Alice Agent" not in waiting
    assert "Alice Agent" in read


def test_that_somebody_looked_is_noted_for_whom_it_is_about(cast, version, page):
    page(cast.martin, "team")
    page(cast.hana, "readers", version.standard_id)
    noted = set(Reading.objects.filter(person=cast.alice).values_list("reader__name", "basis"))
    assert noted == {("Martin Manager", "line"), ("Hana Partner", "hr")}


def test_a_manager_of_another_team_sees_nobody_of_it(cast, version, page):
    actions.acknowledge(version, cast.alice, cast.now, "I check.")
    for name, args in (("team", ()), ("readers", (version.standard_id,)), ("role", ("agent",))):
        assert "Alice Agent" not in page(cast.mona, name, *args)
    assert "I check." not in page(cast.mona, "readers", version.standard_id)


@pytest.mark.parametrize("who", ["bob", "charlie", "olga", "ana", "adam", "frank", "mona"])
def test_nobody_else_sees_who_holds_a_role_or_what_they_said(cast, version, page, who):
    actions.acknowledge(version, cast.alice, cast.now, "I check.")
    viewer = getattr(cast, who)
    for text in (page(viewer, "role", "agent"), page(viewer, "standard", version.standard_id)):
        assert "Alice Agent" not in text
        assert "I check." not in text


def test_a_manager_reminds_politely_and_the_person_sees_it(cast, version, send, page):
    send(cast.martin, "remind", version.pk, person=[cast.alice.pk, cast.bob.pk])
    assert Reminder.objects.count() == 2
    assert "Martin Manager asks you to read it" in page(cast.alice, "mine")


def test_reminding_somebody_of_another_line_is_not_there(cast, version, send):
    assert send(cast.mona, "remind", version.pk, person=[cast.alice.pk]).status_code == 404
    assert not Reminder.objects.exists()


def test_a_question_is_answered_from_the_team_page(cast, version, send, page):
    asked = actions.acknowledge(version, cast.alice, cast.now, "Also on Sundays?", "question")
    assert "Also on Sundays?" in page(cast.martin, "team")
    back = send(cast.martin, "answer", asked.pk, text="No.", back="/standards/team/")
    assert back.url == "/standards/team/"
    assert "Martin Manager" in page(cast.alice, "standard", version.standard_id)


def test_back_never_leads_elsewhere(cast, version, send):
    asked = actions.acknowledge(version, cast.alice, cast.now, "Also on Sundays?", "question")
    for back in ("https://example.org/standards/", "//example.org", "/people/"):
        answer = send(cast.martin, "answer", asked.pk, text="No.", back=back)
        assert answer.url == f"/standards/{version.standard_id}/"


def test_from_a_role_to_an_agreed_standard(cast, send, page):
    send(cast.hana, "new_role", name="Agent", purpose="Helps.", serves="Helped at once.")
    send(cast.hana, "assign", "agent", title="Agent", starts=day(), replace="on")
    assert Holding.objects.count() == 3
    fields = {"name": "In time", "statement": "Parcels arrive.", "serves": "Customers wait.", "level": "4 %"}
    send(cast.hana, "new", "agent", measure=cast.late.pk, **fields)
    standard = Standard.objects.get()
    assert "A draft: nobody is held to it." in page(cast.hana, "standard", standard.pk)
    assert page(cast.alice, "standard", standard.pk, status=404)
    send(cast.hana, "agree", standard.pk, starts=day())
    assert "at most 4\xa0%" in page(cast.alice, "mine")


def test_a_day_in_the_past_is_refused_at_its_field(cast, send):
    draft = actions.draft_standard(
        a_role(cast), name="Asks", statement="Asks back.", serves="It helped.", by=cast.hana, now=cast.now
    )
    answer = send(cast.hana, "agree", draft.standard_id, starts=day(-1))
    assert answer.status_code == 422
    assert "never binds backwards" in answer.content.decode()


def test_people_are_named_by_number_or_address(cast, send):
    role = actions.add_role("Agent", purpose="", serves="", by=cast.hana, now=cast.now)
    send(cast.hana, "assign", role.slug, people="11\nBOB@example.com, 21", starts=day())
    assert set(role.holdings.values_list("person__name", flat=True)) == {
        "Alice Agent",
        "Bob Agent",
        "Charlie Agent",
    }


def test_somebody_unknown_is_named_and_nobody_is_assigned(cast, send):
    role = actions.add_role("Agent", purpose="", serves="", by=cast.hana, now=cast.now)
    answer = send(cast.hana, "assign", role.slug, people="11, 4711", starts=day())
    assert "4711" in answer.content.decode()
    assert not Holding.objects.exists()


def test_what_was_brought_in_says_so_to_everybody(cast, send, page):
    draft = actions.draft_standard(
        a_role(cast), name="Asks", statement="Asks back.", serves="It helped.", by=cast.hana, now=cast.now
    )
    fields = {"starts": "2025-01-01", "agreed_before": "2024-12-01", "source": "Handbook, page 3"}
    send(cast.hana, "bring_in", draft.standard_id, **fields)
    assert "Brought in from before Andon" in page(cast.charlie, "standard", draft.standard_id)


def test_different_bars_stand_side_by_side_and_ask_why(cast, send, page):
    role = a_role(cast)
    one = a_standard(cast, role, team=cast.phones)
    a_standard(cast, role, team=cast.chat, level=0.08)
    assert "Nobody has said yet why they differ." in page(cast.hana, "calibration")
    subject = f"measure:{one.standard.measure_id}"
    send(cast.hana, "calibration", role="agent", subject=subject, reason="Chat has no depot.")
    assert Difference.objects.get().by == cast.hana
    text = page(cast.lena, "calibration")
    assert "Chat has no depot." in text
    assert "Nobody has said yet" not in text
    assert "Alice Agent" not in text


def test_a_retired_role_is_no_longer_in_the_list(cast, send, page):
    role = actions.add_role("Courier", purpose="", serves="", by=cast.hana, now=cast.now)
    send(cast.hana, "retire_role", role.slug)
    assert "/standards/roles/courier/" not in page(cast.alice, "roles")


def crowd(cast, n):
    """`n` more agents in Phones under Martin, with the role, every other one having read it."""
    people = Person.objects.bulk_create(
        Person(number=f"c{i}", name=f"Crowd {i}", team=cast.phones, manager=cast.martin) for i in range(n)
    )
    lines = [cast.martin, cast.lena]
    from andon.people.models import Line

    Line.objects.bulk_create(
        Line(above=above, below=one, depth=depth)
        for one in people
        for depth, above in enumerate(lines, start=1)
    )
    role, today = JobRole.objects.get(slug="agent"), cast.now.date()
    Holding.objects.bulk_create(Holding(person=one, job_role=role, starts=today) for one in people)
    version = Standard.objects.get().versions.get()
    Acknowledgement.objects.bulk_create(
        Acknowledgement(version=version, person=one, at=cast.now) for one in people[::2]
    )


@pytest.mark.parametrize("n", [3, 150])
@pytest.mark.parametrize(
    ("who", "name"),
    [("alice", "mine"), ("alice", "standard"), ("martin", "team"), ("hana", "readers"), ("hana", "standard"),
     ("hana", "role"), ("hana", "calibration"), ("lena", "roles"), ("alice", "history")],
)  # fmt: skip
def test_a_page_takes_as_many_queries_for_many_as_for_few(
    cast, version, client, who, name, n, django_assert_max_num_queries
):
    crowd(cast, n)
    args = {"standard": [version.standard_id], "readers": [version.standard_id], "role": ["agent"]}.get(
        name, []
    )
    client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(15):
        client.get(reverse(f"standards:{name}", args=args))
