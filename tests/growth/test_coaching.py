"""Coaching: written once, seen at once, answered in one's own words, looked back at together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence.models import Entry
from andon.growth.actions import coaching as actions
from andon.growth.actions.coaching import Support
from andon.growth.models import Coaching
from andon.growth.models.kept import WrittenOnceError
from tests.growth.made import days, noted, standard
from tests.web.charts import calm, charted, out_of_spec


class TestNoting:
    def test_a_manager_notes_coaching_and_the_ledger_has_it(self, cast):
        note = noted(cast)
        assert note.entry.what == "coaching.noted"
        assert list(Entry.objects.about(cast.alice)) == [note.entry]

    def test_the_managers_manager_may_note_it_too(self, cast):
        assert noted(cast, by=cast.lena).by == cast.lena

    @pytest.mark.parametrize(
        "who", ["alice", "bob", "hana", "mona", "frank", "olga", "ana", "adam", "charlie"]
    )
    def test_nobody_else_may(self, cast, who):
        with pytest.raises(PermissionDenied):
            noted(cast, by=getattr(cast, who))

    def test_nobody_who_left_is_coached(self, cast):
        with pytest.raises(PermissionDenied):
            actions.note_coaching(
                cast.lea, situation="x", behaviour="x", impact="x", agreed_action="x", follow_up_on=days(3),
                by=cast.martin, now=cast.now,
            )  # fmt: skip

    @pytest.mark.parametrize("field", ["situation", "behaviour", "impact", "agreed_action"])
    def test_each_part_is_asked_for_with_a_sentence_at_its_field(self, cast, field):
        with pytest.raises(ValidationError) as refused:
            noted(cast, **{field: "  \x00 "})
        assert list(refused.value.message_dict) == [field]

    def test_a_follow_up_lies_ahead(self, cast):
        with pytest.raises(ValidationError, match="has passed"):
            noted(cast, follow_up_on=days(-1))

    def test_a_button_pressed_twice_notes_it_once(self, cast):
        assert noted(cast) == noted(cast, now=cast.now + timedelta(seconds=2))
        assert Entry.objects.count() == 1

    def test_the_same_words_on_another_day_are_another_talk(self, cast):
        noted(cast)
        noted(cast, now=cast.now + timedelta(days=1))
        assert Coaching.objects.count() == 2

    def test_a_standard_brings_its_mechanism_along(self, cast):
        assert noted(cast, mechanism=None, standard=standard(cast)).mechanism == cast.labels

    def test_how_the_mechanism_stood_that_day_is_kept_with_it(self, cast):
        charted(cast.late, out_of_spec())
        note = noted(cast)
        charted(cast.late, calm())
        assert Coaching.objects.get(pk=note.pk).process["in_control"] is False

    def test_support_is_promised_in_the_same_breath_or_nothing_is_kept(self, cast):
        note = noted(cast, support=[Support("A headset", "tool", days(5))])
        assert [one.owed_by for one in note.promises.all()] == [cast.martin]
        with pytest.raises(ValidationError):
            noted(cast, situation="Another", support=[Support("A headset", "nonsense", days(5))])
        assert Coaching.objects.count() == 1

    def test_it_can_never_be_changed(self, cast):
        note = noted(cast)
        note.behaviour = "Something milder."
        with pytest.raises(WrittenOnceError):
            note.save()


class TestTheirView:
    def test_what_the_person_writes_stands_at_once(self, cast):
        note = noted(cast)
        actions.add_their_view(note, "The timer closes it, not I.", by=cast.alice, now=cast.now)
        assert note.their_view == "The timer closes it, not I."

    def test_what_a_manager_noted_counts_only_once_the_person_says_so(self, cast):
        note = noted(cast, their_view="The timer closes it.", with_consent=True)
        assert note.their_view == ""
        actions.confirm_view(note.views.get(), True, by=cast.alice, now=cast.now)
        assert Coaching.objects.get().their_view == "The timer closes it."

    def test_what_the_person_calls_wrong_never_counts(self, cast):
        note = noted(cast, their_view="It was my mistake.", with_consent=True)
        actions.confirm_view(note.views.get(), False, by=cast.alice, now=cast.now)
        actions.confirm_view(note.views.get(), True, by=cast.alice, now=cast.now)
        assert Coaching.objects.get().their_view == ""

    def test_without_consent_nothing_is_noted_in_somebodys_name(self, cast):
        with pytest.raises(ValidationError, match="only if they agree"):
            noted(cast, their_view="It was my mistake.")

    @pytest.mark.parametrize("who", ["martin", "lena", "hana", "bob"])
    def test_nobody_confirms_for_somebody_else(self, cast, who):
        note = noted(cast, their_view="It was my mistake.", with_consent=True)
        with pytest.raises(PermissionDenied):
            actions.confirm_view(note.views.get(), True, by=getattr(cast, who), now=cast.now)

    @pytest.mark.parametrize("who", ["hana", "bob", "mona", "frank"])
    def test_nobody_outside_the_line_writes_a_view(self, cast, who):
        with pytest.raises(PermissionDenied):
            actions.add_their_view(noted(cast), "x", by=getattr(cast, who), now=cast.now, with_consent=True)


class TestLookingBack:
    def follow(self, cast, note, **other):
        said = {"outcome": "Chats stay open.", "their_part": "done", "our_part": "partly"} | other
        later = cast.now + timedelta(days=14)
        return actions.follow_up(note, said.pop("outcome"), **said, by=cast.martin, now=later)

    def test_it_says_in_words_how_it_came_out_on_both_sides(self, cast):
        found = self.follow(cast, noted(cast))
        assert found.get_their_part_display() == "Done as agreed"
        assert found.get_our_part_display() == "Partly"

    def test_the_next_day_agreed_replaces_the_first(self, cast):
        note = noted(cast)
        self.follow(cast, note, next_on=days(30))
        assert Coaching.objects.with_next().get().next_on == days(30)

    def test_a_last_look_back_leaves_no_day(self, cast):
        note = noted(cast)
        self.follow(cast, note)
        assert Coaching.objects.with_next().get().next_on is None

    def test_a_button_pressed_twice_looks_back_once(self, cast):
        note = noted(cast)
        assert self.follow(cast, note) == self.follow(cast, note)

    @pytest.mark.parametrize("field", ["their_part", "our_part"])
    def test_both_sides_have_to_be_said(self, cast, field):
        with pytest.raises(ValidationError) as refused:
            self.follow(cast, noted(cast), **{field: ""})
        assert list(refused.value.message_dict) == [field]

    def test_a_correction_stands_beside_the_note(self, cast):
        note = noted(cast)
        actions.correct(note, "It was order 4712.", by=cast.martin, now=cast.now)
        assert "4711" in Coaching.objects.get().situation
        assert note.corrections.get().text == "It was order 4712."

    @pytest.mark.parametrize("who", ["alice", "hana", "frank", "mona"])
    def test_only_the_line_corrects_and_looks_back(self, cast, who):
        note = noted(cast)
        with pytest.raises(PermissionDenied):
            actions.correct(note, "x", by=getattr(cast, who), now=cast.now)
        with pytest.raises(PermissionDenied):
            actions.follow_up(
                note, "x", their_part="done", our_part="done", by=getattr(cast, who), now=cast.now
            )
