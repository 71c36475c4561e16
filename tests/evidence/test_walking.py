"""Whatever is altered, taken out, put in or moved in a ledger is found."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from andon.evidence import chain
from andon.evidence.report import Report
from andon.evidence.walking import check_seals, walk
from tests.evidence.made import SUBJECTS, make

ledgers = st.lists(st.sampled_from(SUBJECTS), min_size=2, max_size=24).map(make)
places = st.integers(0, 1000)


def found(rows, sealed, heads=()):
    report = walk(rows, sealed, heads)
    check_seals(sealed, report)
    return report.problems


@given(ledgers)
def test_a_ledger_as_it_was_recorded_is_intact(ledger):
    assert found(*ledger) == []


@given(
    ledgers,
    places,
    st.sampled_from(("seq", "at", "what", "about", "by", "nth", "previous", "previous_about", "content")),
)
def test_any_field_of_an_entry_that_is_altered_is_found(ledger, place, field):
    rows, sealed = ledger
    at = place % len(rows)
    old = getattr(rows[at].link, field)
    new = old + 1 if isinstance(old, int) else old[:-1] + ("0" if old[-1:] != "0" else "1")
    rows[at] = rows[at]._replace(link=rows[at].link._replace(**{field: new}))
    assert found(rows, sealed)


@given(ledgers, places)
def test_words_that_are_altered_are_found_with_their_place(ledger, place):
    rows, sealed = ledger
    at = place % len(rows)
    rows[at] = rows[at]._replace(body='{"said":"something else"}')
    assert found(rows, sealed) == [f"What entry {at + 1} says was altered."]


@given(ledgers, places)
def test_words_that_are_gone_without_an_erasure_are_found(ledger, place):
    rows, sealed = ledger
    at = place % len(rows)
    rows[at] = rows[at]._replace(body=None, salt=None)
    assert found(rows, sealed) == [f"What entry {at + 1} says is gone, and no erasure says so."]


@given(ledgers, places)
def test_an_entry_that_is_taken_out_is_found(ledger, place):
    rows, sealed = ledger
    at = place % (len(rows) - 1)
    del rows[at]
    assert f"Entry {at + 1} is missing." in found(rows, sealed)


@given(ledgers, places, places)
def test_entries_that_change_places_are_found(ledger, one, other):
    rows, sealed = ledger
    one, other = one % len(rows), other % len(rows)
    assume(one != other)
    rows[one], rows[other] = rows[other], rows[one]
    assert found(rows, sealed)


@given(ledgers, places)
def test_an_entry_that_is_put_in_is_found(ledger, place):
    rows, sealed = ledger
    at = place % len(rows)
    rows.insert(at, rows[at])
    assert found(rows, sealed)


@given(ledgers, places)
def test_a_history_that_is_hashed_anew_is_found_by_the_next_seal(ledger, place):
    rows, sealed = ledger
    assume(sealed)
    at = place % sealed[-1].statement.seq
    rows = hashed_anew(rows, at)
    problems = found(rows, sealed)
    assert any("rewritten" in problem or "another ledger" in problem for problem in problems)


def hashed_anew(rows, at):
    """As somebody would who may write everything: other words at a place, and every hash after it made to fit."""
    done, last = [], {}
    for place, row in enumerate(rows):
        body = '{"said":"forged"}' if place == at else row.body
        link = row.link._replace(
            previous=done[-1].hash if done else chain.NOTHING,
            previous_about=last.get(row.link.about, chain.NOTHING),
            content=chain.content_digest(row.salt, body),
        )
        done.append(row._replace(link=link, hash=chain.hash_of(link), body=body))
        last[link.about] = done[-1].hash
    return done


@given(ledgers, places)
def test_what_was_sealed_cannot_be_cut_off(ledger, place):
    rows, sealed = ledger
    assume(sealed)
    left = rows[: place % sealed[-1].statement.seq]
    assert any("cut off" in problem for problem in found(left, sealed))


@given(ledgers)
def test_what_came_after_the_last_seal_is_missed_only_by_a_head_that_was_written_down(ledger):
    rows, sealed = ledger
    assume(len(rows) > (sealed[-1].statement.seq if sealed else 0))
    assert found(rows[:-1], sealed) == []
    assert found(rows[:-1], sealed, [rows[-1].hash])


@given(
    ledgers,
    places,
    st.sampled_from(("number", "ledger", "seq", "hash", "subjects", "root", "at", "previous", "key")),
)
def test_a_seal_that_is_altered_is_found(ledger, place, field):
    sealed = ledger[1]
    assume(sealed)
    at = place % len(sealed)
    old = getattr(sealed[at].statement, field)
    new = old + 1 if isinstance(old, int) else old[:-1] + ("0" if old[-1] != "0" else "1")
    sealed[at] = sealed[at]._replace(statement=sealed[at].statement._replace(**{field: new}))
    report = Report()
    check_seals(sealed, report)
    assert report.problems


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(ledgers, places)
def test_a_seal_that_is_taken_out_from_between_is_found(ledger, place):
    rows, sealed = ledger
    assume(len(sealed) > 1)
    del sealed[place % (len(sealed) - 1)]
    assert any("seal is missing" in problem for problem in found(rows, sealed))


def test_only_so_many_problems_are_told():
    rows, sealed = make(SUBJECTS * 40)
    report = walk([row._replace(body="{}") for row in rows], sealed)
    assert (len(report.problems), report.more) == (50, 70)
