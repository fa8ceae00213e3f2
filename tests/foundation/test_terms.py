"""The glossary: two voices for each term, open to everyone, and none of them a stain."""

import re

import pytest
from django.urls import reverse

from daybook.foundation.access.roles import ROLES
from daybook.foundation.terms.queries import glossary

pytestmark = pytest.mark.django_db(transaction=True)

NEVER = re.compile(
    r"\b(risks?|alerts?|suspicious|suspects?|non-complian\w*|flag\w*|scor\w*|threat\w*"
    r"|de-?radicali\w*|extremis\w*|radicali\w*|inmates?|manipulat\w*|dangerous)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("role", sorted(ROLES.keys() - {"clerk"}))
def test_everyone_who_works_here_reads_the_glossary(world, role):
    answer = world.client(role).get(reverse("glossary"))
    assert answer.status_code == 200
    assert "Change of view" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(reverse("glossary")).status_code == 302


def test_every_term_speaks_in_both_voices(db):
    terms = glossary()
    assert len(terms) >= 25
    for term in terms:
        assert term.staff_words
        assert term.person_words
        assert term.meaning.endswith(".")
        assert term.person_words != term.staff_words
    assert [t.staff_words.casefold() for t in terms] == sorted(
        t.staff_words.casefold() for t in terms
    )


def test_what_somebody_does_and_how_somebody_sees_things_are_two_terms(db):
    terms = {term.key: term for term in glossary()}
    assert "does" in terms["disengagement"].meaning
    assert "Kept apart from what they do" in terms["change-of-view"].meaning


def test_no_term_labels_a_person(db):
    said = [word for t in glossary() for word in (t.staff_words, t.person_words, t.meaning)]
    assert [words for words in said if NEVER.search(words)] == []
