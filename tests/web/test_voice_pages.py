"""What customers say: read unfiltered by those it concerns, searched, sorted, and asked about."""

import hashlib
from datetime import timedelta

import pytest

from andon.escalations.models import Escalation
from andon.signals.folding import fold
from andon.signals.models import Assignment, Dataset, SavedView, Signal, Wording

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def hear(cast, n: int, **fields) -> list[Signal]:
    made = Signal.objects.bulk_create(
        Signal(
            received_at=cast.now - timedelta(hours=10, minutes=i),
            text=f"Heard {i}",
            digest=hashlib.sha256(f"{fields}{i}".encode()).hexdigest(),
            **{"mechanism": cast.labels, "channel": ("mail", "phone")[i % 2], **fields},
        )
        for i in range(n)
    )
    Wording.objects.bulk_create([Wording(signal=s, folded=fold(s.text)) for s in made], ignore_conflicts=True)
    return made


class TestStream:
    def test_it_shows_what_was_said_as_it_was_said(self, as_):
        assert (
            "The label was torn and my parcel went to Mr Finch next door." in as_("lena").get("/voice/").text
        )

    def test_markup_in_what_was_said_stays_text(self, cast, as_):
        Signal.objects.filter(pk=cast.torn.pk).update(text="<script>alert(1)</script>")
        client = as_("lena")
        for where in ("/voice/", "/voice/said-1/", "/escalations/raise/?signal=said-1"):
            page = client.get(where).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page

    def test_an_agent_reads_what_concerns_the_mechanisms_of_their_team(self, as_):
        page = as_("charlie").get("/voice/").text
        assert "Where is my refund?" in page
        assert "torn" not in page

    def test_lists_never_show_who_wrote(self, as_):
        page = as_("lena").get("/voice/").text
        assert "Fiona" not in page
        assert "fiona@example.org" not in page

    def test_every_page_follows_the_one_before_without_gap_or_twin(self, cast, as_):
        hear(cast, 120)
        client, seen, after = as_("lena"), [], None
        while after != "":
            page = client.get("/voice/", {"after": after or ""}).context["page"]
            seen += [signal.pk for signal in page.signals]
            after = page.after
        assert len(seen) == len(set(seen)) == Signal.objects.count()

    def test_a_filter_stays_on_the_older_pages(self, cast, as_):
        hear(cast, 120)
        first = as_("lena").get("/voice/?channel=phone")
        assert "?channel=phone&amp;after=" in first.text

    def test_a_chosen_filter_can_be_taken_away(self, cast, as_):
        page = as_("lena").get("/voice/?channel=mail&mechanism=labels").text
        assert 'aria-label="Remove: mail"' in page
        assert '?mechanism=labels" aria-label="Remove: mail"' in page

    def test_facets_count_what_each_would_show(self, cast, as_):
        hear(cast, 10, region="North")
        facets = {f.name: f for f in as_("lena").get("/voice/?channel=phone").context["narrowing"].facets}
        counts = {option.label: option.count for option in facets["channel"].options}
        assert counts == {"mail": 8, "phone": 5}

    def test_counts_follow_what_happens(self, cast, as_):
        client = as_("lena")
        assert client.get("/voice/?mechanism=labels").context["narrowing"].total == 1
        client.post("/voice/said-3/assign/", {"mechanism": "labels"})
        assert client.get("/voice/?mechanism=labels").context["narrowing"].total == 2
        hear(cast, 5)
        assert client.get("/voice/?mechanism=labels").context["narrowing"].total == 7

    def test_signals_without_a_mechanism_are_a_facet_of_their_own(self, as_):
        page = as_("lena").get("/voice/?mechanism=none").text
        assert "I have been waiting for three weeks." in page
        assert "torn" not in page

    def test_facets_count_only_what_one_may_read(self, as_):
        assert as_("charlie").get("/voice/").context["narrowing"].total == 1

    def test_a_period_includes_both_its_days(self, cast, as_):
        day = (cast.now - timedelta(hours=1)).date().isoformat()
        assert "torn" in as_("lena").get("/voice/", {"since": day, "until": day}).text

    def test_a_search_that_finds_nothing_says_what_to_do(self, as_):
        assert "No signal matches" in as_("lena").get("/voice/?q=zebra").text

    def test_htmx_gets_the_part_that_changes(self, as_):
        part = as_("lena").get("/voice/?q=torn", headers=HTMX).text
        assert "torn" in part
        assert "<html" not in part

    @pytest.mark.parametrize("query", ["after=x~y", "since=nonsense", "mechanism=nothing", "q=%22", "band=x"])
    def test_an_address_that_means_nothing_is_no_error(self, as_, query):
        assert as_("lena").get(f"/voice/?{query}").status_code == 200

    def test_an_empty_stream_says_what_belongs_here(self, as_):
        assert "Complaints, reviews, call notes" in as_("hana").get("/voice/").text

    @pytest.mark.parametrize("n", [10, 400])
    @pytest.mark.parametrize(
        "query",
        ["", "?channel=mail&mechanism=labels&q=h&since=2020-01-01&region=x&band=low&language=en&product=p"],
    )
    def test_it_costs_the_same_at_any_size(self, cast, as_, n, query, django_assert_max_num_queries):
        hear(cast, n)
        client = as_("alice")
        with django_assert_max_num_queries(15):
            client.get(f"/voice/{query}")


class TestSignal:
    def test_it_says_where_it_came_from(self, cast, as_):
        dataset = Dataset.objects.create(
            name="march.csv", holds="signals", file="x", mapping={"text": "words"}
        )
        Signal.objects.filter(pk=cast.torn.pk).update(
            dataset=dataset, row=17, raw={"words": "Torn", "tel": "0170"}
        )
        page = as_("lena").get("/voice/said-1/").text
        assert "march.csv, row 17" in page

    def test_those_who_answer_customers_see_who_wrote(self, as_):
        assert "fiona@example.org" in as_("olga").get("/voice/said-1/").text

    def test_others_see_neither_the_contact_nor_columns_that_might_hold_one(self, cast, as_):
        dataset = Dataset.objects.create(
            name="march.csv", holds="signals", file="x", mapping={"text": "words"}
        )
        raw = {"words": "Torn as it came", "tel": "0170 555"}
        Signal.objects.filter(pk=cast.torn.pk).update(dataset=dataset, raw=raw)
        page = as_("alice").get("/voice/said-1/").text
        assert "Torn as it came" in page
        assert "0170 555" not in page
        assert "fiona@example.org" not in page
        assert "tel" in page

    @pytest.mark.parametrize("who", ["charlie", "mona", "hana"])
    def test_out_of_reach_it_does_not_exist(self, as_, who):
        client = as_(who)
        assert client.get("/voice/said-1/").status_code == 404
        assert client.post("/voice/said-1/assign/", {"mechanism": "refunds"}).status_code == 404

    def test_asking_from_its_page_answers_with_the_number_at_once(self, as_):
        answer = as_("alice").post("/escalations/raise/", {"signal": "said-1", "note": ""}, headers=HTMX)
        question = Escalation.objects.get()
        assert f"question {question.number}" in answer.text
        assert "<html" not in answer.text

    def test_it_costs_a_fixed_number_of_queries(self, as_, django_assert_max_num_queries):
        client = as_("alice")
        with django_assert_max_num_queries(15):
            client.get("/voice/said-1/")


class TestSorting:
    def test_a_suggestion_is_taken_with_one_click(self, cast, as_):
        Signal.objects.filter(pk=cast.lost.pk).update(suggested=cast.labels, suggested_p=0.8)
        client = as_("ana")
        assert "Address labels?" in client.get("/voice/").text
        part = client.post("/voice/said-3/assign/", {"mechanism": "labels"}, headers=HTMX)
        assert "Address labels" in part.text
        assert "<html" not in part.text
        assert Assignment.objects.get(signal=cast.lost).basis == "suggestion"

    def test_what_is_ticked_gets_its_mechanism(self, cast, as_):
        answer = as_("ana").post(
            "/voice/assign/", {"key": ["said-3", "said-2"], "mechanism": "labels"}, follow=True
        )
        assert "Two signals now belong to Address labels." in answer.text

    def test_all_that_match_get_it_and_only_those(self, cast, as_):
        hear(cast, 7, mechanism=None, region="North")
        fields = {"all": "1", "mechanism": "refunds", "s-region": "North"}
        answer = as_("ana").post("/voice/assign/", fields)
        assert answer.url == "/voice/?region=North"
        assert Signal.objects.filter(region="North", mechanism=cast.refunds).count() == 7
        assert Signal.objects.get(pk=cast.lost.pk).mechanism is None

    def test_what_one_cannot_read_is_not_among_what_is_ticked(self, cast, as_):
        as_("charlie").post("/voice/assign/", {"key": ["said-1"], "mechanism": "refunds"})
        assert Signal.objects.get(pk=cast.torn.pk).mechanism == cast.labels

    def test_a_mechanism_is_taken_away(self, cast, as_):
        as_("ana").post("/voice/said-1/assign/", {"mechanism": "none"})
        assert Signal.objects.get(pk=cast.torn.pk).mechanism is None

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"mechanism": "labels"}, "Tick at least one signal"),
            ({"key": ["said-3"]}, "Choose the mechanism"),
        ],
    )
    def test_what_is_missing_is_said(self, as_, fields, sentence):
        assert sentence in as_("ana").post("/voice/assign/", fields, follow=True).text

    def test_the_last_assignment_can_be_taken_back(self, cast, as_):
        client = as_("ana")
        client.post("/voice/assign/", {"key": ["said-3"], "mechanism": "labels"})
        batch = client.get("/voice/").context["last_batch"].batch
        client.post("/voice/undo/", {"batch": batch})
        assert Signal.objects.get(pk=cast.lost.pk).mechanism is None

    def test_the_page_of_a_signal_shows_who_said_what_it_is_about(self, cast, as_):
        client = as_("ana")
        client.post("/voice/said-3/assign/", {"mechanism": "labels"})
        assert "Ana Analyst" in client.get("/voice/said-3/").text

    def test_what_moved_out_of_sight_leads_back_to_the_stream(self, cast, as_):
        client = as_("olga")
        answer = client.post("/voice/said-1/assign/", {"mechanism": "refunds"})
        assert answer.url == "/voice/"

    def test_those_who_may_not_sort_are_not_offered_it(self, cast, as_):
        Signal.objects.filter(pk=cast.lost.pk).update(suggested=cast.labels)
        client = as_("alice")
        for where in ("/voice/", "/voice/said-1/"):
            page = client.get(where).text
            assert "/assign/" not in page.replace('action="/voice/assign/"', "")
            assert 'type="checkbox"' not in page
        assert client.post("/voice/said-1/assign/", {"mechanism": "refunds"}).status_code in {403, 404}

    def test_an_owner_is_offered_it_for_what_they_answer_for(self, as_):
        assert 'value="said-1"' in as_("olga").get("/voice/").text


class TestSavedViews:
    def test_a_search_is_kept_opened_and_forgotten(self, cast, as_):
        client = as_("lena")
        answer = client.post("/voice/views/save/", {"name": "Phone, labels", "channel": "phone", "q": "torn"})
        assert answer.url == "/voice/?q=torn&channel=phone"
        assert "Phone, labels" in client.get("/voice/").text
        view = SavedView.objects.get()
        client.post(f"/voice/views/{view.pk}/forget/")
        assert not SavedView.objects.exists()

    def test_a_view_is_one_s_own(self, cast, as_):
        view = SavedView.objects.create(person=cast.lena, name="Mine", query="q=x")
        client = as_("adam")
        assert "Mine" not in client.get("/voice/").text
        assert client.post(f"/voice/views/{view.pk}/forget/").status_code == 404

    def test_a_view_needs_a_name(self, as_):
        answer = as_("lena").post("/voice/views/save/", {"name": " ", "q": "torn"}, follow=True)
        assert "Give the view a name" in answer.text
