"""My team: mechanisms before people; coaching, promises and talks of two, from both sides."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.growth.made import led_by, noted, promised, standard
from tests.web.charts import calm, charted, out_of_spec

from andon.evidence.models import Reading
from andon.growth.actions import coaching as noting
from andon.growth.actions import one_to_ones, promises
from andon.growth.models import Coaching, OneToOne, Promise
from andon.people import lines
from andon.people.models import Person

SAID = {
    "situation": "In the chat about order 4711.",
    "behaviour": "The chat was closed before the customer had answered.",
    "impact": "They wrote again the next day.",
    "agreed_action": "Alice waits; Martin has the timer changed.",
}


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def ahead(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def now_noted(cast, **other) -> Coaching:
    return noted(cast, now=timezone.now(), **{"follow_up_on": ahead(14), **other})


def now_promised(cast, **other) -> Promise:
    return promised(cast, now=timezone.now(), **{"due": ahead(7), **other})


class TestHub:
    def test_the_mechanisms_stand_before_the_people(self, cast, as_):
        charted(cast.late, out_of_spec())
        page = as_("martin").get("/team/").text
        assert page.index("Arrived late") < page.index("Alice Agent")
        assert "One of the 1 measures your team works with is out of spec." in page

    def test_people_are_in_the_order_of_the_alphabet_and_no_number_is_about_them(self, cast, as_):
        now_promised(cast)
        page = as_("martin").get("/team/").text
        assert page.index("Alice Agent") < page.index("Bob Agent")
        assert "Sit in on calls" in page

    def test_only_ones_own_people_are_there(self, as_):
        page = as_("martin").get("/team/").text
        assert "Charlie" not in page
        assert "Lea Left" not in page

    def test_a_talk_look_back_and_standard_not_read_are_named(self, cast, as_):
        now_noted(cast)
        one_to_ones.plan_talk(cast.alice, cast.martin, ahead(3), by=cast.martin, now=timezone.now())
        page = as_("martin").get("/team/").text
        assert "Next 1:1 on" in page
        assert "Look back together" in page

    @pytest.mark.parametrize("n", [3, 39])
    def test_it_takes_the_same_queries_for_a_team_of_any_size(
        self, cast, as_, n, django_assert_max_num_queries
    ):
        Person.objects.bulk_create(
            Person(number=f"X{i}", name=f"Person {i}", team=cast.phones, manager=cast.martin)
            for i in range(n)
        )
        lines.rebuild()
        for person in Person.objects.filter(number__startswith="X")[:10]:
            promises.promise(
                person,
                what="x",
                kind="other",
                owed_by=cast.martin,
                due=ahead(3),
                by=cast.martin,
                now=timezone.now(),
            )
        client = as_("martin")
        with django_assert_max_num_queries(15):
            assert client.get("/team/").status_code == 200


class TestPerson:
    def test_reading_it_is_noted_for_the_person(self, cast, as_):
        as_("martin").get(f"/team/{cast.alice.pk}/")
        assert Reading.objects.get(person=cast.alice).reader == cast.martin

    @pytest.mark.parametrize("who", ["martin", "lena", "hana"])
    def test_the_line_at_any_depth_and_hr_read_it(self, cast, as_, who):
        now_noted(cast)
        assert "Alice waits" in as_(who).get(f"/team/{cast.alice.pk}/").text

    @pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "charlie", "olga", "ana", "adam"])
    def test_for_everybody_else_it_does_not_exist(self, cast, as_, who):
        assert as_(who).get(f"/team/{cast.alice.pk}/").status_code == 404
        assert not Reading.objects.exists()

    def test_an_hr_partner_writes_no_coaching(self, cast, as_):
        page = as_("hana").get(f"/team/{cast.alice.pk}/").text
        assert "Note coaching" not in page
        assert as_("hana").get(f"/team/{cast.alice.pk}/coaching/").status_code == 404

    @pytest.mark.parametrize("many", [1, 20])
    def test_it_takes_the_same_queries_however_much_there_is(
        self, cast, as_, many, django_assert_max_num_queries
    ):
        for n in range(many):
            now_noted(cast, situation=f"Talk {n}")
            now_promised(cast, what=f"Support {n}")
        client = as_("martin")
        with django_assert_max_num_queries(17):  # two of them are the savepoint of a test
            client.get(f"/team/{cast.alice.pk}/")


class TestNotingCoaching:
    def url(self, cast, about: str = "mechanism-labels") -> str:
        return f"/team/{cast.alice.pk}/coaching/?about={about}"

    def send(self, cast, client, about="mechanism-labels", **other):
        return client.post(self.url(cast, about), SAID | {"follow_up_on": ahead(14)} | other)

    def test_the_process_is_shown_before_the_form(self, cast, as_):
        charted(cast.late, out_of_spec())
        page = as_("martin").get(self.url(cast)).text
        assert page.index("Look at the process first") < page.index("Situation")

    def test_without_a_subject_there_is_only_the_question_what_it_is_about(self, cast, as_):
        page = as_("martin").get(f"/team/{cast.alice.pk}/coaching/").text
        assert "What is it about?" in page
        assert 'name="situation"' not in page

    def test_a_calm_mechanism_is_said_to_run_as_usual(self, cast, as_):
        charted(cast.late, calm())
        assert "runs as it usually does" in as_("martin").get(self.url(cast)).text

    def test_a_mechanism_the_team_has_nothing_to_do_with_is_not_a_subject(self, cast, as_):
        assert "Refunds" not in as_("martin").get(self.url(cast, "mechanism-refunds")).text

    def test_it_is_kept_and_the_person_reads_it_at_once(self, cast, as_):
        assert self.send(cast, as_("martin")).status_code == 302
        assert "Alice waits" in as_("alice").get("/me/coaching/").text
        assert Coaching.objects.get().mechanism == cast.labels

    def test_support_promised_with_it_is_a_promise(self, cast, as_):
        self.send(cast, as_("martin"), support_what="A headset", support_kind="tool", support_due=ahead(3))
        assert Promise.objects.get().coaching == Coaching.objects.get()

    def test_a_promise_without_a_day_is_not_taken_and_nothing_written_is_lost(self, cast, as_):
        answer = self.send(cast, as_("martin"), support_what="A headset")
        assert answer.status_code == 422
        assert "A promise has a kind and a day." in answer.text
        assert "A headset" in answer.text
        assert not Coaching.objects.exists()

    def test_words_about_character_are_questioned_and_still_kept(self, cast, as_):
        words = SAID | {"behaviour": "She is lazy.", "follow_up_on": ahead(14)}
        looked = as_("martin").post(self.url(cast), words | {"look": "1"})
        assert looked.status_code == 200
        assert "“lazy” says what somebody is." in looked.text
        assert "She is lazy." in looked.text
        assert not Coaching.objects.exists()
        assert as_("martin").post(self.url(cast), words).status_code == 302

    def test_the_hint_comes_as_one_types(self, as_):
        assert (
            "“always” is rarely so" in as_("martin").post("/team/hint/", {"behaviour": "You always do."}).text
        )

    def test_the_hint_is_silent_about_what_happened(self, as_):
        assert as_("martin").post("/team/hint/", SAID).text.strip() == ""


class TestCoachingNote:
    def test_the_person_writes_how_they_see_it_and_the_manager_reads_it(self, cast, as_):
        note = now_noted(cast)
        as_("alice").post(f"/me/coaching/{note.pk}/view/", {"text": "The timer closes it."})
        assert "The timer closes it." in as_("martin").get(f"/team/coaching/{note.pk}/").text

    def test_what_was_noted_for_them_is_put_to_them(self, cast, as_):
        note = now_noted(cast, their_view="It was the timer.", with_consent=True)
        page = as_("alice").get("/me/coaching/").text
        assert "Is this what you said?" in page
        as_("alice").post(f"/me/coaching/view/{note.views.get().pk}/", {"agrees": "no"})
        assert "says this is not what they said" in as_("martin").get(f"/team/coaching/{note.pk}/").text

    @pytest.mark.parametrize("who", ["bob", "mona", "frank", "hana", "martin"])
    def test_nobody_else_confirms_or_finds_it_on_their_own_page(self, cast, as_, who):
        note = now_noted(cast, their_view="It was the timer.", with_consent=True)
        assert as_(who).get(f"/me/coaching/{note.pk}/").status_code == 404
        assert (
            as_(who).post(f"/me/coaching/view/{note.views.get().pk}/", {"agrees": "yes"}).status_code == 404
        )

    def test_looking_back_needs_both_sides(self, cast, as_):
        note = now_noted(cast)
        answer = as_("martin").post(f"/team/coaching/{note.pk}/follow-up/", {"outcome": "Good."})
        assert answer.status_code == 422
        assert "Good." in answer.text

    def test_a_look_back_shows_on_the_persons_page(self, cast, as_):
        note = now_noted(cast)
        said = {"outcome": "No chat was closed early.", "their_part": "done", "our_part": "not_yet"}
        assert as_("martin").post(f"/team/coaching/{note.pk}/follow-up/", said).status_code == 302
        page = as_("alice").get(f"/me/coaching/{note.pk}/").text
        assert "No chat was closed early." in page
        assert "What the other side agreed to do: Not yet" in page

    def test_words_of_people_are_shown_as_words(self, cast, as_):
        note = now_noted(cast, behaviour="<script>alert(1)</script>")
        assert "<script>alert" not in as_("alice").get(f"/me/coaching/{note.pk}/").text


class TestOwed:
    def test_an_empty_list_says_what_belongs_there(self, as_):
        assert "You owe nobody anything." in as_("olga").get("/team/owed/").text

    def test_a_mentor_of_another_team_finds_what_they_owe_and_nothing_else_about_the_person(self, cast, as_):
        promise = now_promised(cast, owed_by=cast.olga, kind="mentoring", what="Meet every second week")
        assert "Meet every second week" in as_("olga").get("/team/owed/").text
        assert as_("olga").get(f"/team/owed/{promise.pk}/").status_code == 200
        assert as_("olga").get(f"/team/{cast.alice.pk}/").status_code == 404

    @pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "charlie", "ana", "adam"])
    def test_a_promise_of_somebody_else_does_not_exist(self, cast, as_, who):
        promise = now_promised(cast)
        assert as_(who).get(f"/team/owed/{promise.pk}/").status_code == 404
        assert as_(who).post(f"/team/owed/{promise.pk}/deliver/", {"text": "x"}).status_code == 404

    def test_it_is_delivered_doubted_and_answered_in_turn(self, cast, as_):
        promise = now_promised(cast)
        as_("martin").post(f"/team/owed/{promise.pk}/deliver/", {"text": "Tuesday."})
        assert "Tuesday." in as_("alice").get("/me/coaching/").text
        as_("alice").post(f"/me/promises/{promise.pk}/doubt/", {"text": "No call came."})
        assert "doubted, not answered yet" in as_("martin").get(f"/team/owed/{promise.pk}/").text
        as_("martin").post(f"/team/owed/{promise.pk}/answer/", {"text": "Monday then."})
        assert "Monday then." in as_("alice").get("/me/coaching/").text

    def test_the_doubt_that_is_answered_is_the_one_that_stands(self, cast, as_):
        promise = now_promised(cast)
        for what in ("Tuesday.", "Monday."):
            as_("martin").post(f"/team/owed/{promise.pk}/deliver/", {"text": what})
            as_("alice").post(f"/me/promises/{promise.pk}/doubt/", {"text": f"Not on {what}"})
        as_("martin").post(f"/team/owed/{promise.pk}/answer/", {"text": "Friday, for sure."})
        assert "doubted" not in as_("martin").get(f"/team/owed/{promise.pk}/").text.split("<main")[1]

    def test_what_a_former_manager_promised_names_who_owes_it_now_on_both_sides(self, cast, as_):
        promise = now_promised(cast)
        led_by(cast.alice, cast.mona)
        said = "Martin Manager promised it. The company owes it, now through Mona Manager."
        assert said in as_("alice").get("/me/coaching/").text
        assert said in as_("mona").get(f"/team/owed/{promise.pk}/").text
        assert as_("martin").get(f"/team/owed/{promise.pk}/").status_code == 404

    def test_a_doubt_too_early_is_refused_with_a_sentence_and_the_words_are_kept(self, cast, as_):
        promise = now_promised(cast)
        answer = as_("alice").post(f"/me/promises/{promise.pk}/doubt/", {"text": "It will not help."})
        assert answer.status_code == 422
        assert "It is not due yet." in answer.text
        assert "It will not help." in answer.text

    def test_only_the_person_lets_it_go(self, cast, as_):
        promise = now_promised(cast)
        assert as_("martin").post(f"/me/promises/{promise.pk}/release/").status_code == 404
        as_("alice").post(f"/me/promises/{promise.pk}/release/")
        assert "no longer wanted" in as_("alice").get("/me/coaching/").text


class TestTalks:
    def planned(self, cast) -> OneToOne:
        return one_to_ones.plan_talk(cast.alice, cast.martin, ahead(5), by=cast.alice, now=timezone.now())

    @pytest.mark.parametrize("who", ["lena", "hana", "bob", "mona", "frank", "adam"])
    def test_for_anybody_but_the_two_it_does_not_exist(self, cast, as_, who):
        talk = self.planned(cast)
        assert as_(who).get(f"/me/one-to-ones/{talk.pk}/").status_code == 404
        assert as_(who).post(f"/me/one-to-ones/{talk.pk}/agenda/", {"text": "x"}).status_code == 404
        assert f"/me/one-to-ones/{talk.pk}/" not in as_(who).get("/me/one-to-ones/").text

    def test_the_page_says_who_reads_it(self, cast, as_):
        assert (
            "not the line above, not HR" in as_("alice").get(f"/me/one-to-ones/{self.planned(cast).pk}/").text
        )

    def test_either_plans_it_with_the_other(self, cast, as_):
        as_("alice").post("/me/one-to-ones/plan/", {"with_whom": cast.martin.pk, "on": ahead(3)})
        assert OneToOne.objects.get().person == cast.alice

    @pytest.mark.parametrize("whom", ["bob", "lena", "charlie", "lea"])
    def test_it_is_planned_with_ones_manager_or_own_people_only(self, cast, as_, whom):
        answer = as_("alice").post(
            "/me/one-to-ones/plan/", {"with_whom": getattr(cast, whom).pk, "on": ahead(3)}
        )
        assert answer.status_code == 422
        assert not OneToOne.objects.exists()

    def test_what_was_left_is_carried_over_to_the_next(self, cast, as_):
        talk = self.planned(cast)
        OneToOne.objects.filter(pk=talk.pk).update(on=ahead(-7))
        item = one_to_ones.put_on_agenda(talk, "The new timer", by=cast.alice, now=timezone.now())
        one_to_ones.agree_action(talk, "Ask for it", cast.martin, ahead(1), by=cast.alice, now=timezone.now())
        later = self.planned(cast)
        page = as_("martin").get(f"/me/one-to-ones/{later.pk}/").text
        assert "The new timer" in page
        assert "Ask for it" in page
        done = as_("martin").post(f"/me/one-to-ones/agenda/{item.pk}/", {"talk": later.pk})
        assert done.url == f"/me/one-to-ones/{later.pk}/"
        assert "The new timer" not in as_("martin").get(f"/me/one-to-ones/{later.pk}/").text


@pytest.mark.parametrize("address", ["/team/0/", "/team/999999999/", "/team/coaching/99/", "/team/owed/99/"])
def test_what_is_not_there_is_not_found(as_, address):
    assert as_("lena").get(address).status_code == 404


def test_a_standard_of_the_role_is_a_subject_and_brings_its_mechanism(cast, as_):
    from andon.standards.models import Holding, StandardVersion

    agreed = standard(cast)
    Holding.objects.create(person=cast.alice, job_role=agreed.job_role, starts=date(2025, 1, 1))
    StandardVersion.objects.create(
        standard=agreed, number=1, statement="No parcel is late.", level=0.05, unit="share", serves="Parcels arrive.",
        starts=date(2025, 1, 1), drafted_at=cast.now, agreed_at=cast.now,
    )  # fmt: skip
    page = as_("martin").get(f"/team/{cast.alice.pk}/coaching/?about=standard-{agreed.pk}").text
    assert "What first, then who" in page
    assert "Labels that hold" in as_("martin").get("/team/").text


def test_a_note_written_while_the_mechanism_was_out_says_so_for_ever(cast, as_):
    charted(cast.late, out_of_spec())
    note = now_noted(cast)
    charted(cast.late, calm())
    assert "How the mechanism stood that day" in as_("alice").get(f"/me/coaching/{note.pk}/").text


def test_noting_is_unused_by_get(cast, as_):
    note = now_noted(cast)
    assert as_("martin").get(f"/team/coaching/{note.pk}/follow-up/").status_code == 405
    assert noting.Coaching.objects.count() == 1


@pytest.mark.parametrize("key", ["99999999999999999999999", "0"])
@pytest.mark.parametrize(
    "address",
    ["/team/{}/", "/team/coaching/{}/", "/team/owed/{}/", "/me/coaching/{}/", "/me/one-to-ones/{}/"],
)
def test_a_number_beyond_all_numbers_is_not_found(as_, address, key):
    assert as_("martin").get(address.format(key)).status_code == 404


def test_an_hr_partner_finds_the_way_from_the_directory_and_back(cast, as_):
    assert f"/team/{cast.alice.pk}/" in as_("hana").get(f"/people/{cast.alice.pk}/").text
    page = as_("hana").get(f"/team/{cast.alice.pk}/").text
    assert 'href="/team/"' not in page


@pytest.mark.parametrize("who", ["bob", "adam", "alice"])
def test_nobody_else_is_shown_a_way_there(cast, as_, who):
    assert f"/team/{cast.alice.pk}/" not in as_(who).get(f"/people/{cast.alice.pk}/").text
