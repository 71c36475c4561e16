"""Plain rules of the pulse: what is shown gives no few away, and numbers say no more than they know."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from andon.culture.pulse.rules import scoring
from andon.culture.pulse.rules.masking import masked
from andon.culture.pulse.rules.suppression import shown
from andon.culture.pulse.rules.themes import themes

FEWEST = 5


@st.composite
def organisations(draw):
    """Cells with few or many answers; the whole, a tree of departments and teams, sites across, and any other group."""
    cells = draw(st.integers(1, 8))
    counts = draw(st.lists(st.integers(0, 12), min_size=cells, max_size=cells))
    department = draw(st.lists(st.integers(0, 2), min_size=cells, max_size=cells))
    site = draw(st.lists(st.integers(0, 2), min_size=cells, max_size=cells))
    groups = {"all": list(range(cells))} | {f"team:{i}": [i] for i in range(cells)}
    for kind, of in (("department", department), ("site", site)):
        groups |= {f"{kind}:{one}": [i for i in range(cells) if of[i] == one] for one in set(of)}
    groups |= {
        f"line:{n}": sorted(draw(st.sets(st.integers(0, cells - 1), min_size=1)))
        for n in range(draw(st.integers(0, 3)))
        for n in range(draw(st.integers(0, 3)))
    }
    return groups, counts


def told(groups, counts, fewest=FEWEST):
    """What is shown as equations: a row a shown group, a column a cell that somebody answered in."""
    columns = [i for i, n in enumerate(counts) if n]
    keys = sorted(shown(groups, counts, fewest))
    return np.array([[float(i in groups[key]) for i in columns] for key in keys]).reshape(
        len(keys), len(columns)
    ), [counts[i] for i in columns]


@given(organisations())
def test_no_sum_over_fewer_than_five_answers_follows_from_what_is_shown(organisation):
    """Whatever is added and subtracted: a combination that rests on some cells only exists where leaving those cells
    out loses rank. So every set of cells with few answers is tried."""
    rows, counts = told(*organisation)
    full = np.linalg.matrix_rank(rows) if rows.size else 0
    for many in range(1, min(FEWEST, len(counts) + 1)):
        for few in itertools.combinations(range(len(counts)), many):
            if sum(counts[i] for i in few) < FEWEST:
                others = np.delete(rows, few, axis=1)
                assert (np.linalg.matrix_rank(others) if others.size else 0) == full


@given(organisations(), st.randoms(use_true_random=False))
def test_bounds_of_the_scale_do_not_give_a_small_team_away(organisation, rng):
    """Solved as the attacker would: every hidden team of few could still have had another mean."""
    groups, counts = organisation
    rows, known = told(groups, counts)
    if not rows.size:
        return
    truth = np.array([rng.uniform(20, 80) * n for n in known])
    for cell, n in enumerate(known):
        if n < FEWEST:
            aim = np.eye(len(known))[cell]
            ends = [
                linprog(sign * aim, A_eq=rows, b_eq=rows @ truth, bounds=[(0, 100 * m) for m in known]).fun
                for sign in (1, -1)
            ]
            assert -ends[1] - ends[0] > 0.1 * n


@given(organisations())
def test_what_is_shown_has_enough_answers(organisation):
    groups, counts = organisation
    assert all(sum(counts[i] for i in groups[key]) >= FEWEST for key in shown(groups, counts, FEWEST))


@given(organisations())
def test_the_whole_is_shown_whenever_enough_answered(organisation):
    groups, counts = organisation
    assert ("all" in shown(groups, counts, FEWEST)) == (sum(counts) >= FEWEST)


@given(organisations(), st.data())
def test_any_part_of_what_is_shown_gives_no_few_away_either(organisation, data):
    """A reader who may see some groups only, or a filter, or a file with fewer rows."""
    groups, counts = organisation
    keys = sorted(shown(groups, counts, FEWEST))
    some = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    part = {key: groups[key] for key in some}
    assert shown(part, counts, FEWEST) == frozenset(some)


def test_one_hidden_team_hides_a_second():
    groups = {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]}
    assert shown(groups, [20, 9, 4], 5) == {"all", "a"}


def test_teams_that_are_few_together_with_others_hide_no_further_one():
    groups = {"all": [0, 1, 2, 3], "a": [0], "b": [1], "c": [2], "d": [3]}
    assert shown(groups, [20, 9, 4, 3], 5) == {"all", "a", "b"}


def test_a_site_that_would_lay_a_hidden_team_open_is_hidden_with_it():
    """Department of two small teams; a site holds one of them and a large team of another department."""
    groups = {"all": [0, 1, 2], "big": [0], "department": [1, 2], "site": [0, 1]}
    assert shown(groups, [20, 4, 4], 5) == {"all", "big", "department"}


@pytest.mark.parametrize(("counts", "fewest"), [([-1], 5), ([3], 0)])
def test_what_cannot_be_a_count_is_refused(counts, fewest):
    with pytest.raises(ValueError, match="At least one"):
        shown({"all": [0]}, counts, fewest)


@pytest.mark.parametrize(("answer", "points"), [(1, 0), (2, 25), (3, 50), (4, 75), (5, 100)])
def test_answers_count_as_in_the_engagement_index(answer, points):
    """Cabinet Office, Civil Service People Survey, technical guide: 0, 25, 50, 75, 100."""
    assert scoring.points(answer) == points
    assert scoring.points(answer, turned=True) == 100 - points


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_an_answer_off_the_scale_is_refused(answer):
    with pytest.raises(ValueError, match="1 to 5"):
        scoring.points(answer)


def test_a_person_counts_in_a_dimension_from_half_of_its_questions_on():
    assert scoring.of_person([100.0, None]) == 100
    assert scoring.of_person([100.0, None, None]) is None
    assert scoring.of_person([]) is None


def test_the_interval_is_that_of_student():
    """Mean of 25 with a standard deviation of 20, of 25 answers in all: t(0.975, 24) = 2.0639, half = 8.26."""
    found = scoring.score([50.0] * 25, 20.0, 25)
    assert (found.value, found.half, found.n) == (50, 9, 25)


@given(st.lists(st.floats(0, 100), min_size=5, max_size=60))
def test_what_is_kept_of_a_group_is_blunt(values):
    found = scoring.score(values, 20.0, 100)
    assert 5 <= found.value <= 95
    assert found.n % 5 == 0
    assert found.n <= len(values) < found.n + 5
    assert all(part % 5 == 0 and 5 <= part <= 95 for part in scoring.shares(values))


def test_a_group_that_agrees_in_everything_looks_like_one_that_nearly_does():
    all_best, nearly = [100.0] * 9, [100.0] * 8 + [75.0]
    assert scoring.score(all_best, 20, 50) == scoring.score(nearly, 20, 50)


def test_a_change_within_its_uncertainty_is_no_change():
    before, now = scoring.Score(20, 60, 8), scoring.Score(20, 66, 8)
    assert scoring.change(before, now) == scoring.Change(6, 12)
    assert not scoring.change(before, now).clear


def test_among_many_changes_those_that_chance_makes_are_not_named():
    """Benjamini and Hochberg (1995), their example of 15 tests: four are named at 0.05."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
               0.7590, 1.0]  # fmt: skip
    assert sum(scoring.standing_out(chances)) == 4


def test_comments_that_share_a_word_stand_together():
    said = ["The roster is late", "Rosters change", "My roster again", "Good coffee"]
    first, rest = themes(said)
    assert (first.word[:6], set(first.comments)) == ("roster", set(said[:3]))
    assert rest.comments == ("Good coffee",)


@given(st.lists(st.text(max_size=40), max_size=30))
def test_every_comment_stands_in_one_theme(said):
    placed = [text for theme in themes(said) for text in theme.comments]
    assert sorted(placed) == sorted(said)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask Martin Manager why", "Ask […] why"),
        ("MARTIN never answers", "[…] never answers"),
        ("write to a.b@example.com or +49 170 1234567", "write to […] or […]"),
        ("we may talk to martinique", "we may talk to martinique"),
    ],
)
def test_names_addresses_and_numbers_are_taken_out_of_comments(text, left):
    assert masked(text, ["Martin Manager", "Al Bo"]) == left


def people(n, questions, seed=1):
    """Answers of `n` people to questions that all ask for one feeling, with their own accents."""
    rng = np.random.default_rng(seed)
    feeling = rng.normal(50, 20, (n, 1))
    return np.clip(np.round((feeling + rng.normal(0, 10, (n, questions))) / 25) * 25, 0, 100).tolist()


def test_questions_that_ask_for_one_feeling_go_together_in_steps_of_a_twentieth():
    assert scoring.together(people(200, 5)) in (0.85, 0.9, 0.95)


def test_questions_that_have_nothing_to_do_with_each_other_do_not_and_never_less_than_that():
    rng = np.random.default_rng(2)
    assert scoring.together(rng.choice([0.0, 50.0, 100.0], (400, 4)).tolist()) <= 0.2
    against = rng.choice([0.0, 100.0], 50)
    assert scoring.together(np.column_stack([against, 100 - against, 100 - against]).tolist()) == 0.0


@pytest.mark.parametrize(
    "answers",
    [people(29, 5), people(100, 2), [[50.0] * 3] * 90, [[None, 50.0, 75.0]] * 90, []],
    ids=["too few people", "too few questions", "all alike", "nobody answered all", "nobody"],
)
def test_where_it_cannot_be_said_how_far_questions_go_together_it_is_not(answers):
    assert scoring.together(answers) is None
