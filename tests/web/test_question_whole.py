"""A question on its pages through its whole life: passed on, merged, explained, mended, judged, open again, thanked."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.charts import charted, out_of_spec

from andon.escalations import actions
from andon.escalations.drafts import mark
from andon.escalations.models import Countermeasure, Escalation, Explanation, WhyNode

HTMX = {"HX-Request": "true"}
TEXTS = {
    "summary": "The label printer cut the last line.",
    "how_counted": "From returns with a torn label.",
    "how_detected": "A customer wrote. No check reads the label after it is printed.",
    "timeline": "09:00 new rolls\n11:00 first return",
    "spec_missed": "A label is read before the parcel leaves.",
    "failure": "new_input",
    "measure_wrong": "no",
    "affected": "2,140",
}


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


@pytest.fixture
def torn(cast):
    then = timezone.now() - timedelta(hours=2)
    return actions.raise_escalation(by=cast.alice, now=then, signal=cast.torn, note="Is the printer checked?")


def post(client, torn, where: str, fields=None, **more):
    return client.post(f"/escalations/{torn.number}/{where}", fields or {}, **more)


def page(client, torn, where: str = "") -> str:
    return client.get(f"/escalations/{torn.number}/{where}").text


def begun(client, torn):
    post(client, torn, "explanation/begin/")
    return Explanation.objects.get(escalation=torn, posted_at=None)


def explained(client, torn):
    begun(client, torn)
    post(client, torn, "why/", {"text": "The roll is shorter.", "evidence": "Photos at the belt."})
    return post(client, torn, "explanation/draft/", {**TEXTS, "post": "1"})


class TestTurns:
    def test_it_is_passed_on_and_the_chain_is_shown(self, cast, torn, as_):
        client = as_("olga")
        assert "no clock begins again" in page(client, torn, "pass-on/")
        answer = post(client, torn, "pass-on/", {"to_team": "chat", "why": "It is their template."})
        assert answer.status_code == 302
        shown = page(client, torn)
        assert "Olga Owner → Chat" in shown
        assert "Passed on to Chat" in shown

    def test_without_saying_why_nothing_is_passed_on(self, torn, as_):
        answer = post(as_("olga"), torn, "pass-on/", {"to_team": "chat"})
        assert answer.status_code == 422
        assert "Say in a few words why" in answer.text

    def test_a_name_that_was_typed_and_not_chosen_passes_nothing_on(self, cast, torn, as_):
        sent = {"who": "Lena", "why": "She knows the printer.", "mechanism": ""}
        answer = post(as_("olga"), torn, "pass-on/", sent)
        assert answer.status_code == 422
        assert "Choose whom you mean" in answer.text
        assert "She knows the printer." in answer.text
        assert torn.reroutings.count() == 0

    def test_who_was_chosen_stays_chosen_where_something_else_is_missing(self, cast, torn, as_):
        answer = post(as_("olga"), torn, "pass-on/", {"who": "Lena", "to": cast.lena.pk})
        assert f'value="{cast.lena.pk}" id="to-{cast.lena.pk}" checked' in answer.text

    def test_looking_for_a_name_finds_no_fault_with_the_rest(self, cast, torn, as_):
        answer = post(as_("olga"), torn, "pass-on/", {"who": "Lena", "find": "1", "to_team": "chat"})
        assert answer.status_code == 200
        assert '<option value="chat" selected' in answer.text
        assert 'class="error"' not in answer.text

    def test_a_question_is_not_asked_of_somebody_else_than_was_typed(self, cast, as_):
        sent = {"title": "The door sticks", "who": "Lena", "note": "Since Monday."}
        answer = as_("alice").post("/escalations/raise/", sent)
        assert answer.status_code == 422
        assert "Choose whom you mean" in answer.text
        assert "Since Monday." in answer.text

    def test_one_that_is_listed_is_merged_into_with_one_click(self, cast, torn, as_):
        first = actions.raise_escalation(
            by=cast.bob, now=torn.raised_at - timedelta(hours=1), mechanism=cast.labels
        )
        sent = {"this": first.number, "into": "", "why": "The same roll."}
        assert post(as_("olga"), torn, "merge/", sent).url == f"/escalations/{first.number}/"

    def test_what_went_through_triage_says_so(self, torn, as_):
        client = as_("olga")
        post(client, torn, "pass-on/", {"why": "Nobody of us knows it."})
        shown = page(as_("lena"), torn)
        assert "Passed on to triage" in shown
        assert "Olga Owner → triage" in shown

    def test_it_is_merged_into_an_earlier_one(self, cast, torn, as_):
        first = actions.raise_escalation(
            by=cast.bob, now=torn.raised_at - timedelta(hours=1), mechanism=cast.labels
        )
        client = as_("olga")
        assert f"{first.number}: " in page(client, torn, "merge/")
        post(client, torn, "merge/", {"into": first.number})
        assert f"question {first.number}" in page(client, torn)
        assert f"Question {torn.number} was merged into this one" in page(client, first)

    def test_a_number_that_is_no_question_is_said_so(self, torn, as_):
        assert "There is no question 99." in post(as_("olga"), torn, "merge/", {"into": 99}).text

    def test_what_is_known_so_far_comes_with_the_next_day(self, torn, as_):
        client = as_("olga")
        tomorrow = timezone.localdate() + timedelta(days=1)
        post(client, torn, "so-far/", {"text": "Wrong scans at belt 2.", "next_on": tomorrow})
        assert "So far; more by" in page(client, torn)
        assert "preliminary answer" in page(client, torn)

    def test_what_came_back_is_open_again(self, torn, as_):
        client = as_("olga")
        post(client, torn, "close/", {"reason": "Asked twice."})
        post(client, torn, "reopen/", {"why": "It came back today."})
        assert "came back" in page(client, torn)
        assert Escalation.objects.open().count() == 1

    def test_thanks_are_for_everybody_to_read(self, cast, torn, as_):
        post(as_("olga"), torn, "thanks/", {"to": cast.alice.pk, "text": "For not letting it pass."})
        assert "For not letting it pass." in page(as_("charlie"), torn)

    def test_thanks_go_to_who_took_part(self, cast, torn, as_):
        assert post(as_("olga"), torn, "thanks/", {"to": cast.mona.pk, "text": "Hello."}).status_code == 422


class TestExplaining:
    def test_a_section_is_kept_as_it_is_written(self, torn, as_):
        client = as_("olga")
        draft = begun(client, torn)
        answer = post(client, torn, "explanation/draft/summary/", {"summary": "So far"}, headers=HTMX)
        draft.refresh_from_db()
        assert draft.summary == "So far"
        assert "Kept" in answer.text

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, cast, torn, as_):
        client = as_("olga")
        draft = begun(client, torn)
        was = mark(draft, "summary")
        actions.write_sections(torn, {"summary": "Lena’s words"}, cast.lena, timezone.now())
        sent = {"summary": "Olga’s words", "was_summary": was}
        answer = post(client, torn, "explanation/draft/summary/", sent, headers=HTMX)
        draft.refresh_from_db()
        assert draft.summary == "Lena’s words"
        assert "Somebody else changed this part" in answer.text
        assert "Lena’s words" in answer.text

    def test_what_comes_after_it_was_posted_is_answered_in_words(self, torn, as_):
        client = as_("olga")
        explained(client, torn)
        answer = post(client, torn, "explanation/draft/summary/", {"summary": "More"}, headers=HTMX)
        assert (answer.status_code, "posted or thrown away" in answer.text) == (200, True)
        assert Explanation.objects.get().summary != "More"

    def test_what_was_kept_a_moment_ago_does_not_stand_against_what_is_posted(self, torn, as_):
        client = as_("olga")
        draft = begun(client, torn)
        before = mark(draft, "summary")
        post(
            client,
            torn,
            "explanation/draft/summary/",
            {"summary": "So\nit", "was_summary": before},
            headers=HTMX,
        )
        sent = {"summary": "So\r\nit went on.", "was_summary": before}
        assert post(client, torn, "explanation/draft/", sent).status_code == 302
        draft.refresh_from_db()
        assert draft.summary == "So\nit went on."

    def test_one_section_that_cannot_be_kept_does_not_keep_back_the_others(self, torn, as_):
        client = as_("olga")
        draft = begun(client, torn)
        answer = post(client, torn, "explanation/draft/", {"summary": "Good", "affected": "many"})
        draft.refresh_from_db()
        assert (answer.status_code, draft.summary) == (422, "Good")
        assert "many" in answer.text

    def test_what_is_missing_is_said_before_it_is_posted(self, torn, as_):
        client = as_("olga")
        begun(client, torn)
        answer = post(client, torn, "explanation/draft/", {"summary": "Words", "post": "1"})
        assert answer.status_code == 422
        assert "Answer whether the measure itself is wrong." in answer.text
        assert "Ask why at least once" in answer.text

    def test_posting_stops_the_clock_and_keeps_the_version(self, torn, as_):
        client = as_("olga")
        assert explained(client, torn).status_code == 302
        assert "Explained in 2 h" in page(client, torn, "clocks/")
        assert "2,140 customers" in page(client, torn)
        begun(client, torn)
        post(client, torn, "explanation/draft/", {"summary": "Better words."})
        assert "The label printer cut the last line." in page(client, torn, "explanation/1/")
        assert Explanation.objects.get(number=2).nodes.count() == 1

    def test_a_wrong_measure_leads_to_a_change_of_it(self, torn, as_):
        client = as_("olga")
        begun(client, torn)
        post(client, torn, "why/", {"text": "It counts scans, not parcels.", "evidence": "The register."})
        answer = post(client, torn, "explanation/draft/", {**TEXTS, "measure_wrong": "yes", "post": "1"})
        assert answer.url.endswith("/changes/new/?on_measure=1")
        assert "The measure itself was found wrong" in page(client, torn)

    def test_a_review_is_seen_and_stops_no_clock(self, cast, torn, as_):
        begun(as_("olga"), torn)
        post(as_("alice"), torn, "explanation/1/review/", {"text": "Which printer?"})
        assert "Which printer?" in page(as_("olga"), torn, "explanation/1/")
        assert torn.facts.explained_at is None

    def test_others_find_no_explanation(self, torn, as_):
        explained(as_("olga"), torn)
        assert as_("charlie").get(f"/escalations/{torn.number}/explanation/").status_code == 404
        assert "cut the last line" not in page(as_("charlie"), torn)

    def test_reading_changes_nothing(self, torn, as_):
        page(as_("olga"), torn, "explanation/draft/")
        assert Explanation.objects.count() == 0


class TestWhys:
    @pytest.fixture
    def grown(self, torn, as_):
        """Two roots; without script one comes back to the draft."""
        client = as_("olga")
        begun(client, torn)
        for text in ("First", "Second"):
            answer = post(client, torn, "why/", {"text": text})
            assert answer.url.endswith("/explanation/draft/#why")
        return client

    def test_what_is_still_to_say_is_said_anew(self, torn, as_):
        client = as_("olga")
        begun(client, torn)
        assert "Ask why at least once" in client.get(f"/escalations/{torn.number}/explanation/draft/").text
        tree = post(client, torn, "why/", {"text": "Ribbon"}, headers=HTMX).text
        assert 'id="still" hx-swap-oob="true"' in tree
        assert "Ask why at least once" not in tree
        kept = post(client, torn, "explanation/draft/summary/", {"summary": "So far"}, headers=HTMX).text
        assert 'id="still" hx-swap-oob="true"' in kept
        assert "Write a summary" not in kept

    def test_it_hangs_under_the_one_above_and_comes_out_again(self, torn, grown):
        first, second = WhyNode.objects.order_by("position")
        tree = post(grown, torn, f"why/{second.pk}/move/", {"where": "in"}, headers=HTMX).text
        assert "1.1" in tree
        post(grown, torn, f"why/{second.pk}/move/", {"where": "out"})
        second.refresh_from_db()
        assert (second.parent, second.position) == (None, 1)
        post(grown, torn, f"why/{second.pk}/move/", {"where": "up"})
        first.refresh_from_db()
        assert first.position == 1

    def test_it_is_dropped_anywhere_but_under_itself(self, torn, grown):
        first, second = WhyNode.objects.order_by("position")
        post(grown, torn, f"why/{second.pk}/place/", {"under": first.pk, "position": "0"})
        tree = post(grown, torn, f"why/{first.pk}/place/", {"under": second.pk}, headers=HTMX).text
        assert "cannot hang under itself" in tree
        first.refresh_from_db()
        assert first.parent is None

    def test_it_rests_on_a_measure_or_a_signal_that_one_may_read(self, torn, grown):
        first = WhyNode.objects.first()
        sent = {"text": "First", "measure": "labels/late", "signal": "https://andon.example/voice/said-1/"}
        post(grown, torn, f"why/{first.pk}/", sent)
        first.refresh_from_db()
        assert (first.measure.slug, first.signal_key) == ("late", "said-1")
        refused = post(grown, torn, f"why/{first.pk}/", {"text": "x", "signal": "said-2"}, headers=HTMX)
        assert "you may not read it" in refused.text

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_what_is_refused_stays_in_its_form_as_it_was_written(self, torn, grown, headers):
        second = WhyNode.objects.order_by("position").last()
        written = {
            "text": "Said better",
            "evidence": "Photos",
            "measure": "labels/nonsense",
            "link": "https://a.example/1",
        }
        page = post(grown, torn, f"why/{second.pk}/", written, headers=headers).text
        form = page.partition(f'action="/escalations/{torn.number}/why/{second.pk}/"')[2].partition(
            "</form>"
        )[0]
        assert all(text in form for text in (*written.values(), "There is no measure labels/nonsense"))
        second.refresh_from_db()
        assert second.text == "Second"

    def test_what_is_refused_under_a_why_stays_there(self, torn, grown):
        first = WhyNode.objects.order_by("position").first()
        written = {"text": "Deeper", "signal": "nothing-of-ours", "under": first.pk}
        page = post(grown, torn, "why/", written, headers=HTMX).text
        form = page.partition(f'name="under" value="{first.pk}"')[2].partition("</form>")[0]
        assert "Deeper" in form
        assert "nothing-of-ours" in form

    def test_what_is_refused_as_the_draft_was_posted_is_not_lost(self, torn, grown):
        torn.explanations.get().delete()
        page = post(grown, torn, "why/", {"text": "Too late"}, headers=HTMX)
        assert page.status_code == 200
        assert "Too late" in page.text
        assert "thrown away meanwhile" in page.text

    def test_the_keyboard_goes_on_at_what_was_written(self, torn, grown):
        tree = post(grown, torn, "why/", {"text": "Third"}, headers=HTMX).text
        assert tree.count("autofocus") == 1
        assert "Third" in tree.partition("autofocus")[0]

    def test_what_is_taken_out_takes_all_under_it(self, torn, grown):
        first, second = WhyNode.objects.order_by("position")
        post(grown, torn, f"why/{second.pk}/move/", {"where": "in"})
        post(grown, torn, f"why/{first.pk}/remove/")
        assert not WhyNode.objects.exists()

    def test_a_posted_tree_stays(self, torn, grown):
        for node in WhyNode.objects.all():
            post(grown, torn, f"why/{node.pk}/", {"text": node.text, "evidence": "Seen."})
        post(grown, torn, "explanation/draft/", {**TEXTS, "post": "1"})
        node = WhyNode.objects.first()
        post(grown, torn, f"why/{node.pk}/remove/")
        assert WhyNode.objects.count() == 2


class TestChanges:
    def plan(self, cast, **other):
        return {
            "mechanism": "labels", "what": "Labels are read at the belt", "measure": cast.late.pk, "level": "1 %",
            "window_days": 28, "due_on": timezone.localdate() + timedelta(days=3), "no_side_effect": "It adds no step.",
        } | other  # fmt: skip

    def test_its_test_is_written_first_with_the_baseline_of_that_moment(self, cast, torn, as_):
        charted(cast.late, out_of_spec())
        answer = post(as_("olga"), torn, "changes/new/", self.plan(cast))
        assert answer.status_code == 302
        fix = Countermeasure.objects.get()
        assert (fix.side, fix.level) == ("at_most", 0.01)
        assert fix.baseline["points"] >= 3
        assert "It helped if" in page(as_("charlie"), torn, f"changes/{fix.pk}/")

    def test_a_criterion_that_is_met_already_is_refused(self, cast, torn, as_):
        charted(cast.late, out_of_spec())
        answer = post(as_("olga"), torn, "changes/new/", self.plan(cast, level="60 %"))
        assert "would be met without any change" in answer.text

    def test_a_side_effect_is_watched_or_said_why_not(self, cast, torn, as_):
        answer = post(as_("olga"), torn, "changes/new/", self.plan(cast, no_side_effect=""))
        assert "Choose what could get worse by this" in answer.text

    def test_the_baseline_is_shown_as_a_measure_is_chosen(self, cast, torn, as_):
        charted(cast.late, out_of_spec())
        shown = as_("olga").get(f"/escalations/baseline/?measure={cast.late.pk}").text
        assert "That will be the baseline." in shown
        assert "lower is better" in shown

    def test_it_is_put_in_place_and_not_judged_before_its_time(self, cast, torn, as_):
        client = as_("olga")
        post(client, torn, "changes/new/", self.plan(cast))
        fix = Countermeasure.objects.get()
        post(client, torn, f"changes/{fix.pk}/in-place/", {"since": timezone.localdate()})
        assert "watching" in page(client, torn, f"changes/{fix.pk}/")
        post(client, torn, f"changes/{fix.pk}/judge/")
        assert fix.judgements.count() == 0

    def test_a_change_that_came_before_its_test_is_refused(self, cast, torn, as_):
        client = as_("olga")
        post(client, torn, "changes/new/", self.plan(cast))
        fix = Countermeasure.objects.get()
        sent = {"since": timezone.localdate() - timedelta(days=9)}
        answer = post(client, torn, f"changes/{fix.pk}/in-place/", sent)
        assert "its effect was known by then" in answer.text

    def test_others_cannot_plan(self, cast, torn, as_):
        assert as_("charlie").get(f"/escalations/{torn.number}/changes/new/").status_code == 404


class TestWhatNotWho:
    def offered(self, client, text, **more):
        return client.post("/escalations/what-not-who/", {"text": text, **more}).text

    def test_a_colleague_is_noticed_and_the_mechanism_offered(self, as_):
        shown = self.offered(as_("alice"), "Bob Agent forgot to check the label.", about="Address labels")
        assert "You wrote of Bob Agent" in shown
        assert "impossible to miss this step in Address labels" in shown

    def test_nobody_learns_who_works_here(self, as_):
        assert "Charlie" not in self.offered(as_("alice"), "Was it Charlie Agent?")
        assert self.offered(as_("alice"), "Was it Charlie Agent?") == self.offered(
            as_("alice"), "Was it Carla Nobody?"
        )

    def test_somebody_without_a_name_is_noticed_too(self, as_):
        assert "What made it sensible" in self.offered(as_("charlie"), "The agent ignored the checklist.")

    def test_what_happened_is_left_alone(self, as_):
        assert self.offered(as_("alice"), "The label came off in the rain.").strip() == ""


class TestCost:
    @pytest.mark.parametrize("n", [2, 12])
    def test_a_question_with_everything_costs_the_same_at_any_size(
        self, cast, torn, as_, n, django_assert_max_num_queries
    ):
        charted(cast.late, out_of_spec())
        Escalation.objects.filter(pk=torn.pk).update(measure=cast.late)
        now = timezone.now()
        client = as_("olga")
        explained(client, torn)
        for i in range(n):
            actions.write(torn, "note", f"Note {i}", by=cast.olga, now=now)
            actions.plan_fix(
                torn, mechanism=cast.labels, what=f"Change {i}", measure=cast.late, side="at_most", level=0.001,
                window_days=28, due_on=timezone.localdate() + timedelta(days=1), no_side_effect="None.",
                by=cast.olga, now=now,
            )  # fmt: skip
            actions.reroute(
                torn, to_person=(cast.lena, cast.olga)[i % 2], why="Theirs.", by=cast.olga, now=now
            )
        client.get(f"/escalations/{torn.number}/")
        with django_assert_max_num_queries(30):
            client.get(f"/escalations/{torn.number}/")

    @pytest.mark.parametrize("n", [2, 40])
    def test_a_tree_costs_the_same_at_any_size(self, torn, as_, n, django_assert_max_num_queries):
        client = as_("olga")
        begun(client, torn)
        for i in range(n):
            post(client, torn, "why/", {"text": f"Why {i}"})
        client.get(f"/escalations/{torn.number}/explanation/draft/")
        with django_assert_max_num_queries(22):
            client.get(f"/escalations/{torn.number}/explanation/draft/")
