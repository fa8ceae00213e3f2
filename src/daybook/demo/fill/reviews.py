"""Twelve joint reviews: nine that ended, in every way there is, and one at each stage between."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.demo.world.chance import stream
from daybook.demo.world.joint import EXPLANATIONS, JOINTS, Joint, Laid
from daybook.foundation.access.models import Assignment
from daybook.foundation.audit.bulk import add_many, copy_rows
from daybook.foundation.cases.models import Case, TeamMember
from daybook.foundation.people.models import DateKind, KeyDate, PersonalOfficer, Stay
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models import Reflection, TrustStep
from daybook.understand.reviews.models import (
    Closing,
    Evidence,
    Hypothesis,
    HypothesisTest,
    Member,
    MemberMarks,
    Note,
    Review,
    SaidSince,
)
from daybook.understand.reviews.rules.closing import FADES_AFTER
from daybook.understand.reviews.vocabulary import STANDING

from .information import confirm
from .keys import REASON, Filling

Row = dict[str, Any]
WORKS_WITH = ("case-lead", "psychologist")
SPLIT = ("fits", "neither", "strongly-against")


def fill(filling: Filling) -> None:
    """Whom each befalls is drawn by lot, among those one case lead’s establishment holds."""
    telling = _Telling(filling)
    for number, joint in enumerate(JOINTS):
        telling.tell(number, joint)
    telling.write(filling)
    today = filling.world.until
    hearings = [
        (telling.whom[number], DateKind.HEARING, today - timedelta(days=ago), None)
        for number, joint in enumerate(JOINTS)
        for ago in joint.hearings
    ]
    add_many(
        KeyDate, ("person_id", "kind", "on", "noted_at"), hearings, by=filling.by, reason=REASON,
        person="person_id",
    )  # fmt: skip


class _Telling:
    """Collects the rows of every table, review by review."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.rows: dict[Any, list[Row]] = {
            model: []
            for model in (
                Case, TeamMember, Review, Member, Hypothesis, Evidence, HypothesisTest,
                MemberMarks, Note, Closing, SaidSince, TrustStep,
            )
        }  # fmt: skip
        going_on = Case.objects.filter(closed_at__isnull=True, ends_on__gt=timezone.localdate())
        case = going_on.order_by("opened_at").first()
        assert case is not None
        self.case = case
        team = TeamMember.objects.filter(case=case, until__isnull=True)
        self.team = [
            next(
                member.staff_id
                for member in team.order_by("id")
                if Assignment.objects.filter(
                    staff_id=member.staff_id, role=role, until__isnull=True
                ).exists()
            )
            for role in WORKS_WITH
        ]
        self.whom = self._drawn(filling)

    def _drawn(self, filling: Filling) -> list[int]:
        """People with a personal officer, who live where the team works; nobody twice."""
        home = Stay.objects.filter(person_id=self.case.person_id, ended_at__isnull=True).get()
        stays = Stay.objects.filter(
            ended_at__isnull=True,
            unit__establishment_id=home.unit.establishment_id,
            person_id__in=PersonalOfficer.objects.filter(until__isnull=True).values("person_id"),
        )
        taken = set(Case.objects.filter(closed_at__isnull=True).values_list("person_id", flat=True))
        people = list(stays.order_by("person_id").values_list("person_id", flat=True))
        order = stream(filling.world.seed, "joint reviews").permutation(len(people))
        return [people[int(at)] for at in order if people[int(at)] not in taken]

    def tell(self, number: int, joint: Joint) -> None:
        person, review = self.whom[number], new_key()
        ended = (joint.ended_ago or 6 + 3 * number) if joint.ended else 0
        opened = ended + 24 if joint.ended else 12
        officer = PersonalOfficer.objects.filter(person_id=person, until__isnull=True).first()
        assert officer is not None
        team = [*self.team, officer.staff_id]
        of = {"review_id": review, "person_id": person}
        self._case(person, opened + 9, officer.staff_id)
        self.rows[Review].append(self._review(review, person, joint, opened, ended))
        members = self._members(of, team, joint, opened)
        named = self._explanations(of, team[0], joint, opened)
        reports = confirm(self.filling, person, joint.reports, readers=self.team, ago=opened - 1)
        keys = [
            self._lay(of, team, laid, opened, ended, at, reports)
            for at, laid in enumerate(joint.items)
        ]
        if joint.stage == "gathering":
            self._from_the_record(of, person, team[0])
        for key, laid in zip(keys, joint.items, strict=True):
            for slug in laid.tests:
                self.rows[HypothesisTest].append(
                    self._said(of, team[0], opened - 8, hypothesis_id=named[slug], evidence_id=key)
                )
        if joint.stage in ("open", "closed"):
            self._marks(of, members, keys, joint, ended)
        if joint.stage == "rating":
            # One of them has begun, and nobody else reads it.
            self._mark(of, members[0], keys[0], {"genuine": "fits", "habit": "against"}, 1)
        if joint.noted:
            split = next(at for at, laid in enumerate(joint.items) if laid.split)
            self.rows[Note].append(
                self._said(
                    of, team[1], ended + 1, evidence_id=keys[split],
                    hypothesis_id=named[joint.items[split].split], words=joint.noted,
                )
            )  # fmt: skip
        if joint.ended:
            self._close(of, team[0], joint, ended, number)

    def _case(self, person: int, ago: int, officer: int) -> None:
        """The case within which the team works with somebody."""
        today, key = timezone.localdate(), new_key()
        self.rows[Case].append(
            {
                "id": key, "person_id": person, "lead_id": self.team[0],
                "legal_basis": "Prison Act, section 12: preparation for release",
                "opened_for": "To plan what comes next together with the person.",
                "opened_at": _before(ago), "review_on": today + timedelta(days=20),
                "ends_on": today + timedelta(days=90), "closed_because": "",
            }
        )  # fmt: skip
        probation = TeamMember.objects.filter(
            case=self.case,
            until__isnull=True,
            staff__in=Assignment.objects.filter(role="probation-officer").values("staff"),
        ).first()
        others = [probation.staff_id] if probation else []
        for staff in dict.fromkeys([*self.team, officer, *others]):
            self.rows[TeamMember].append(
                {"id": new_key(), "case_id": key, "staff_id": staff, "part": "",
                 "since": _before(ago)}
            )  # fmt: skip

    def _review(self, key: UUID, person: int, joint: Joint, opened: int, ended: int) -> Row:
        rated = joint.stage != "gathering"
        return {
            "id": key, "person_id": person, "question": joint.question,
            "written_by_id": self.team[0], "written_at": _before(opened),
            "rating_since": _before(ended + 5 if joint.ended else 3) if rated else None,
            "matrix_since": (
                _before(ended + 2 if joint.ended else 1)
                if joint.stage in ("open", "closed") else None
            ),
            "ended_at": _before(ended) if joint.ended else None, "given_up_because": "",
        }  # fmt: skip

    def _members(self, of: Row, team: list[int], joint: Joint, opened: int) -> list[UUID]:
        found = []
        for staff, role in zip(team, (*WORKS_WITH, _part(team[2])), strict=True):
            signed = joint.stage in ("open", "closed")
            asked = joint.stage == "gathering" and staff == team[2]
            row = self._said(
                of, team[0], opened, staff_id=staff, part=role,
                accepted_at=None if asked else _before(opened - 1),
                finished_at=_before(opened - 20 if joint.ended else 1) if signed else None,
            )  # fmt: skip
            self.rows[Member].append(row)
            found.append(row["id"])
        return found

    def _explanations(self, of: Row, by: int, joint: Joint, opened: int) -> dict[str, UUID]:
        named = {}
        for kind in STANDING:
            row = self._said(
                of, by, opened, slug=kind.value, kind=kind.value, words="",
                against=joint.against.get(kind.value, ""), dropped_because="",
            )  # fmt: skip
            self.rows[Hypothesis].append(row)
            named[kind.value] = row["id"]
        words, against = joint.own
        if words:
            key = new_key()
            self.rows[Hypothesis].append(
                self._said(of, by, opened - 1, id=key, slug=f"own-{key.hex[-12:]}", kind="own",
                           words=words, against=against, dropped_because="")
            )  # fmt: skip
        return named

    def _lay(
        self, of: Row, team: list[int], laid: Laid, opened: int, ended: int, at: int,
        reports: list[UUID],
    ) -> UUID:  # fmt: skip
        confirms = None if laid.confirms is None else reports[laid.confirms]
        row = self._said(
            of, team[laid.by], opened - 2 - at % 6, dimension=laid.row, source=laid.source,
            what=laid.what, words=laid.words, innocent=laid.innocent,
            seen_on=timezone.localdate() - timedelta(days=laid.ago + max(ended, 3)),
            told_by=laid.told_by, record_kind="information" if confirms else "", record=confirms,
            origin="", struck_because="",
        )  # fmt: skip
        self.rows[Evidence].append(row)
        key: UUID = row["id"]
        return key

    def _from_the_record(self, of: Row, person: int, by: int) -> None:
        """What two reflections say, laid from where they were written."""
        written = Reflection.objects.filter(
            person_id=person, withdrawn_at__isnull=True, struck_at__isnull=True
        ).exclude(seen_heard="")
        for at, entry in enumerate(written.order_by("-day", "id")[:2]):
            self.rows[Evidence].append(
                self._said(
                    of, by, 4, dimension="observers" if at else "time", source="reflection",
                    what="done", words=entry.seen_heard[:2000],
                    innocent="A day like others, perhaps.", seen_on=entry.day, told_by="",
                    record_kind="reflection", record=entry.pk, origin="", struck_because="",
                )
            )  # fmt: skip

    def _marks(
        self, of: Row, members: list[UUID], keys: list[UUID], joint: Joint, ended: int
    ) -> None:
        for key, laid in zip(keys, joint.items, strict=True):
            for at, member in enumerate(members):
                if laid.confirms is not None and at >= len(self.team):
                    # Read by whoever the desk gave a copy, and marked by nobody else.
                    continue
                said = {
                    slug: marked(laid, slug, at)
                    for slug in EXPLANATIONS
                    if slug in (*laid.against, *laid.fits, laid.split) or at != 1
                }
                self._mark(of, member, key, said, ended + 3 if joint.ended else 2)

    def _mark(self, of: Row, member: UUID, key: UUID, said: dict[str, str], ago: int) -> None:
        self.rows[MemberMarks].append(
            {"id": new_key(), **of, "member_id": member, "evidence_id": key,
             "marks": json.dumps(said), "written_at": _before(ago)}
        )  # fmt: skip

    def _close(self, of: Row, by: int, joint: Joint, ended: int, number: int) -> None:
        told = joint.ended
        assert told is not None
        row = self._said(
            of, by, ended, least=list(told.least), because=told.because,
            would_change=told.would_change, support=told.support,
            support_words=told.support_words, next_look=told.next_look, dissent=told.dissent,
            nobody_differs=not told.dissent, means_for_harm=told.harm, means_for_needs=told.needs,
            person_said="" if told.not_yet else told.said,
            person_how="not-yet" if told.not_yet else "", person_because=told.not_yet,
        )  # fmt: skip
        next_on = timezone.localdate() + timedelta(days=(10, 40)[number % 2] + 2 * number)
        self.rows[Closing].append(row | {"next_on": next_on, "fades_on": next_on + FADES_AFTER})
        if told.not_yet:
            self.rows[SaidSince].append(
                self._said(of, by, ended - 4, words=told.said, rather_not=False)
            )
        if told.support == "trust":
            self.rows[TrustStep].append(
                {"id": row["id"], "person_id": of["person_id"], "what": told.support_words,
                 "offered_on": timezone.localdate() - timedelta(days=ended),
                 "offered_by_id": by, "note": ""}
            )  # fmt: skip

    def _said(self, of: Row, by: int, ago: int, **said: Any) -> Row:
        return {"id": new_key(), **of, "written_by_id": by, "written_at": _before(ago)} | said

    def write(self, filling: Filling) -> None:
        for model, rows in self.rows.items():
            if not rows:
                continue
            columns = tuple(rows[0])
            values = [[row[name] for name in columns] for row in rows]
            if model is MemberMarks:
                copy_rows(model, columns, values)
                continue
            about = "person_id" if "person_id" in columns else ""
            add_many(model, columns, values, by=filling.by, reason=REASON, key="id", person=about)


def marked(laid: Laid, slug: str, member: int) -> str:
    """How a member marked this explanation of an item."""
    if slug == laid.split:
        return SPLIT[member]
    if slug in laid.against:
        return "strongly-against" if member == 0 and slug == laid.against[0] else "against"
    return "fits" if slug in laid.fits else "neither"


def _part(staff: int) -> str:
    held = Assignment.objects.filter(staff_id=staff, until__isnull=True)
    own = held.filter(role="personal-officer").exists()
    return "personal-officer" if own else "wing-officer"


def _before(days: int) -> datetime:
    """So many days ago, an hour before now, and never to come."""
    return timezone.now() - timedelta(days=max(days, 0), hours=1)
