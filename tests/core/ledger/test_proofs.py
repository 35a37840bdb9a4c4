"""Proofs against a naive tree, the vectors of Certificate Transparency, and the checks of RFC 9162 step by step."""

from __future__ import annotations

from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meterward.core.ledger.proofs import (
    consistency,
    inclusion,
    root,
    span_hash,
    verify_consistency,
    verify_inclusion,
)
from meterward.core.ledger.tree import EMPTY_ROOT, leaf_hash, node_hash
from tests.builders import naive_tree, rfc_checks
from tests.builders.broken_proofs import JUNK, altered, flips
from tests.builders.ct_vectors import INPUTS, PATHS, PROOFS, ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = [f"entry {place}".encode() for place in range(600)]
SMALL = 20
SIZES = st.integers(1, len(ENTRIES))
HOSTILE = st.lists(st.binary(max_size=40) | st.just(JUNK), max_size=70)
ANY_SIZE = st.integers(-3, 600) | st.integers(-(2**70), 2**70)


class Grown(NamedTuple):
    """A consistency proof with what it is about."""

    old: int
    size: int
    old_root: bytes
    root: bytes
    proof: list[bytes]


class Placed(NamedTuple):
    """An inclusion proof with what it is about."""

    leaf: bytes
    place: int
    size: int
    path: list[bytes]
    root: bytes


def placed(index: int, size: int) -> Placed:
    """What is asked of the product for one leaf, by the naive tree's hashes."""
    leaves = ENTRIES[:size]
    return Placed(
        leaf_hash(leaves[index]), index, size, inclusion(index, size, naive_tree.nodes(leaves)), naive_tree.mth(leaves)
    )


def grown(old: int, size: int) -> Grown:
    """What is asked of the product for two sizes, by the naive tree's hashes."""
    leaves = ENTRIES[:size]
    proof = consistency(old, size, naive_tree.nodes(leaves))
    return Grown(old, size, naive_tree.mth(leaves[:old]), naive_tree.mth(leaves), proof)


ALL_PLACED = [placed(index, size) for size in range(1, SMALL + 1) for index in range(size)]
ALL_GROWN = [grown(old, size) for size in range(2, SMALL + 1) for old in range(1, size)]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_inclusion_in_the_vectors_of_certificate_transparency(index: int, size: int) -> None:
    path = [bytes.fromhex(item) for item in PATHS[index, size]]
    assert inclusion(index, size, naive_tree.nodes(INPUTS)) == path
    assert verify_inclusion(leaf_hash(INPUTS[index]), index, size, path, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "size"), PROOFS)
def test_consistency_in_the_vectors_of_certificate_transparency(old: int, size: int) -> None:
    proof = [bytes.fromhex(item) for item in PROOFS[old, size]]
    assert consistency(old, size, naive_tree.nodes(INPUTS)) == proof
    assert verify_consistency(old, size, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[size]), proof)


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_of_the_vectors_of_certificate_transparency(size: int) -> None:
    assert root(size, naive_tree.nodes(INPUTS)).hex() == ROOTS[size]


def test_the_tree_of_seven_leaves_that_the_standard_draws() -> None:
    # Its names: a to f and j for the leaves, g to i for pairs, k for the first four, l for the last three.
    nodes = naive_tree.nodes(ENTRIES[:7])
    a, b, c, d, e, f, j = (nodes(0, at) for at in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    paths = {0: [b, h, l_], 3: [c, g, l_], 4: [f, j, k], 6: [i, k]}
    assert {index: inclusion(index, 7, nodes) for index in paths} == paths
    proofs = {3: [c, d, g, l_], 4: [l_], 6: [i, j, k]}
    assert {old: consistency(old, 7, nodes) for old in proofs} == proofs
    assert root(7, nodes) == node_hash(k, l_)


def test_every_small_tree_as_the_standard_defines_it() -> None:
    for one in ALL_PLACED:
        assert one.path == naive_tree.path(one.place, ENTRIES[: one.size])
        assert verify_inclusion(*one), one
    for two in ALL_GROWN:
        assert two.proof == naive_tree.proof(two.old, ENTRIES[: two.size])
        assert verify_consistency(*two), two


@given(SIZES, st.data())
def test_any_tree_as_the_standard_defines_it(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    one, two = placed(index, size), grown(index + 1, size)
    assert root(size, naive_tree.nodes(ENTRIES)) == one.root
    assert one.path == naive_tree.path(index, ENTRIES[:size])
    assert two.proof == naive_tree.proof(index + 1, ENTRIES[:size])
    assert verify_inclusion(*one)
    assert verify_consistency(*two)


@given(st.integers(0, 9), st.integers(0, 20), st.data())
def test_any_aligned_span(level: int, place: int, data: st.DataObject) -> None:
    entries = ENTRIES * 20
    start = (place << level) % len(entries) >> level << level
    end = data.draw(st.integers(start, start + (1 << level)))
    assert span_hash(start, end, naive_tree.nodes(entries)) == naive_tree.mth(entries[start:end])


def test_every_change_to_an_inclusion_proof_is_refused() -> None:
    for one in ALL_PLACED:
        assert not any(verify_inclusion(*one._replace(path=path)) for path in altered(one.path)), one
        assert not any(verify_inclusion(*one._replace(place=at)) for at in range(one.size) if at != one.place), one
    for one in ALL_PLACED[-SMALL:]:
        assert not any(verify_inclusion(*one._replace(leaf=leaf)) for leaf in flips(one.leaf))
        assert not any(verify_inclusion(*one._replace(root=other)) for other in flips(one.root))


def test_every_change_to_a_consistency_proof_is_refused() -> None:
    for one in ALL_GROWN:
        assert not any(verify_consistency(*one._replace(proof=proof)) for proof in altered(one.proof)), one
    for one in ALL_GROWN[-SMALL:]:
        assert not any(verify_consistency(*one._replace(old_root=other)) for other in flips(one.old_root))
        assert not any(verify_consistency(*one._replace(root=other)) for other in flips(one.root))


@given(SIZES, st.data())
def test_any_change_to_a_proof_of_a_larger_tree_is_refused(size: int, data: st.DataObject) -> None:
    one, two = placed(data.draw(st.integers(0, size - 1)), size), grown(data.draw(st.integers(1, size)), size)
    assert verify_inclusion(*one)
    assert not any(verify_inclusion(*one._replace(path=path)) for path in altered(one.path))
    assert verify_consistency(*two)
    assert not any(verify_consistency(*two._replace(proof=proof)) for proof in altered(two.proof))


def test_the_same_verdict_as_the_standard_on_a_proof_given_out_for_another_place_or_size() -> None:
    sizes = range(1, SMALL + 2)
    for one, size in product(ALL_PLACED, sizes):
        for index in range(size + 1):
            other = one._replace(place=index, size=size)
            assert verify_inclusion(*other) == rfc_checks.included(*other), other
    for two, size in product(ALL_GROWN, sizes):
        for old in range(1, size):
            claim = two._replace(old=old, size=size)
            assert verify_consistency(*claim) == rfc_checks.consistent(*claim), claim


def test_nothing_is_in_the_empty_tree_and_every_tree_begins_with_it() -> None:
    assert root(0, naive_tree.nodes([])) == EMPTY_ROOT == sha256().digest()
    assert not verify_inclusion(JUNK, 0, 0, [], JUNK)
    assert not verify_inclusion(EMPTY_ROOT, 0, 0, [], EMPTY_ROOT)
    for size in range(4):
        one = grown(0, size)
        assert one.proof == []
        assert verify_consistency(*one)
        assert not verify_consistency(*one._replace(proof=[JUNK]))
        assert not verify_consistency(*one._replace(old_root=JUNK))
    assert not verify_consistency(0, 0, EMPTY_ROOT, JUNK, [])
    assert not verify_consistency(0, 0, JUNK, JUNK, [])
    assert not verify_consistency(0, 5, EMPTY_ROOT, JUNK[:-1], [])


def test_a_tree_begins_with_itself_and_with_no_other_of_its_size() -> None:
    for size in range(1, SMALL):
        one = grown(size, size)
        assert one.proof == []
        assert verify_consistency(*one)
        assert not verify_consistency(*one._replace(proof=[JUNK]))
        assert not verify_consistency(*one._replace(root=JUNK))
        assert not verify_consistency(*one._replace(old_root=JUNK))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (4, 3), (0, 0), (0, -1), (-1, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaf"):
        inclusion(index, size, naive_tree.nodes(ENTRIES))
    assert not verify_inclusion(JUNK, index, size, [], JUNK)


@pytest.mark.parametrize(("old", "size"), [(-1, 3), (4, 3), (1, 0), (-2, -1), (-5, -5)])
def test_a_tree_never_shrinks(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="never"):
        consistency(old, size, naive_tree.nodes(ENTRIES))
    assert not verify_consistency(old, size, JUNK, JUNK, [])
    assert not verify_consistency(old, size, EMPTY_ROOT, EMPTY_ROOT, [])


def test_a_hash_of_another_length_is_refused_where_nothing_would_be_hashed() -> None:
    for wrong in (b"", JUNK[:-1], JUNK + b"\0"):
        assert not verify_inclusion(wrong, 0, 1, [], wrong)
        assert not verify_consistency(1, 1, wrong, wrong, [])
        assert not verify_consistency(0, 1, EMPTY_ROOT, wrong, [])


@given(HOSTILE, ANY_SIZE, ANY_SIZE, st.binary(max_size=40), st.binary(max_size=40))
def test_whatever_is_sent_is_refused_without_a_fuss(
    proof: list[bytes], one: int, two: int, first: bytes, second: bytes
) -> None:
    assume(first != second)
    assert not verify_inclusion(first, one, two, proof, second)
    assert not verify_consistency(one, two, first, second, proof)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_trees_about_the_third_level_of_tiles(size: int, sixteen_bits: Callable[[int, int], bytes]) -> None:
    whole = root(size, sixteen_bits)
    assert whole == naive_tree.mth(many(size))
    for index in (0, 1, 255, 256, 32_767, 32_768, 65_534, size - 2, size - 1):
        path = inclusion(index, size, sixteen_bits)
        assert verify_inclusion(sixteen_bits(0, index), index, size, path, whole)
        proof = consistency(index + 1, size, sixteen_bits)
        assert verify_consistency(index + 1, size, root(index + 1, sixteen_bits), whole, proof)
    for index in (0, 32_768, size - 1):
        assert inclusion(index, size, sixteen_bits) == naive_tree.path(index, many(size))
        assert consistency(index + 1, size, sixteen_bits) == naive_tree.proof(index + 1, many(size))


def many(size: int) -> list[bytes]:
    """More entries than two levels of tiles hold."""
    return [place.to_bytes(3, "big") for place in range(size)]


@pytest.fixture(scope="module")
def sixteen_bits() -> Callable[[int, int], bytes]:
    """The complete subtrees of 65,537 leaves, each computed once."""
    rows = [[leaf_hash(entry) for entry in many(65_537)]]
    while len(rows[-1]) > 1:
        rows.append([node_hash(*pair) for pair in zip(rows[-1][::2], rows[-1][1::2], strict=False)])
    return lambda level, index: rows[level][index]
