"""Questions in the browser: asked with one click, seen with their clocks by everybody, answered by owners."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.charts import charted, out_of_spec

from andon.escalations import actions
from andon.escalations.models import Escalation
from andon.people.models import Person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


@pytest.fixture
def torn(cast):
    """Alice's question about the torn label, asked two hours ago."""
    then = timezone.now() - timedelta(hours=2)
    return actions.raise_escalation(by=cast.alice, now=then, signal=cast.torn, note="Is the printer checked?")


def ask(cast, n: int) -> None:
    for i in range(n):
        actions.raise_escalation(by=cast.lena, now=cast.now + timedelta(minutes=i), title=f"Question {i}")


class TestAsking:
    def test_the_form_says_what_is_asked_and_to_whom_it_goes(self, as_):
        page = as_("alice").get("/escalations/raise/?signal=said-1").text
        assert "The label was torn" in page
        assert "Goes to Olga Owner, Fulfilment." in page

    def test_one_click_and_no_note_is_a_complete_question(self, cast, as_):
        answer = as_("alice").post("/escalations/raise/", {"signal": "said-1"})
        question = Escalation.objects.get()
        assert answer.url == f"/escalations/{question.number}/"
        assert (question.signal, question.to_person, question.note) == (cast.torn, cast.olga, "")

    def test_a_point_of_a_chart_is_asked_about(self, cast, as_):
        charted(cast.late, out_of_spec())
        at = cast.late.chart.points["at"][-1]
        page = as_("alice").get("/escalations/raise/", {"measure": cast.late.pk, "at": at})
        assert "Address labels: Arrived late, week of" in page.text
        as_("alice").post("/escalations/raise/", {"measure": cast.late.pk, "at": at})
        question = Escalation.objects.get()
        assert question.measure == cast.late
        assert question.point_at.isoformat().startswith(at[:10])

    def test_a_plus_that_an_address_turned_into_a_space_is_mended(self, cast, as_):
        where = f"/escalations/raise/?measure={cast.late.pk}&at=2026-02-02T00:00:00+00:00"
        assert "week of 2 February 2026" in as_("alice").get(where).text

    def test_a_mechanism_is_asked_about(self, cast, as_):
        as_("charlie").post("/escalations/raise/", {"mechanism": "labels", "note": "Why two labels?"})
        assert Escalation.objects.get().to_person == cast.olga

    def test_without_a_thing_it_needs_words_and_goes_to_triage(self, as_):
        client = as_("alice")
        assert client.post("/escalations/raise/", {}).status_code == 422
        client.post("/escalations/raise/", {"title": "Hold music"})
        assert Escalation.objects.in_triage().count() == 1

    @pytest.mark.parametrize(
        "query",
        ["signal=said-9", "measure=0", "measure=x", "measure=1&at=never", "mechanism=nothing", "measure=²"],
    )
    def test_a_thing_that_is_not_there_is_not_found(self, as_, query):
        assert as_("alice").get(f"/escalations/raise/?{query}").status_code == 404

    def test_a_signal_out_of_reach_cannot_be_asked_about(self, as_):
        client = as_("charlie")
        assert client.get("/escalations/raise/?signal=said-1").status_code == 404
        assert client.post("/escalations/raise/", {"signal": "said-1"}).status_code == 404
        assert not Escalation.objects.exists()

    def test_looking_at_the_form_asks_nothing(self, as_):
        as_("alice").get("/escalations/raise/?signal=said-1")
        assert not Escalation.objects.exists()

    def test_what_was_written_is_there_again_when_somebody_is_looked_for(self, as_):
        fields = {"signal": "said-1", "note": "My long note", "find": "1", "who": "lena"}
        page = as_("alice").post("/escalations/raise/", fields)
        assert page.status_code == 200
        assert "My long note" in page.text
        assert "Lena Leader" in page.text
        assert not Escalation.objects.exists()


class TestAskingSomebodyElse:
    def test_it_may_go_to_any_level(self, cast, as_):
        as_("alice").post("/escalations/raise/", {"signal": "said-1", "to": cast.lena.pk})
        assert Escalation.objects.get().to_person == cast.lena

    def test_colleagues_are_found_as_one_types(self, as_):
        part = as_("alice").get("/escalations/colleagues/?who=manager").text
        assert "Mona Manager" in part
        assert "Martin Manager" in part
        assert "<html" not in part

    def test_somebody_who_only_serves_customers_in_another_team_is_not_asked(self, cast, as_):
        client = as_("alice")
        assert "Charlie" not in client.get("/escalations/colleagues/?who=charlie").text
        assert (
            client.post("/escalations/raise/", {"signal": "said-1", "to": cast.charlie.pk}).status_code == 422
        )

    def test_one_letter_finds_nobody(self, as_):
        assert "radio" not in as_("alice").get("/escalations/colleagues/?who=m").text

    def test_a_leaver_is_not_asked(self, cast, as_):
        assert (
            as_("alice").post("/escalations/raise/", {"signal": "said-1", "to": cast.lea.pk}).status_code
            == 422
        )


class TestBoard:
    def test_the_clock_that_runs_out_first_is_on_top(self, cast, as_):
        now = timezone.now()
        fresh = actions.raise_escalation(by=cast.lena, now=now, title="Fresh")
        late = actions.raise_escalation(by=cast.lena, now=now - timedelta(days=2), title="Late")
        rows = as_("alice").get("/escalations/").context["board"].rows
        assert [row.escalation for row in rows] == [late, fresh]
        assert [row.late for row in rows] == [True, False]

    @pytest.mark.parametrize(
        ("view", "who", "found"),
        [("asked", "alice", 1), ("asked", "bob", 0), ("to-me", "olga", 1), ("to-me", "charlie", 0)],
    )
    def test_it_is_narrowed_to_what_concerns_somebody(self, torn, as_, view, who, found):
        assert len(as_(who).get(f"/escalations/?view={view}").context["board"].rows) == found

    def test_triage_holds_what_has_no_mechanism_yet(self, cast, torn, as_):
        lost = actions.raise_escalation(by=cast.ana, now=timezone.now(), signal=cast.lost)
        rows = as_("alice").get("/escalations/?view=triage").context["board"].rows
        assert [row.escalation for row in rows] == [lost]

    def test_what_is_closed_leaves_the_board_and_is_found_among_the_closed(self, cast, torn, as_):
        actions.close(torn, "A twin.", by=cast.alice, now=timezone.now())
        client = as_("alice")
        assert client.get("/escalations/").context["board"].rows == []
        assert torn.title in client.get("/escalations/?closed=1").text

    @pytest.mark.parametrize(
        "query", ["view=x", "page=-1", "page=99999999", "page=x", "mechanism=x&closed=1"]
    )
    def test_an_address_that_means_nothing_is_no_error(self, as_, query):
        assert as_("alice").get(f"/escalations/?{query}").status_code == 200

    @pytest.mark.parametrize("n", [5, 70])
    def test_it_costs_the_same_at_any_size(self, cast, as_, n, django_assert_max_num_queries):
        ask(cast, n)
        client = as_("alice")
        with django_assert_max_num_queries(11):
            page = client.get("/escalations/")
        assert len(page.context["board"].rows) == min(n, 50)
        assert bool(page.context["board"].more) == (n > 50)


class TestPage:
    def test_it_shows_the_words_the_note_and_both_clocks(self, torn, as_):
        page = as_("olga").get(f"/escalations/{torn.number}/").text
        assert "my parcel went to Mr Finch" in page
        assert "Is the printer checked?" in page
        assert "Customer has waited" in page
        assert "Team has had it for" in page
        assert "Late by 1 h to own it" in page

    def test_others_see_what_it_is_about_and_clocks_but_not_what_was_said(self, cast, torn, as_):
        actions.write(torn, "note", "Belt 2 looks odd.", by=cast.olga, now=timezone.now())
        page = as_("charlie").get(f"/escalations/{torn.number}/").text
        assert torn.title not in page
        assert f"What a customer wrote about {cast.labels.name}" in page
        assert "Customer has waited" in page
        assert "Finch" not in page
        assert "Is the printer checked?" not in page
        assert "Belt 2" not in page

    def test_it_shows_the_chart_with_the_point_that_was_asked_about(self, cast, as_):
        charted(cast.late, out_of_spec())
        at = cast.late.chart.points["at"][-1]
        as_("alice").post("/escalations/raise/", {"measure": cast.late.pk, "at": at})
        page = as_("alice").get(f"/escalations/{Escalation.objects.get().number}/").text
        assert "Asked about week of" in page
        assert "<svg" in page

    def test_open_clocks_are_asked_for_anew_every_minute(self, torn, as_):
        client = as_("alice")
        assert 'hx-trigger="every 60s"' in client.get(f"/escalations/{torn.number}/").text
        part = client.get(f"/escalations/{torn.number}/clocks/").text
        assert "Customer has waited" in part
        assert "<html" not in part

    def test_a_number_that_does_not_exist_is_not_found(self, as_):
        assert as_("alice").get("/escalations/4711/").status_code == 404

    def test_a_long_story_costs_no_more(self, cast, torn, as_, django_assert_max_num_queries):
        charted(cast.late, out_of_spec())
        Escalation.objects.filter(pk=torn.pk).update(measure=cast.late)
        for i in range(30):
            actions.write(torn, "note", f"Note {i}", by=cast.olga, now=timezone.now())
        client = as_("alice")
        client.get(f"/escalations/{torn.number}/")
        with django_assert_max_num_queries(16):  # one of them for earlier ones of the kind
            client.get(f"/escalations/{torn.number}/")


class TestAnswering:
    def test_whom_it_is_put_to_takes_it_on(self, cast, torn, as_):
        client = as_("olga")
        assert "Own it" in client.get(f"/escalations/{torn.number}/").text
        client.post(f"/escalations/{torn.number}/own/")
        assert Escalation.objects.get().owner == cast.olga
        assert "Own it</button>" not in client.get(f"/escalations/{torn.number}/").text

    @pytest.mark.parametrize("who", ["charlie", "mona", "bob", "hana"])
    def test_others_are_neither_offered_nor_allowed_it(self, torn, as_, who):
        client = as_(who)
        assert "Own it</button>" not in client.get(f"/escalations/{torn.number}/").text
        assert client.post(f"/escalations/{torn.number}/own/").status_code == 403
        assert Escalation.objects.get().owner is None

    def test_an_answer_is_written_and_stops_the_customer_s_clock(self, cast, torn, as_):
        fields = {"kind": "made_right", "text": "A new parcel is on its way."}
        page = as_("olga").post(f"/escalations/{torn.number}/write/", fields, follow=True).text
        assert "A new parcel is on its way." in page
        assert "Customer waited" in page

    def test_who_asked_may_add_a_note_but_not_an_explanation(self, torn, as_):
        client = as_("alice")
        page = client.get(f"/escalations/{torn.number}/").text
        assert 'value="note"' in page
        assert 'value="explained"' not in page
        fields = {"kind": "explained", "text": "I think so."}
        assert client.post(f"/escalations/{torn.number}/write/", fields).status_code == 403

    def test_an_empty_answer_is_shown_again_with_what_to_mend(self, torn, as_):
        answer = as_("olga").post(f"/escalations/{torn.number}/write/", {"kind": "explained", "text": " "})
        assert answer.status_code == 422
        assert '<option value="explained" selected>' in answer.text

    def test_without_an_answer_closing_needs_a_reason(self, torn, as_):
        client = as_("alice")
        answer = client.post(f"/escalations/{torn.number}/close/", {"reason": ""})
        assert answer.status_code == 422
        assert "Write an answer first, or say why none is needed" in answer.text
        client.post(f"/escalations/{torn.number}/close/", {"reason": "It was the neighbour's parcel."})
        assert not Escalation.objects.get().is_open

    def test_in_triage_the_mechanism_is_named_and_its_owner_asked(self, cast, as_):
        lost = actions.raise_escalation(by=cast.ana, now=timezone.now(), signal=cast.lost)
        as_("ana").post(f"/escalations/{lost.number}/mechanism/", {"mechanism": "refunds"})
        assert Escalation.objects.get().to_person == cast.mona

    def test_what_is_closed_offers_nothing_but_a_note(self, cast, torn, as_):
        actions.close(torn, "A twin.", by=cast.alice, now=timezone.now())
        page = as_("olga").get(f"/escalations/{torn.number}/").text
        assert "Own it</button>" not in page
        assert 'value="explained"' not in page
        assert "Close it" not in page

    @pytest.mark.parametrize("verb", ["own", "write", "mechanism", "close"])
    def test_nothing_is_done_by_looking(self, torn, as_, verb):
        assert as_("olga").get(f"/escalations/{torn.number}/{verb}/").status_code == 405


class TestWhatNotWho:
    def hint(self, client, text: str) -> str:
        return client.post("/escalations/what-not-who/", {"note": text}).text

    def test_a_text_that_names_a_colleague_is_asked_about_what(self, as_):
        assert "Andon asks what, not who" in self.hint(as_("alice"), "Ask Charlie Agent why it was late")

    def test_a_team_mate_is_noticed_by_their_first_name(self, as_):
        assert "Bob" in self.hint(as_("alice"), "Bob forgot it again")

    def test_a_text_about_a_process_is_left_alone(self, as_):
        assert self.hint(as_("alice"), "The label printer at belt 2 was out of ink").strip() == ""

    @pytest.mark.parametrize("text", ["", "?", "\n" * 50, "word " * 5000, "Ü-ö’s O'Neil"])
    def test_any_text_may_be_looked_at(self, as_, text):
        self.hint(as_("alice"), text)

    def test_it_costs_little_among_thousands(self, cast, as_, django_assert_max_num_queries):
        Person.objects.bulk_create(Person(number=f"X{i}", name=f"Robin Stone{i}") for i in range(3000))
        client = as_("alice")
        with django_assert_max_num_queries(5):
            self.hint(client, "Robin Stone17 " + "and then nothing more happened " * 40)


def test_who_asks_what_is_asked_already_hears_so_and_joins_in(as_, cast, torn):
    said = as_("lena").post("/escalations/raise/?signal=said-1", {"signal": "said-1"}, follow=True).text
    assert f"It was asked already and is open: question {torn.number}." in said
