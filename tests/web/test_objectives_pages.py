"""Objectives on pages: the tree without anybody's own, the way to the customer, check-ins, freezing, and files."""

from datetime import timedelta

import pytest
from django.urls import reverse

from andon.evidence.models import Reading
from andon.standards import actions
from andon.standards.models import CheckIn, Objective

pytestmark = pytest.mark.django_db
CALLS = {"title": "Calls heard", "baseline": 0.0, "target": 10.0}


@pytest.fixture
def spring(cast):
    starts = cast.now.date()
    cycle = actions.begin_cycle(
        "Spring", starts=starts, ends=starts + timedelta(days=90), by=cast.hana, now=cast.now
    )
    return actions.open_cycle(cycle, by=cast.hana, now=cast.now)


@pytest.fixture
def tree(cast, spring):
    """Lena's top with an outcome, one of Phones under it, and Alice's own under that."""
    by = {"now": cast.now, "cycle": spring, "key_results": [CALLS]}
    cast.top = actions.write_objective("Nobody waits", by=cast.lena, measure=cast.late, **by)
    cast.team = actions.write_objective(
        "Phones answers", by=cast.martin, team=cast.phones, parent=cast.top, **by
    )
    cast.own = actions.write_objective(
        "Alice listens", by=cast.alice, person=cast.alice, parent=cast.team, **by
    )
    return cast


@pytest.fixture
def room():
    return "objectives"


@pytest.mark.parametrize("who", ["alice", "martin", "hana", "charlie", "mona", "frank", "adam"])
def test_the_tree_holds_no_personal_objective_whoever_looks(tree, page, who):
    text = page(getattr(tree, who), "tree")
    assert "Nobody waits" in text
    assert "Phones answers" in text
    assert "Alice listens" not in text


@pytest.mark.parametrize("who", ["charlie", "mona", "bob", "frank", "olga", "adam", "ana"])
def test_the_page_of_a_team_s_objective_does_not_say_that_a_hidden_one_serves_it(tree, page, who):
    text = page(getattr(tree, who), "show", tree.team.pk)
    assert "Alice listens" not in text
    assert "What serves it" not in text


def test_her_line_sees_it_there(tree, page):
    assert "Alice listens" in page(tree.martin, "show", tree.team.pk)


def test_the_way_leads_up_to_the_customer(tree, page):
    text = page(tree.alice, "show", tree.own.pk)
    way = text.split("The way to the customer")[1]
    assert way.index("Address labels: Arrived late") < way.index("Nobody waits") < way.index("Phones answers")


def test_one_that_reaches_nobody_is_told_so_kindly(cast, page):
    own = actions.write_objective("Tidy up", by=cast.alice, person=cast.alice, now=cast.now)
    assert "This does not reach a customer outcome yet." in page(cast.alice, "show", own.pk)


def test_reading_somebody_s_objective_is_noted_for_them(tree, page):
    page(tree.martin, "show", tree.own.pk)
    page(tree.alice, "show", tree.own.pk)
    assert [reading.reader for reading in Reading.objects.filter(person=tree.alice)] == [tree.martin]


def test_a_manager_reads_the_objectives_of_their_line_and_nobody_else(tree, page):
    assert "Alice listens" in page(tree.martin, "line")
    assert "Alice listens" not in page(tree.mona, "line")
    assert "Alice listens" not in page(tree.mona, "line", query="?q=Alice")
    assert "Alice listens" in page(tree.hana, "line", query="?q=Alice")


def test_a_goal_without_a_cycle_is_found_by_its_line_and_may_stand_above(cast, page):
    actions.write_objective("Own time", by=cast.alice, person=cast.alice, now=cast.now)
    actions.write_objective("No cycle", by=cast.lena, now=cast.now)
    assert "Own time" in page(cast.martin, "line")
    assert "No cycle" in page(cast.alice, "new")
    assert "No cycle" in page(cast.charlie, "tree", query="?cycle=none")


def test_a_check_in_moves_it_and_stands_in_its_history(tree, send, page):
    result = tree.own.key_results.get()
    send(tree.alice, "check_in", result.pk, value="2,5", confidence="high", note="The returns calls.")
    text = page(tree.alice, "show", tree.own.pk)
    assert CheckIn.objects.get().value == 2.5
    assert "25\xa0% of the way" in text
    assert "From 0 to 2.5 in one check-in; the target is 10." in text


def test_a_check_in_without_confidence_is_shown_again(tree, send):
    answer = send(tree.alice, "check_in", tree.own.key_results.get().pk, value="3")
    assert answer.status_code == 422
    assert not CheckIn.objects.exists()


def test_after_the_freeze_only_a_note_can_be_added(tree, spring, send, page):
    send(tree.hana, "freeze_cycle", "spring")
    text = page(tree.alice, "show", tree.own.pk)
    assert "Check in" not in text
    assert "Add a dated note" in text
    send(tree.alice, "note", tree.own.pk, text="It was 4.")
    assert "It was 4." in page(tree.alice, "show", tree.own.pk)
    answer = send(tree.alice, "check_in", tree.own.key_results.get().pk, value="3", confidence="low")
    assert "frozen" in answer.content.decode()


def test_i_write_an_objective_of_my_own(tree, spring, send):
    fields = {"title": "Ask back", "whose": "mine", "cycle": spring.pk, "parent": tree.team.pk}
    send(tree.bob, "new", **fields)
    made = Objective.objects.get(title="Ask back")
    assert (made.person, made.parent, made.cycle) == (tree.bob, tree.team, spring)


def test_a_hidden_objective_is_not_among_what_mine_could_stand_under(tree, send, page):
    assert "Alice listens" not in page(tree.bob, "new")
    assert "Alice listens" not in page(tree.martin, "new")  # his own never stands under hers
    answer = send(tree.bob, "new", title="Ask back", whose="mine", parent=tree.own.pk)
    assert answer.status_code == 422
    assert "Alice listens" not in answer.content.decode()


def test_somebody_out_of_line_reads_as_nobody(tree, send):
    for who in ("21", "4711"):
        text = send(tree.martin, "new", title="Ask", whose="mine", person=who).content.decode()
        assert f"has the number or address: {who}." in text
    assert not Objective.objects.filter(title="Ask").exists()


def test_a_file_is_shown_first_and_then_brought_in(cast, send):
    text = "team,objective,key_result,baseline,target\nphones,Help,Calls,0,9\nmoon,Help,,,\n"
    seen = send(cast.martin, "import", text=text).content.decode()
    assert "1 objective would be made" in seen
    assert "No team is called this." in seen
    assert not Objective.objects.exists()
    send(cast.martin, "import", text=text, sure="1")
    assert Objective.objects.get().title == "Help"


def test_the_file_to_start_from_can_be_read_by_us(cast, client):
    from andon.standards.columns import rows_of

    client.force_login(cast.martin)
    text = client.get(reverse("objectives:example")).content.decode()
    changes = actions.import_objectives(rows_of(text), by=cast.martin, now=cast.now, dry_run=True)
    assert [one.column for one in changes.refused] == ["measure"]  # which is one of the example only


@pytest.mark.parametrize("n", [2, 60])
@pytest.mark.parametrize(
    ("who", "name"),
    [("charlie", "tree"), ("alice", "mine"), ("martin", "line"), ("hana", "line"), ("martin", "show")],
)
def test_a_page_takes_as_many_queries_for_many_as_for_few(
    tree, spring, client, who, name, n, django_assert_max_num_queries
):
    for place in range(n):
        owner = {"team": tree.phones} if place % 2 else {"person": tree.alice}
        made = actions.write_objective(
            f"One {place}",
            by=tree.martin,
            now=tree.now,
            cycle=spring,
            parent=tree.team,
            key_results=[CALLS],
            **owner,
        )
        actions.check_in(made.key_results.get(), 2, "low", by=tree.martin, now=tree.now)
    client.force_login(getattr(tree, who))
    query = "?q=a" if who == "hana" else ""
    with django_assert_max_num_queries(15):
        client.get(reverse(f"objectives:{name}", args=[tree.team.pk] if name == "show" else []) + query)


def test_the_page_of_a_personal_objective_takes_few_queries_for_its_line(
    tree, client, django_assert_max_num_queries
):
    client.force_login(tree.martin)
    with django_assert_max_num_queries(15):
        client.get(reverse("objectives:show", args=[tree.own.pk]))
