"""A sealed box opens with its key, whole, where it belongs; and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.registry import keys
from daybook.foundation.vault.boxes import BLOCK, Sealed, Shut, new_key, opened, shut, unwrap, wrap
from daybook.foundation.vault.fields import SealedField

KEY, NAME = new_key(), keys.new_key()
HERE = ("notes", "words", "1", "7", "pastoral")


def box(words: str = "He prays for his brother.") -> Sealed:
    return shut(words, key=KEY, data_key=NAME, belongs=HERE)


@given(st.text(max_size=2000).filter(lambda text: "\0" not in text))
def test_what_goes_in_comes_out(words: str) -> None:
    assert opened(box(words), key=KEY, belongs=HERE) == words


@given(st.text(alphabet="abc é", min_size=0, max_size=600))
def test_the_length_of_a_box_tells_blocks_and_no_more(words: str) -> None:
    blocks = len(words.encode()) // BLOCK + 1
    assert len(box(words).box) == 29 + 16 + blocks * BLOCK


def test_the_same_words_never_look_the_same() -> None:
    assert box().box != box().box


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_anywhere_and_it_stays_shut(at: int, by: int) -> None:
    changed = bytearray(box().box)
    changed[at % len(changed)] ^= by
    with pytest.raises(Shut):
        opened(Sealed(bytes(changed)), key=KEY, belongs=HERE)


@given(st.integers(min_value=1))
def test_cut_short_it_stays_shut(by: int) -> None:
    whole = box().box
    with pytest.raises(Shut):
        opened(Sealed(whole[: -(by % len(whole)) - 1]), key=KEY, belongs=HERE)


@pytest.mark.parametrize("part", range(len(HERE)))
def test_moved_to_another_row_person_column_or_compartment_it_stays_shut(part: int) -> None:
    elsewhere = tuple("8" if at == part else each for at, each in enumerate(HERE))
    with pytest.raises(Shut):
        opened(box(), key=KEY, belongs=elsewhere)


def test_parts_run_together_are_another_place() -> None:
    with pytest.raises(Shut):
        opened(box(), key=KEY, belongs=("notes", "words", "17", "", "pastoral"))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Shut):
        opened(box(), key=new_key(), belongs=HERE)
    wrapped = wrap(KEY, key=new_key(), belongs=HERE)
    with pytest.raises(Shut):
        unwrap(wrapped, key=new_key(), belongs=HERE)


def test_it_says_nothing_of_itself() -> None:
    for said in (str(box()), repr(box()), f"{box()}", repr([box()]), repr({"words": box()})):
        assert "sealed" in said
        assert "brother" not in said


@pytest.mark.parametrize("plain", ["words", b"words", b"\x01" * 300, memoryview(b"words")])
def test_a_sealed_column_takes_no_plain_words(plain: object) -> None:
    field = SealedField()
    field.set_attributes_from_name("words")
    field.model = type("Note", (), {})
    with pytest.raises(TypeError):
        field.get_prep_value(plain)
    with pytest.raises(TypeError):
        field.value_to_string(field.model())
