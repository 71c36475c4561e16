"""Nothing smaller than five follows from what is shown: at once, by subtraction, and over time."""

from hypothesis import given
from hypothesis import strategies as st

from andon.culture.fairness.guarding import Guard
from andon.culture.fairness.hiding import pinned, pooled, sizes_of, tells_of_few, token

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12), max_size=8)


def told(given_sizes) -> dict[str, int]:
    names = pooled(given_sizes)
    found: dict[str, int] = {}
    for group, name in names.items():
        found[name] = found.get(name, 0) + given_sizes[group]
    return found


@given(sizes)
def test_no_group_of_fewer_than_five_is_shown(given_sizes):
    assert all(n >= 5 for n in told(given_sizes).values())


@given(sizes)
def test_everybody_is_in_what_is_shown_so_that_nothing_is_left_to_subtract(given_sizes):
    if shown := told(given_sizes):
        assert sum(shown.values()) == sum(given_sizes.values())


@given(sizes)
def test_a_small_group_is_never_alone(given_sizes):
    names = pooled(given_sizes)
    for group, name in names.items():
        if given_sizes[group] < 5:
            assert sum(other == name for other in names.values()) > 1


def test_one_small_group_is_counted_with_the_next_smallest():
    assert told({"a": 40, "b": 30, "c": 9, "d": 2}) == {"a": 40, "b": 30, "c + d": 11}


def test_two_groups_of_which_one_is_small_show_nothing():
    assert pooled({"a": 40, "b": 4}) == {}


def test_groups_of_five_are_all_shown():
    assert told({"a": 5, "b": 5, "c": 5}) == {"a": 5, "b": 5, "c": 5}


def test_a_group_counted_together_now_and_alone_before_tells_of_the_small_one():
    before = {"a": [str(n) for n in range(20)], "b": [str(n) for n in range(20, 40)]}
    now = {"a": before["a"], "b + c": [*before["b"], "x", "y"]}
    assert tells_of_few(now, before)


AB = {"a": "a", "b": "b"}
members = st.dictionaries(st.integers(0, 40), st.sampled_from("ab"), min_size=10, max_size=40)


@given(members, members)
def test_what_is_pinned_tells_of_no_few_unless_it_is_refused(now, before):
    """Either both audits together tell of nobody or of five of a group, or the second is not shown."""
    secret, old = "s", Guard("s", "g", {})
    assert old.tells(before, AB) is None
    later = Guard(secret, "g", {1: old.kept})
    groups = later.as_before(now, [*now.items(), *before.items()])
    if later.tells(groups, AB) is None:
        for name in "ab":
            was = {one for one, group in before.items() if group == name}
            is_ = {one for one, group in groups.items() if group == name}
            assert all(not apart or len(apart) >= 5 for apart in (was - is_, is_ - was))


def test_one_newcomer_is_counted_only_when_four_more_have_come():
    before = dict.fromkeys(range(20), "a") | dict.fromkeys(range(20, 40), "b")
    assert pinned(before | {99: "a"}, before) == before
    five = before | dict.fromkeys(range(90, 95), "a")
    assert pinned(five, before) == five


def test_one_who_changes_group_is_counted_where_they_were():
    before = dict.fromkeys(range(20), "a") | dict.fromkeys(range(20, 40), "b")
    assert pinned(before | {0: "b"}, before) == before


def test_four_new_cases_are_not_shown_beside_the_earlier_ones():
    groups = dict.fromkeys(range(20), "a") | dict.fromkeys(range(20, 40), "b")
    old = Guard("s", "g", {})
    assert old.tells_of_cases("planned", groups, range(10)) is None
    assert Guard("s", "g", {7: old.kept}).tells_of_cases("planned", groups, range(14)) == 7
    assert Guard("s", "g", {7: old.kept}).tells_of_cases("planned", groups, range(15)) is None


def test_a_token_tells_nothing_without_the_secret():
    assert token("one", "gender", "woman", 7) != token("another", "gender", "woman", 7)
    assert "woman" not in token("one", "gender", "woman", 7)


@given(members)
def test_the_same_groups_tell_nothing_new(groups):
    counted = {
        name: [str(one) for one, group in groups.items() if group == name] for name in sizes_of(groups)
    }
    assert not tells_of_few(counted, counted)
