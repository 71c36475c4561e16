"""The tree over the subjects. The tree of RFC 6962 has published hashes: tests/reference has none for these leaves."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from andon.evidence.merkle import Leaf, climb, leaf_hash, prove, root_of

leaves = st.lists(st.integers(0, 10**6), min_size=1, max_size=40, unique=True).map(
    lambda names: sorted(Leaf(f"{n:032x}", n % 7 + 1, f"{n:064x}") for n in names)
)


@given(leaves, st.data())
def test_every_leaf_climbs_to_the_root(tree, data):
    leaf = data.draw(st.sampled_from(tree))
    assert climb(leaf, prove(tree, leaf.about)) == root_of(map(leaf_hash, tree))


@given(leaves, st.data())
def test_another_count_does_not(tree, data):
    leaf = data.draw(st.sampled_from(tree))
    other = leaf._replace(nth=leaf.nth + 1)
    assert climb(other, prove(tree, leaf.about)) != root_of(map(leaf_hash, tree))


@given(leaves, st.integers(-2, 50), st.integers(-2, 50), st.lists(st.text(max_size=70), max_size=8))
def test_a_made_up_proof_leads_nowhere(tree, index, subjects, path):
    proof = prove(tree, tree[0].about)._replace(index=index, subjects=subjects, path=tuple(path))
    if proof != prove(tree, tree[0].about):
        assert climb(tree[0], proof) != root_of(map(leaf_hash, tree)) or len(tree) == 1


def test_the_shape_is_that_of_rfc_6962():
    a, b, c = (bytes([n]) * 32 for n in range(3))
    node = hashlib.sha256(b"\x01" + hashlib.sha256(b"\x01" + a + b).digest() + c).hexdigest()
    assert root_of([a, b, c]) == node
