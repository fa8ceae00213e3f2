"""The tree against what RFC 9162 says of it, word for word, and against published roots."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.audit import merkle

# The eight entries that implementations of Certificate Transparency are tried with, and the
# roots over the first of them, two, and so on.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

entries = st.lists(st.binary(max_size=40), max_size=70)


def naive_root(these: list[bytes]) -> bytes:
    """MTH of section 2.1.1, as it is written there."""
    if not these:
        return sha256(b"").digest()
    if len(these) == 1:
        return sha256(b"\x00" + these[0]).digest()
    k = 1
    while k * 2 < len(these):
        k *= 2
    return sha256(b"\x01" + naive_root(these[:k]) + naive_root(these[k:])).digest()


def naive_path(m: int, these: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(these) == 1:
        return []
    k = 1
    while k * 2 < len(these):
        k *= 2
    if m < k:
        return [*naive_path(m, these[:k]), naive_root(these[k:])]
    return [*naive_path(m - k, these[k:]), naive_root(these[:k])]


def naive_subproof(m: int, these: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    n = len(these)
    if m == n:
        return [] if whole else [naive_root(these)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*naive_subproof(m, these[:k], whole), naive_root(these[k:])]
    return [*naive_subproof(m - k, these[k:], False), naive_root(these[:k])]


def grown(these: list[bytes]) -> merkle.Frontier:
    frontier = merkle.Frontier()
    for entry in these:
        list(frontier.append(merkle.leaf_hash(entry)))
    return frontier


def subtrees(these: list[bytes]) -> merkle.At:
    """Every perfect subtree, as the sequencer met it."""
    known, frontier = {}, merkle.Frontier()
    for place, entry in enumerate(these):
        known[0, place] = leaf = merkle.leaf_hash(entry)
        known.update({(h, p): root for h, p, root in frontier.append(leaf)})
    return lambda height, place: known[height, place]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    assert grown(ENTRIES[:size]).root().hex() == naive_root(ENTRIES[:size]).hex() == ROOTS[size]


@given(entries)
def test_a_growing_tree_has_the_root_of_the_definition(these: list[bytes]) -> None:
    assert grown(these).root() == naive_root(these)
    leaves = [merkle.leaf_hash(entry) for entry in these]
    whole = merkle.levels(leaves)
    for size in range(len(these) + 1):
        assert merkle.root_of(merkle.peaks_within(whole, size)) == naive_root(these[:size])


@given(entries.filter(bool), st.data())
def test_inclusion_is_proved_for_what_is_in_and_for_nothing_else(
    these: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(these) - 1))
    proof = merkle.inclusion_proof(index, len(these), subtrees(these))
    assert proof == naive_path(index, these)
    leaf, root, size = merkle.leaf_hash(these[index]), naive_root(these), len(these)
    assert merkle.is_included(leaf, index, size, proof, root)
    assert not merkle.is_included(merkle.leaf_hash(these[index] + b"!"), index, size, proof, root)
    assert not merkle.is_included(leaf, index, size, [*proof, leaf], root)
    if proof:
        assert not merkle.is_included(leaf, index, size, proof[:-1], root)
        forged = [bytes(32), *proof[1:]]
        assert not merkle.is_included(leaf, index, size, forged, root)


@given(entries.filter(bool), st.data())
def test_consistency_is_proved_for_what_only_grew(these: list[bytes], data: st.DataObject) -> None:
    old, new = data.draw(st.integers(1, len(these))), len(these)
    proof = merkle.consistency_proof(old, new, subtrees(these))
    assert proof == naive_subproof(old, these, True)
    before, after = naive_root(these[:old]), naive_root(these)
    assert merkle.is_consistent(old, before, new, after, proof)
    rewritten = naive_root([these[0] + b"!", *these[1:old]])
    assert not merkle.is_consistent(old, rewritten, new, after, proof)
    if old < new:
        other = naive_root([*these[:-1], these[-1] + b"!"])
        assert not merkle.is_consistent(old, before, new, other, proof)
        assert not merkle.is_consistent(old, before, new, after, [*proof, before])
        assert not merkle.is_consistent(old, before, new, after, proof[:-1])


def test_what_is_not_there_has_no_proof() -> None:
    at = subtrees(ENTRIES)
    for index, size in ((-1, 8), (8, 8), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_proof(index, size, at)
        assert not merkle.is_included(bytes(32), index, size, [], bytes(32))
    for old, new in ((0, 8), (9, 8)):
        with pytest.raises(ValueError, match="did not grow"):
            merkle.consistency_proof(old, new, at)
        assert not merkle.is_consistent(old, bytes(32), new, bytes(32), [])


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)
