"""Which locked tables the log commits to; each other one has its reason here."""

import pytest

from daybook.foundation.audit.commitments import signed_tables

pytestmark = pytest.mark.django_db(transaction=True)

# Tables whose rows a trigger keeps from being changed, and to which no entry commits.
NOT_SIGNED = {
    "audit_entry": "the log itself",
    "audit_leaf": "the log itself, under the tree",
    "audit_node": "the tree",
    "audit_head": "signed by itself",
    "audit_salt": "what commitments are made with",
    "instruments_definition": "what is asked, of nobody; answers name the version",
    "staff_competence": "a training of a colleague; its entry in the log says who wrote it",
    "assessments_assessment": "opened, signed and closed by what is signed",
    "assessments_draft": "typed and not signed yet",
    "equality_declaration": "taken back at will; nobody reads it, so no entry repeats it",
    "cases_case": "renewed, handed over and closed; each review is signed",
    "information_concern": "moved on by steps, which are signed",
    "cases_teammember": "begins and ends; its entry in the log says who and when",
    "duties_action": "lives until it is closed",
    "reflections_earlierwords": "words of a channel, about nobody",
    "reflections_move": "the copy it made names it, and the strike is signed",
    "reflections_truststep": "grows from being offered to being kept",
    "reflections_care": "lapses with the next meeting",
    "safety_call": "Daybook’s own calling, around a signed concern",
    "safety_turn": "who is on duty, about nobody in custody",
    "shifts_staffpart": "an offer of support to a colleague, and the answer",
    "reviews_membermarks": "drafts until their member signs; they go with an item that is erased",
    "training_habit": "worked out of ratings, which are signed",
    "reviews_recordreading": "worked out of ratings, which are signed, and anew each night",
    "reviews_recordquality": "counted from reflections, which are signed, and anew each night",
    "vault_datakey": "keys, no records",
    "access_proposal": "the table as shipped, known by its fingerprint",
    "access_approval": "names the fingerprint it approves, as its entry does",
    "retention_setlimit": "a limit, about nobody",
    "retention_erasure": "grows from being listed to being carried out, told to a ledger outside",
    "retention_hold": "placed and lifted; its entries say who and when",
    "confidences_consent": "given and taken back; its entries say who and when",
    "disclosures_accessrequest": "a decision; the log has it with its reason",
    "contests_correction": "grows from being owed to being told; its entry says to whom and how",
    "disclosures_disclosure": "repeats what the log says of each disclosure",
}


def test_what_is_locked_is_signed_or_says_why_not(owner_connection):
    locked = {
        table
        for (table,) in owner_connection.execute(
            # 8: before a row is removed; 16: before it is changed.
            "select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
            " where not t.tgisinternal and t.tgtype & 2 = 2 and t.tgtype & 24 > 0"
            # These bind the eraser alone, and lock nothing.
            " and t.tgname !~ '_erased_as_approved$'"
            " and c.relnamespace = 'public'::regnamespace and c.relname !~ '^procrastinate_'"
            # What asks of the role that erases alone locks nothing for anybody else.
            " and t.tgname not like '%\\_erased\\_as\\_approved'"
        )
    }
    parts = {part.table for signed in signed_tables.values() for part in signed.parts}
    committed = signed_tables.keys() | parts
    assert not committed & NOT_SIGNED.keys()
    assert locked <= committed | NOT_SIGNED.keys()
    assert committed <= locked, "signed, and yet nothing locks it"
