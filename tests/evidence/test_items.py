"""Items on a record: what may be kept, who may do what, and that nothing is overwritten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from andon.evidence import actions
from andon.evidence.models import Entry, Item, Sight
from andon.standards.models import Anchor, Behaviour, Principle

DAY = date(2026, 2, 20)


def add(cast, person=None, kind="customer_feedback", **changed):
    given = {
        "title": "Parcel found", "text": "She rang the depot herself.", "happened_on": DAY, "source": "Call 7",
        "by": cast.martin, "now": cast.now,
    }  # fmt: skip
    return actions.add_item(person or cast.alice, kind, **given | changed)


def said(**changed):
    return {"situation": "A call on Monday", "effect": "The customer stayed"} | changed


@pytest.fixture
def behaviour(db):
    principle = Principle.objects.create(slug="say-it", name="Say it", meaning="Say it as it is", position=1)
    return Behaviour.objects.create(principle=principle, text="Says what went wrong", position=1)


def test_an_item_is_in_the_ledger_with_all_it_says(cast):
    item = add(cast)
    assert item.entry.what == "item.added"
    assert "She rang the depot herself." in item.entry.content.body


@pytest.mark.parametrize("who", ["bob", "mona", "charlie", "frank", "olga", "ana", "adam", "lea"])
def test_nobody_else_adds_to_a_record(cast, who):
    with pytest.raises(PermissionDenied):
        add(cast, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["martin", "lena", "hana"])
def test_their_line_and_hr_add(cast, who):
    assert add(cast, by=getattr(cast, who)).by == getattr(cast, who)


def test_somebody_adds_what_speaks_for_them_but_observes_not_themselves(cast):
    add(cast, kind="accomplishment", by=cast.alice)
    with pytest.raises(PermissionDenied):
        add(cast, kind="observation", by=cast.alice, **said())


def test_what_somebody_adds_themselves_they_have_seen(cast):
    assert add(cast, kind="accomplishment", by=cast.alice).facts.seen_at == cast.now


def test_an_hr_partner_adds_no_observation_of_themselves(cast):
    with pytest.raises(PermissionDenied):
        add(cast, cast.hana, kind="observation", by=cast.hana, **said())


def test_nothing_is_added_about_somebody_who_left(cast):
    with pytest.raises(ValidationError):
        add(cast, cast.lea, by=cast.hana)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": "  "}, "what happened"),
        ({"title": ""}, "few words"),
        ({"source": ""}, "where it comes from"),
        ({"title": "x" * 201}, "longer than 200"),
        ({"happened_on": date(2026, 4, 1)}, "not happened yet"),
        ({"happened_on": date(2024, 2, 1)}, "older than two years"),
        ({"link": "javascript:alert(1)"}, "begins with"),
        ({"link": "//elsewhere.example/x"}, "begins with"),
        ({"link": "/me/development/3/"}, "never evidence"),
        ({"link": "https://andon.example/me/self-assessment/"}, "never evidence"),
        ({"kind": "rumour"}, "what kind"),
        ({"kind": "observation"}, "which situation"),
        ({"kind": "observation", "step": 2, **said()}, "belongs to a behaviour"),
        ({"figures": {"x": float("nan")}}, "JSON"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(cast, changed, sentence):
    with pytest.raises(ValidationError) as refused:
        add(cast, **changed)
    assert sentence in " ".join(refused.value.messages)
    assert not Item.objects.exists()


def test_a_behaviour_is_observed(cast, behaviour):
    assert add(cast, kind="observation", behaviour=behaviour, **said()).behaviour == behaviour
    with pytest.raises(ValidationError, match="observed"):
        add(cast, behaviour=behaviour)


def test_a_step_needs_an_anchor_and_keeps_its_words(cast, behaviour):
    with pytest.raises(ValidationError, match="no scale yet"):
        add(cast, kind="observation", behaviour=behaviour, step=3, **said())
    Anchor.objects.create(behaviour=behaviour, step=1, words="Says so when asked")
    Anchor.objects.create(behaviour=behaviour, step=3, words="Says so before anybody asks")
    assert add(cast, kind="observation", behaviour=behaviour, step=3, **said()).step_words.startswith(
        "Says so"
    )


def test_a_signal_out_of_reach_is_no_evidence(cast):
    with pytest.raises(PermissionDenied):
        add(cast, signal=cast.unpaid)
    assert add(cast, signal=cast.torn).signal == cast.torn


def test_a_correction_adds_and_the_first_stays(cast):
    item = add(cast)
    better = actions.correct(item, "A colleague rang.", by=cast.martin, now=cast.now)
    assert (better.corrects, better.title, better.entry.what) == (item, item.title, "item.corrected")
    assert Item.objects.get(pk=item.pk).text == "She rang the depot herself."
    assert list(Item.objects.standing()) == [better]


def test_what_was_corrected_is_not_corrected_twice(cast):
    item = add(cast)
    actions.correct(item, "A colleague rang.", by=cast.martin, now=cast.now)
    with pytest.raises(ValidationError):
        actions.correct(item, "Nobody rang.", by=cast.martin, now=cast.now)


@pytest.mark.parametrize("who", ["alice", "bob", "mona"])
def test_only_the_line_and_hr_correct(cast, who):
    with pytest.raises(PermissionDenied):
        actions.correct(add(cast), "No.", by=getattr(cast, who), now=cast.now)


def test_the_person_sees_items_once(cast):
    items = [add(cast), add(cast)]
    assert actions.see(items, by=cast.alice, now=cast.now) == 2
    assert actions.see(items, by=cast.alice, now=cast.now + timedelta(days=1)) == 0
    assert set(Sight.objects.values_list("at", flat=True)) == {cast.now}


def test_nobody_sees_for_somebody_else(cast):
    with pytest.raises(PermissionDenied):
        actions.see([add(cast)], by=cast.martin, now=cast.now)


def test_an_item_is_shown_in_person_before_a_witness(cast):
    item = add(cast)
    actions.show([item], by=cast.martin, witness=cast.hana, now=cast.now)
    assert (item.sight.shown_by, item.sight.witness) == (cast.martin, cast.hana)


@pytest.mark.parametrize("who", ["alice", "martin", "lea"])
def test_a_witness_is_a_third_person_at_work(cast, who):
    with pytest.raises(ValidationError, match="third person"):
        actions.show([add(cast)], by=cast.martin, witness=getattr(cast, who), now=cast.now)


def test_who_replies_has_seen_it(cast):
    item = add(cast)
    actions.reply(item, "It was my colleague.", by=cast.alice, now=cast.now)
    assert Item.objects.get(pk=item.pk).facts.seen_at == cast.now


def test_nobody_replies_for_somebody_else(cast):
    with pytest.raises(PermissionDenied):
        actions.reply(add(cast), "No.", by=cast.martin, now=cast.now)


def test_a_correction_that_was_asked_for_is_made_and_accepted(cast):
    asked = actions.reply(add(cast), "It was my colleague.", by=cast.alice, now=cast.now, asks=True)
    answer = actions.answer(
        asked, "You are right.", by=cast.martin, now=cast.now, correction="A colleague rang."
    )
    actions.accept(answer.correction, by=cast.alice, now=cast.now)
    assert answer.correction.corrects == asked.item
    assert answer.correction.acceptance.at == cast.now


def test_a_correction_that_was_asked_for_is_declined_with_why(cast):
    asked = actions.reply(add(cast), "It was my colleague.", by=cast.alice, now=cast.now, asks=True)
    assert actions.answer(asked, "The log names you.", by=cast.martin, now=cast.now).correction is None
    with pytest.raises(ValidationError):
        actions.answer(asked, "Again.", by=cast.martin, now=cast.now)


def test_every_step_is_an_entry_about_the_person(cast):
    asked = actions.reply(add(cast), "It was my colleague.", by=cast.alice, now=cast.now, asks=True)
    actions.answer(asked, "You are right.", by=cast.martin, now=cast.now, correction="A colleague rang.")
    assert list(Entry.objects.about(cast.alice).values_list("what", flat=True)) == [
        "item.added", "item.seen", "item.replied", "item.corrected", "item.answered",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["text", "title", "happened_on", "person", "by"])
def test_the_database_refuses_to_change_an_item(cast, field):
    item = add(cast)
    new = {"happened_on": DAY - timedelta(days=1), "person": cast.bob, "by": cast.hana}.get(field, "x")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**{field: new})


def test_the_record_is_read_by_the_person_their_line_and_hr(cast):
    item = add(cast)
    may = {n for n in vars(cast) if hasattr(getattr(cast, n), "number") and hasattr(getattr(cast, n), "manager_id")
           and item in Item.objects.visible_to(getattr(cast, n))}  # fmt: skip
    assert may == {"alice", "martin", "lena", "hana"}


def test_looking_up_items_with_sights_costs_the_same_for_many(cast, django_assert_num_queries):
    for _ in range(12):
        actions.reply(add(cast), "Yes.", by=cast.alice, now=cast.now)
    with django_assert_num_queries(3):
        assert all(item.facts.replied_at for item in Item.objects.of(cast.alice).with_sights())
