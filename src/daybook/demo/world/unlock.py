"""What must be known before some doors are opened: what staff do, and why, without a label."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from daybook.demo.world.chance import stream
from daybook.demo.world.knowing import OfficersOf
from daybook.demo.world.shapes import Person, UnlockNote

Said = tuple[str, str]
"""What staff do, and why."""

MEDICAL: Sequence[Said] = (
    ("The inhaler stays with the person, also in the yard.", "Asthma, says the nurse."),
    ("Offers the hand slowly and from the front: hears nothing on the left.", "Deaf on one side."),
    ("Something sweet at hand after a missed meal.", "Diabetes, agreed with health care."),
    ("No flashing torch through the hatch.", "Seizures, the last one in spring."),
    ("Time to sit up first, before anything is asked.", "Faints when up too fast."),
)
EVACUATION: Sequence[Said] = (
    ("Needs an arm on the stairs, and a chair below.", "Knee operated on this year."),
    ("Wake by hand: doesn’t hear the bell.", "Takes the hearing aids out at night."),
    ("Two to carry the wheelchair down.", "Can’t walk stairs."),
    ("Leads by voice, step by step.", "Sees very little."),
)
STAFF: Sequence[Said] = (
    ("One speaks, one stands back; says the name first.", "Startled when woken; agreed together."),
    ("Same two officers each morning, where possible.", "Hard weeks; known faces help."),
)
APART: Sequence[Said] = (
    ("Exercise and showers at other times.", "A quarrel over money; both asked for it."),
    ("Not on the same workshop, not in the same escort.", "Witness in the other’s hearing."),
    ("Visits in different halves of the day.", "Their families had words at the gate."),
    ("Different rooms at the health centre.", "An old story; one of them told an officer."),
)
INTERPRETER: Said = ("By phone, before anything is explained.", "Asked on arrival.")


def write_unlock_notes(
    seed: int,
    people: Sequence[Person],
    lives_on: Mapping[int, int],
    held_since: Mapping[int, date],
    officers: OfficersOf,
    until: date,
) -> tuple[UnlockNote, ...]:
    """Notes that stand at the end, a few of them late for review.

    One pair who are to be kept apart live on the same wing, as happens.
    """
    writer = _Writer(stream(seed, "unlock notes"), held_since, officers, until)
    here = writer.shuffled(sorted(lives_on))
    share = max(2, len(here) // 40)
    for kind, choices in (("medical", MEDICAL), ("evacuation", EVACUATION), ("staff", STAFF)):
        for number in range(share):
            writer.write(kind, choices[number % len(choices)], here.pop())
    for number, said in enumerate(APART):
        one, together = here.pop(), number == 0
        other = next((p for p in here if (lives_on[p] == lives_on[one]) is together), None)
        if other is not None:
            here.remove(other)
            writer.write("keep-apart", said, one, other)
    # Who needs an interpreter goes with a name, and names change nothing else.
    talking = _Writer(stream(seed, "interpreters"), held_since, officers, until)
    for person in sorted(lives_on):
        if people[person].needs_interpreter:
            talking.write("interpreter", INTERPRETER, person)
    return (*writer.notes, *talking.notes)


class _Writer:
    def __init__(
        self,
        rng: np.random.Generator,
        held_since: Mapping[int, date],
        officers: OfficersOf,
        until: date,
    ) -> None:
        self.rng, self.held_since, self.officers, self.until = rng, held_since, officers, until
        self.notes: list[UnlockNote] = []

    def shuffled(self, people: Sequence[int]) -> list[int]:
        return [people[int(i)] for i in self.rng.permutation(len(people))]

    def write(self, kind: str, said: Said, person: int, other: int | None = None) -> None:
        """One note, or the two of a keep-apart, by the officer who knows the person."""
        officers = self.officers.on(person, self.until)
        if not officers:
            return
        day = self.until - timedelta(days=int(self.rng.integers(1, 27)))
        since = max(day, *(self.held_since[p] for p in (person, other) if p is not None))
        # Looked at within four weeks, but for one that is a few days late, and one very late.
        late = {3: -3, 6: -9}.get(len(self.notes))
        days = late if late is not None else int(self.rng.integers(1, 22))
        review = self.until + timedelta(days=days)
        pair = len(self.notes) if other is not None else None
        by = officers[0]
        self.notes.append(UnlockNote(person, kind, *said, by, since, review, other, pair))
        if other is not None:
            self.notes.append(UnlockNote(other, kind, *said, by, since, review, person, pair))
