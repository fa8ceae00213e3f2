"""Who may reach what: the page says what the table in code says, to everyone."""

import html

import pytest
from django.urls import reverse

from daybook.foundation.access.roles import ROLES, WRITE, Compartment, Reach, Right
from daybook.foundation.access.words import KINDS, WHOM, kinds_in_words, roles_in_words

pytestmark = pytest.mark.django_db(transaction=True)

HELD_BY_PEOPLE = sorted(ROLES.keys() - {"clerk"})


def test_every_reach_and_every_kind_of_record_has_words():
    assert WHOM.keys() == set(Reach)
    assert KINDS.keys() == set(Compartment)


@pytest.mark.parametrize("role", HELD_BY_PEOPLE)
def test_everyone_reads_the_table_and_finds_their_own_role(world, role):
    answer = world.client(role).get(reverse("access:roles"))
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    for other in HELD_BY_PEOPLE:
        assert str(ROLES[other].name) in said
        assert str(ROLES[other].sentence) in said
    assert said.count("you hold this role") == 1
    own = said.partition(f'id="{role}"')[2].partition("</li>")[0]
    assert "you hold this role" in own


def test_the_page_says_neither_more_nor_less_than_the_table(world):
    with world.viewing("governor") as viewer:
        said = {role.key: dict(role.may) for role in roles_in_words(viewer=viewer)}
    for key, role in ROLES.items():
        if key == "clerk":
            continue
        for compartment, (name, _) in KINDS.items():
            rights = role.rights.get(compartment, set()) if role.reach is not Reach.NONE else set()
            verbs = {verb for verb, kinds in said[key].items() if str(name) in kinds}
            expected = {
                frozenset(): set(),
                frozenset({Right.READ}): {"Reads"},
                frozenset({Right.READ, Right.WRITE}): {"Reads and writes"},
                WRITE: {"Adds, and reads back only their own"},
            }[frozenset(rights)]
            assert verbs == expected, (key, compartment)


def test_what_is_told_in_confidence_names_its_one_reader():
    kinds = {kind.name: kind for kind in kinds_in_words()}
    assert kinds["Pastoral care"].readers == []
    assert kinds["Pastoral care"].adders == ["Chaplain"]
    assert kinds["Health"].readers == ["Psychologist", "On-call care"]
    assert kinds["Who a source is"].readers == []


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(reverse("access:roles")).status_code == 302
