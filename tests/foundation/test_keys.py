"""Keys sort in the order they were made, and say which version they are."""

from daybook.foundation.registry.keys import new_key


def test_keys_made_one_after_the_other_sort_that_way_and_never_repeat():
    keys = [new_key() for _ in range(2_000)]
    assert len(set(keys)) == len(keys)
    assert [key.int >> 64 for key in keys] == sorted(key.int >> 64 for key in keys)
    assert {(key.version, key.variant) for key in keys} == {(7, keys[0].variant)}
