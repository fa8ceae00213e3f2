"""Every door of the house: who may open it, and a form that would change something behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from daybook.foundation.access.roles import (
    AT_AN_ESTABLISHMENT,
    CLERK,
    ROLES,
    Compartment,
    Reach,
    Right,
    Role,
)
from daybook.foundation.registry.keys import new_key
from daybook.foundation.vault.actions import seal
from daybook.foundation.vault.fields import Slot
from tests.observe.information.furnished import exchanged, informed, urged
from tests.understand.assessments.furnished import assessed
from tests.understand.reviews.doors import a_closing, at_each_stage, rated_once
from tests.world import World

C, R = Compartment, Right
May = Callable[[Role], bool]
Given = dict[str, Any]

STAFF_ROLES = [role for role in ROLES.values() if role is not CLERK]
PLACES = (Reach.UNIT, Reach.ESTABLISHMENT, Reach.SERVICE)


# ---- Who may ----


def anyone(role: Role) -> bool:
    return True


def may(*rights: Right, of: Compartment = C.WING) -> May:
    """About a person in reach: whoever holds all of these rights in the compartment."""
    return lambda role: set(rights) <= role.rights.get(of, frozenset())


def there(*rights: Right, of: Compartment = C.WING) -> May:
    """About a unit: the same, for those whose reach is a place."""
    return lambda role: role.reach in PLACES and may(*rights, of=of)(role)


def only(*keys: str) -> May:
    return lambda role: role.key in keys


def either(role: Role) -> bool:
    """Whoever reads on the wing, or writes there and reads back their own."""
    return bool(role.rights.get(C.WING))


def raises(role: Role) -> bool:
    """Whoever knows people, but for those who look at the whole service."""
    return role.reach not in (Reach.NONE, Reach.SERVICE)


def contests(role: Role) -> bool:
    """Whoever reads on the wing, but for those who look at the whole service."""
    return reads(role) and role.reach is not Reach.SERVICE


reads, writes, both = may(R.READ), may(R.WRITE), may(R.READ, R.WRITE)
TEAM = only("case-lead", "psychologist", "probation-officer", "oversight")
LEAD = only("case-lead")
KEEPS_DESKS = only("administrator", "head-of-unit", "duty-manager")
LEADS = may(R.WRITE, of=C.IDENTITY)
TELLS = may(R.WRITE, of=C.COMPLAINTS)
CUSTODIAN = only("complaints-custodian")
HEARS = only("chaplain", "psychologist", "on-call-care")
STRIKES = only("case-lead", "head-of-unit", "duty-manager")
BREAKS_GLASS = may(R.WRITE, of=C.BREAK_GLASS)
SEES_FAIRNESS = only(
    "governor", "duty-manager", "head-of-unit", "oversight", "data-protection-officer"
)
COUNTS = only("governor", "oversight", "data-protection-officer")
PROTECTS_DATA = only("data-protection-officer")
KEEPS_LIMITS = only("data-protection-officer", "governor")
GIVES = only("data-protection-officer", "case-lead")
HOLDS = only("data-protection-officer", "governor", "duty-manager")
DECIDES = only(
    "duty-manager", "head-of-unit", "case-lead", "psychologist", "probation-officer",
    "on-call-care",
)  # fmt: skip
ANALYST = only("analyst")
REPORTS = may(R.WRITE, of=C.INFORMATION)
READS_CONFIRMED = only(
    "duty-manager", "head-of-unit", "case-lead", "analyst", "governor", "probation-officer"
)
READS_THIS = only(
    "duty-manager", "head-of-unit", "case-lead", "analyst", "governor", "oversight",
    "source-custodian",
)  # fmt: skip


READS_CASEWORK, WRITES_CASEWORK = may(R.READ, of=C.CASEWORK), may(R.WRITE, of=C.CASEWORK)
CASEWORKERS = may(R.READ, R.WRITE, of=C.CASEWORK)
TRAINS = only("training-unit")
SEES_REVIEW = READS_CASEWORK
TAKE_PART = only("case-lead", "head-of-unit")
ASKED_AFTERWARDS = only("case-lead", "psychologist", "probation-officer", "head-of-unit")
MAKES_IT_AN_ACTION = only("head-of-unit", "duty-manager", "probation-officer")


def works_on_cases(role: Role) -> bool:
    """Whoever reads casework, or writes it and reads back their own."""
    return bool(role.rights.get(C.CASEWORK))


def hands_over(role: Role) -> bool:
    """Whoever knows people and writes on the wing; nobody who looks at the whole service."""
    return writes(role) and role.reach is not Reach.SERVICE


# ---- What is sent ----


def nothing(given: Given) -> Given:
    return {}


def keyed(**said: Any) -> Callable[[Given], Given]:
    """A form with a key of its own, made when the page is drawn."""
    return lambda given: {"key": new_key(), **said}


def sent(**said: Any) -> Callable[[Given], Given]:
    return lambda given: dict(said)


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_report(given: Given, *, number: bool = False) -> Given:
    said = {
        "key": new_key(), "behaviour": "threatened", "harmed": ["staff"], "how": "By words.",
        "fact": "Raised a fist.", "sure": "saw", "assessment": "", "ordinary": "regime",
        "ordinary_words": "No exercise for two days.", "happened_on": today(), "place": "Here",
        "whoever": "on",
    }  # fmt: skip
    return said | ({"number": given["number"]} if number else {})


def a_round(given: Given) -> Given:
    return {"key": new_key(), "person": given["person"], "contact": "seen", "difference": ""}


def a_sheet(given: Given) -> Given:
    row = f"person-{given['person']}"
    return {"day": today(), "at": "", f"{row}-key": new_key(), f"{row}-contact": "seen"}


def a_usual(given: Given) -> Given:
    return {
        "key": new_key(), "replaces": given["pattern"], "words": "Sings.", "own_words": "",
        "review_on": today(30), "signs-TOTAL_FORMS": "0", "signs-INITIAL_FORMS": "0",
    }  # fmt: skip


def a_discussion(given: Given) -> Given:
    return {
        "seen": "", "facts": "Slept badly.", "stance": "", "dissent": "", "went_well": "",
        "ordinary": "Noise at night.", "regime": "No exercise for two days.", "other": "",
        "care": "check-in", "what_1": "Ask for a quieter cell", "owner_1": given["officer"],
        "due_on_1": today(2),
        "key_ordinary": new_key(), "key_regime": new_key(), "key_what_1": new_key(),
    }  # fmt: skip


def an_event(given: Given) -> Given:
    return {
        "key": new_key(), "kind": "game", "place": "Yard", "on": today(-1), "at": "15:00",
        "fact": "Six a side.", "people": [given["person"]], "part": "Played.",
    }  # fmt: skip


def what_follows(given: Given) -> Given:
    return {
        "key": new_key(), "person_id": given["person"], "what": "A ball for the yard",
        "owner_id": given["officer"], "due_on": today(2),
    }  # fmt: skip


def a_plan(given: Given) -> Given:
    return {
        "key": new_key(), "replaces": given["plan"], "what": "Knock.", "who": "The landing",
        "every_minutes": "30", "review_on": today(3),
    }  # fmt: skip


def a_turn(given: Given) -> Given:
    at = f"at-{given['prison']}"
    return {
        f"{at}-key": new_key(), f"{at}-who": f"manager:{given['manager']}",
        f"{at}-since": f"{today(1)}T08:00", f"{at}-until": f"{today(1)}T16:00",
    }  # fmt: skip


def an_end(given: Given) -> Given:
    return {
        "went_well": "Tea.", "how_we_are": "Tired.", "theme": "none today",
        "carried_because": "No time.",
    }  # fmt: skip


def asks(role: Role) -> bool:
    """Whoever works with people, but for whoever puts information into context."""
    return raises(role) and role.key != "analyst"


def asks_about_sources(role: Role) -> bool:
    return may(R.READ, of=C.INFORMATION)(role) and role.reach is not Reach.SERVICE


def a_question(given: Given) -> Given:
    return {
        "key": new_key(), "number": given["number"], "kept": "pastoral",
        "words": "May he share a cell?", "reason": "He moves tomorrow.",
    }  # fmt: skip


def about_a_source(given: Given) -> Given:
    return {"key": new_key(), "source": given["source"], "words": "Is it safe?", "reason": "Fear."}


def a_word(given: Given) -> Given:
    return {"key": new_key(), "how": "On paper.", "given_on": today(), "until": today(30)}


def a_new_lead(given: Given) -> Given:
    return {"to": given["second officer"]}


def the_officers(given: Given) -> Given:
    return {
        "A": given["side A"], "seen_A": given["side A"],
        "B": given["second officer"], "seen_B": given["officer"],
    }  # fmt: skip


def a_cover(given: Given) -> Given:
    return {
        "officer_id": given["officer"], "staff_id": given["second officer"], "first": today(5),
        "last": today(6),
    }  # fmt: skip


def back_now(given: Given) -> Given:
    return {"on": today(), "at": timezone.localtime().strftime("%H:%M")}


def left_again(given: Given) -> Given:
    """The second tap of whoever wrote the escort that is there."""
    return {"key": given["escort"], "kind": "hospital"} | back_now(given)


def gone(given: Given) -> Given:
    return {"stay": given["stay"], "to": "released"} | back_now(given)


def somebody_new(given: Given) -> Given:
    return {
        "key": new_key(), "given_name": "Noor", "pronoun": "she", "status": "remand",
        "since": today(), "unit": given["unit key"],
    } | back_now(given)  # fmt: skip


def no_more_cover(given: Given) -> Given:
    return {
        "officer_id": given["officer"], "staff_id": given["second officer"],
        "until": given["cover ends"],
    }  # fmt: skip


def apart_again(given: Given) -> Given:
    """The decision that stands already, sent a second time."""
    return {
        "key": given["separation"], "apart_for": "order", "reason": "A fight.", "instead": "Talks.",
        "remedy": "A complaint.", "until_on": today(),
    }  # fmt: skip


# ---- The doors ----


@dataclass(frozen=True)
class Door:
    """``get`` and ``post``: who of those that reach the place or person may; None for nobody,
    because the door answers no such request. ``send``: a form that is taken as it is. ``office``:
    who may is so by their office, wherever the record lies, and reaches nobody for it."""

    get: May | None = anyone
    post: May | None = None
    send: Callable[[Given], Given] = nothing
    office: bool = False
    file: bool = False
    """What is sent is answered with a file, and leads nowhere."""

    def asks(self) -> Iterator[tuple[str, May]]:
        if self.get:
            yield "get", self.get
        if self.post:
            yield "post", self.post


DAY = {"staff_present": 3, "hours_locked_down": 2, "incident": "", "event": "", "feast": ""}
DATES = {"review_on": today(20), "ends_on": today(40)}
ENTRY = {"contact": "talk", "seen_heard": "Laughed."}

DOORS: dict[str, Door] = {
    # About nobody in particular: each shows its reader's own part of the service.
    "home": Door(),
    "search": Door(post=anyone, send=sent(q="amir")),
    "glossary": Door(),
    "access:roles": Door(),
    "access:approve": Door(None, PROTECTS_DATA),
    "sign-in": Door(),
    "sign-out": Door(get=None, post=anyone),
    "lock": Door(get=None, post=anyone),
    "still-here": Door(get=None, post=anyone),
    "my-badge": Door(anyone, anyone),
    "training:my-scale": Door(),
    "training:how-alike": Door(TRAINS),
    "training:how-assessors-agree": Door(TRAINS),
    "training:who-is-trained": Door(TRAINS, TRAINS, lambda given: {
        "key": new_key(), "number": "case-lead", "for_what": "assessing-needs", "since": today(),
        "until": today(300), "how": "Two days.",
    }),
    "training:take-back": Door(None, TRAINS, office=True),
    "training:my-answers": Door(),
    "training:my-training": Door(),
    # Before anybody is signed in: tests of signing in try each.
    "ask-for-key": Door(get=None, post=anyone),
    "second-factor": Door(),
    "ask-for-second-key": Door(get=None, post=anyone),
    "set-up-factor": Door(),
    "ask-for-first-key": Door(get=None, post=anyone),
    # There is none in this world.
    "provider": Door(only()),
    "provider-back": Door(only()),
    # One's own.
    "how-i-sign-in": Door(),
    "prove": Door(anyone, anyone),
    "add-key": Door(anyone, anyone),
    "ask-for-new-key": Door(get=None, post=anyone),
    "add-device": Door(anyone, anyone),
    "print-codes": Door(anyone, anyone),
    "remove-factor": Door(get=None, post=anyone),
    "change-password": Door(anyone, anyone),
    "end-sign-in": Door(get=None, post=anyone),
    "desks": Door(KEEPS_DESKS, KEEPS_DESKS),
    "end-desk": Door(None, KEEPS_DESKS),
    "equality:thanks": Door(),
    "alive": Door(),
    "ready": Door(),
    "duties:mine": Door(),
    "duties:notices": Door(),
    "duties:all-seen": Door(None, anyone, sent(until=f"{today(1)}T00:00:00Z")),
    "duties:wishes": Door(anyone, anyone),
    "cases:mine": Door(),
    "carry:arrive": Door(None, anyone),
    "carry:looks": Door(),
    "carry:offline": Door(),
    "carry:worker": Door(),
    "safety:raise": Door(raises),
    "safety:concerns": Door(may(R.READ, of=C.SAFETY)),
    "safety:on-duty": Door(
        lambda role: role.reach in AT_AN_ESTABLISHMENT | {Reach.UNIT}, only("duty-manager"), a_turn
    ),
    "reflections:boards": Door(there(R.READ)),
    "reflections:meetings": Door(),
    "reflections:my-people": Door(writes),
    "reflections:written": Door(writes),
    "conduct:tell": Door(TELLS, TELLS, lambda given: {
        "key": new_key(), "about": "", "about_words": "Somebody", "fact": "Shouted.",
        "seen_on": today(), "place": "Here", "establishment": 1, "number": "",
    }),
    "conduct:mine": Door(TELLS),
    "conduct:received": Door(CUSTODIAN),
    "conduct:outcomes": Door(only("governor", "oversight")),
    "reflections:sealed": Door(PROTECTS_DATA, PROTECTS_DATA),
    "disclosures:asked": Door(GIVES, PROTECTS_DATA),
    # About anybody for data protection; for a case lead about whom they lead a case.
    "disclosures:ask": Door(
        GIVES, GIVES,
        keyed(recipient="Amir Kaya", asked_on=today(), justification="Prison Act, section 30."),
        office=True,
    ),
    "disclosures:about": Door(
        GIVES, GIVES,
        keyed(recipient="The court", what="Reflections of May", purpose="A hearing",
              legal_basis="Prison Act, section 31.", handling=""),
        office=True,
    ),
    "contests:take": Door(
        contests, contests, keyed(words="It was not me.", language="en", given="spoken")
    ),
    "contests:one": Door(reads, STRIKES, keyed(outcome="stands", reasons="Seen by three.")),
    "contests:tell": Door(GIVES, GIVES, sent(on=today(), how="By letter."), office=True),
    "disclosures:request": Door(GIVES, office=True),
    "disclosures:paper": Door(None, GIVES, office=True, file=True),
    "disclosures:data": Door(None, GIVES, office=True, file=True),
    "retention:due": Door(KEEPS_LIMITS, KEEPS_LIMITS),
    "retention:holds": Door(HOLDS, PROTECTS_DATA),
    "retention:periods": Door(anyone, PROTECTS_DATA),
    "retention:hold": Door(
        only("governor", "duty-manager"), only("governor", "duty-manager"),
        keyed(ground="court", reason="Court, 12/26."),
    ),
    "breakglass:open": Door(BREAKS_GLASS),
    "breakglass:reviews": Door(only("head-of-unit", "data-protection-officer", "oversight")),
    # About a unit or an establishment.
    "safety:unlock-sheet": Door(there(R.READ, of=C.SAFETY)),
    "safety:unlock-pdf": Door(there(R.READ, of=C.SAFETY)),
    "safety:evacuation": Door(there(R.READ, of=C.SAFETY)),
    "safety:evacuation-of-all": Door(
        lambda role: role.reach in PLACES[1:] and may(R.READ, of=C.SAFETY)(role)
    ),
    "safety:apart-now": Door(may(R.READ, of=C.SAFETY)),
    "safety:check-ins": Door(there(R.READ, of=C.SAFETY)),
    "safety:wing-sheet": Door(there(R.WRITE)),
    "reflections:board": Door(there(R.READ)),
    "reflections:unit-day": Door(there(R.READ, R.WRITE), there(R.READ, R.WRITE), sent(**DAY)),
    "reflections:from-paper": Door(there(R.WRITE), there(R.WRITE), a_sheet),
    "reflections:round": Door(there(R.WRITE), there(R.WRITE), a_round),
    "reflections:begin-meeting": Door(there(R.READ), there(R.READ, R.WRITE), sent(shift="late")),
    "people:officers": Door(there(R.WRITE, of=C.IDENTITY)),
    "people:officers-of": Door(
        there(R.WRITE, of=C.IDENTITY), there(R.WRITE, of=C.IDENTITY), the_officers
    ),
    "people:cover": Door(there(R.WRITE, of=C.IDENTITY), there(R.WRITE, of=C.IDENTITY), a_cover),
    "people:end-cover": Door(None, there(R.WRITE, of=C.IDENTITY), no_more_cover),
    "shifts:asked": Door(there(R.READ)),
    "shifts:handover": Door(there(R.READ), there(R.READ, R.WRITE), keyed(words="Tea.")),
    "shifts:log": Door(there(R.READ), there(R.READ, R.WRITE)),
    "shifts:write-event": Door(there(R.WRITE), there(R.WRITE), an_event),
    "shifts:left-us": Door(there(R.WRITE)),
    "carry:carry": Door(there(R.WRITE)),
    # About a person.
    "shifts:asked-by": Door(either, writes, keyed(asked="Bread.", asked_on=today())),
    "shifts:request": Door(reads, both, keyed(seen=0, kind="kept")),
    "shifts:event": Door(reads, there(R.READ, R.WRITE), what_follows),
    # Nobody has just left the unit.
    "shifts:last-note": Door(only(), only(), keyed(words="Likes tea.")),
    # About a colleague: they, who have no line here, and whoever leads the unit.
    "shifts:support": Door(only("head-of-unit")),
    "shifts:offer-support": Door(None, only("head-of-unit")),
    "shifts:answer-support": Door(None, only("head-of-unit")),
    "people:ahead": Door(either, writes, keyed(kind="visit", on=today(3), at="14:00", words="")),
    "people:call-off": Door(None, both),
    "people:call-on": Door(None, both),
    "people:admit": Door(LEADS, LEADS, somebody_new),
    # The person holds the screen: once they are done it is locked, and leads to no other page.
    "equality:of-myself": Door(hands_over, hands_over, keyed(**{"say-sex": "woman"})),
    "equality:take-back": Door(None, hands_over),
    "people:move": Door(LEADS, LEADS, gone),
    "people:leave": Door(both, both, left_again),
    "people:back": Door(both, both, back_now),
    "people:did-not-leave": Door(None, both),
    "reflections:person": Door(may(R.READ, of=C.IDENTITY)),
    "reflections:chart": Door(reads),
    "reflections:reflect": Door(writes, writes, keyed(**ENTRY)),
    "reflections:usual": Door(reads, both, a_usual),
    "reflections:told": Door(reads, both, keyed(on=today(), language="en", said="Fine.")),
    "reflections:answer": Door(LEADS, LEADS, keyed(words="We did.", on=today(), language="en",
                                                   how="in-person")),
    "reflections:add-strength": Door(both, both, keyed(words="Patient.")),
    "reflections:offer-trust": Door(both, both, keyed(what="Library", on=today())),
    "reflections:trust-step": Door(reads, both, sent(answer="taken", on=today(), note="Glad.")),
    "cases:open": Door(
        may(R.WRITE, of=C.CASES),
        may(R.WRITE, of=C.CASES),
        keyed(legal_basis="Act 1", opened_for="Help", **DATES),
    ),
    "safety:raise-for": Door(raises, raises, keyed(kind="health")),
    "safety:keep-safe": Door(may(R.READ, of=C.SAFETY)),
    "safety:make-plan": Door(DECIDES, DECIDES, a_plan),
    "safety:notes": Door(may(R.READ, of=C.SAFETY)),
    "safety:add-note": Door(
        may(R.WRITE, of=C.SAFETY),
        may(R.WRITE, of=C.SAFETY),
        keyed(kind="medical", instruction="Bring the inhaler.", reason="Asked.",
              review_on=today(9)),
    ),
    # About a concern that was taken up, and a plan that runs.
    "safety:concern": Door(may(R.READ, of=C.SAFETY)),
    "safety:concern-state": Door(may(R.READ, of=C.SAFETY)),
    "safety:concern-words": Door(None, only("head-of-unit"), sent(words="Cried.")),
    "safety:take-up": Door(None, may(R.WRITE, of=C.SAFETY)),
    "safety:end-concern": Door(None, DECIDES, sent(how="plan", words="Look at the plan.")),
    "safety:plan": Door(may(R.READ, of=C.SAFETY)),
    "safety:look-in": Door(None, may(R.WRITE, of=C.SAFETY), keyed(spoke="yes")),
    "safety:plan-stands": Door(None, DECIDES, keyed(words="Still so.", next_on=today(3))),
    "safety:hand-back": Door(
        DECIDES, DECIDES, keyed(to="His officers", because="He sleeps.", spoke="yes")
    ),
    "safety:end-turn": Door(None, only("duty-manager")),
    # About something to know, which a few decide about.
    "safety:note": Door(may(R.READ, of=C.SAFETY)),
    "safety:review-note": Door(None, DECIDES, keyed(words="Still so.", next_on=today(9))),
    "safety:end-note": Door(None, DECIDES, sent(reason="Better.")),
    "safety:apart": Door(may(R.READ, of=C.SAFETY)),
    "safety:begin-apart": Door(LEADS, LEADS, apart_again),
    # About a separation.
    "safety:contact": Door(
        None, may(R.READ, R.WRITE, of=C.SAFETY),
        keyed(day=today(), minutes=60, with_whom="The chaplain."),
    ),
    "safety:end-apart": Door(None, LEADS, sent(reason="Ready.")),
    # About a check-in.
    "safety:check-in": Door(
        may(R.READ, of=C.SAFETY), may(R.READ, R.WRITE, of=C.SAFETY), sent(came_of_it="talked")
    ),
    # About an entry, which is its author's too.
    "reflections:add": Door(both, both, keyed(text="He was tired.")),
    "reflections:withdraw": Door(None, only("head-of-unit")),
    "reflections:strike": Door(STRIKES, STRIKES, keyed(what="strike", reason="Of another man.")),
    # About a meeting.
    "reflections:meeting": Door(there(R.READ)),
    "reflections:minutes": Door(there(R.READ)),
    "reflections:discuss": Door(there(R.READ, R.WRITE), there(R.READ, R.WRITE), a_discussion),
    "reflections:nothing-new": Door(None, there(R.READ, R.WRITE)),
    "reflections:nothing-new-of-the-rest": Door(None, there(R.READ, R.WRITE)),
    "reflections:hand-over": Door(
        there(R.READ, R.WRITE), there(R.READ, R.WRITE), a_new_lead
    ),
    "reflections:close-meeting": Door(there(R.READ, R.WRITE), there(R.READ, R.WRITE), an_end),
    # About a colleague, which is the custodian's alone.
    "conduct:received-one": Door(CUSTODIAN, office=True),
    "conduct:receive": Door(None, CUSTODIAN, office=True),
    "conduct:close": Door(None, CUSTODIAN, sent(words="We spoke about it."), office=True),
    # Information about harm.
    # Figures, in which nobody can be told apart. In this world nothing stands out to answer to.
    "information:fairness": Door(SEES_FAIRNESS),
    "information:fairness-at": Door(SEES_FAIRNESS, office=True),
    "information:fairness-answer": Door(
        only(), only(), keyed(why="Chance.", doing="We look again.", next_look_on=today(30))
    ),
    "information:counts": Door(COUNTS),
    "information:counts-csv": Door(None, COUNTS, lambda given: {"day": today()}, file=True),
    "information:report": Door(REPORTS, REPORTS, lambda given: a_report(given, number=True)),
    "information:report-on": Door(REPORTS, REPORTS, a_report),
    "information:offer": Door(REPORTS, REPORTS, lambda given: {
        "key": new_key(), "number": given["number"], "kind": "close", "words": "He sings.",
    }),
    "information:offer-on": Door(REPORTS, REPORTS, keyed(kind="close", words="He sings.")),
    "information:mine": Door(),
    "information:desk": Door(ANALYST),
    "information:confirmed": Door(READS_CONFIRMED),
    "information:given": Door(),
    "information:asked": Door(),
    "information:uses": Door(),
    # About a concern that is confirmed, and who works on it, reads it, or rests on it.
    "information:concern": Door(READS_THIS),
    "information:grade": Door(ANALYST, ANALYST, keyed(
        scheme="3x5x2", source_grade="1", information_grade="A", handling="P", reason="Seen.")),
    "information:levels": Door(ANALYST, ANALYST, keyed(
        capability="low", capability_evidence="Once.", intent="unknown", engagement="unknown",
        meant_for=["staff"], from_others="no", influence="unknown")),
    "information:basis": Door(ANALYST, ANALYST, keyed(reason="Prison Act, section 40.")),
    "information:weigh": Door(ANALYST, ANALYST, keyed(reason="A debt.")),
    "information:keep": Door(ANALYST, ANALYST, keyed(reason="It goes on.", **DATES)),
    "information:dismiss": Door(ANALYST, ANALYST, keyed(ended_how="explained", reason="A debt.")),
    "information:join": Door(ANALYST, ANALYST, lambda given: {
        "key": new_key(), "other": given["other concern"], "reason": "One quarrel.",
    }),
    "information:ask": Door(ANALYST, ANALYST, lambda given: {
        "key": new_key(), "kind": "close", "asked": given["second officer"],
        "question": "How is he?",
    }),
    "information:copy": Door(ANALYST, ANALYST, keyed(
        recipient="The probation service", purpose="Release.", legal_basis="Prison Act.")),
    "information:lay": Door(ANALYST, ANALYST),
    "information:told": Door(None, ANALYST, sent(how="By letter.")),
    "information:rest-on": Door(LEAD, LEAD, lambda given: {
        "key": new_key(), "case": given["case"], "why": "Its review.",
    }),
    # About a question of the desk, an account and a use, each of which is somebody's own.
    "information:answer": Door(
        only("head-of-unit"), only("head-of-unit"), keyed(reply="nothing", words="")
    ),
    "information:take-back": Door(None, only("head-of-unit")),
    "information:look-again": Door(
        only("head-of-unit"), only("head-of-unit"), sent(words="It stays.")
    ),
    # Exchanged with outside services.
    "information:enquiries": Door(only("analyst", "oversight")),
    "information:unanswered": Door(only("governor", "oversight", "analyst")),
    "information:enquire": Door(ANALYST, ANALYST, keyed(
        way="out", agency="The police", question="Is he known?", legal_basis="Prison Act.",
        due_on=today(9), concern="")),
    "information:enquire-beside": Door(ANALYST, ANALYST, lambda given: {
        "key": new_key(), "way": "out", "agency": "The police", "question": "Is he known?",
        "legal_basis": "Prison Act.", "due_on": today(9), "concern": given["information"],
    }),
    "information:enquiry": Door(only("analyst", "oversight")),
    "information:enquiry-answer": Door(None, ANALYST, keyed(words="No.", conditions="")),
    "information:enquiry-feedback": Door(None, ANALYST, keyed(words="It helped.")),
    "information:enquiry-lay": Door(None, ANALYST, sent(whence="own")),
    # What may not wait: shown by the desk, read and decided by the duty manager, reviewed after.
    "information:urge": Door(ANALYST, ANALYST, lambda given: {
        "key": new_key(), "managers": [given["manager"]], "why": "Tonight.",
    }),
    "information:urged": Door(only("duty-manager")),
    "information:protect": Door(None, only("duty-manager"), keyed(
        feared="A fight.", why_now="Tonight.", step="A talk.", instead_of="None.", hours="4")),
    "information:protection": Door(
        only("duty-manager", "head-of-unit", "governor", "analyst", "oversight")
    ),
    "information:protection-review": Door(
        None, only("duty-manager", "head-of-unit", "governor"),
        sent(right="right", found="It was so.", left="Nothing."),
    ),
    # Assessments of somebody; one that is signed, one that is closed, and somebody's own sheet.
    "assessments:of-person": Door(works_on_cases),
    "assessments:open": Door(WRITES_CASEWORK, WRITES_CASEWORK, lambda given: {
        "key": new_key(), "purpose": "needs", "because": "asked", "assessors": [given["assessor"]],
    }),
    "assessments:then-and-now": Door(READS_CASEWORK),
    "assessments:one": Door(READS_CASEWORK),
    "assessments:give-up": Door(CASEWORKERS, CASEWORKERS, sent(reason="He was moved.")),
    "assessments:talk": Door(LEAD, LEAD, keyed(outcome="grows", words="She saw him with her.")),
    "assessments:close": Door(LEAD, LEAD, keyed(
        summary="You have a sister who stays.", needs="A home.", support="I ask the hostel.",
        own_view="rather-not", again_on=today(30))),
    "assessments:copy": Door(
        READS_CASEWORK, CASEWORKERS, sent(how="Read together.", said="")
    ),
    "assessments:begin": Door(None, LEAD),
    "assessments:fill": Door(LEAD, LEAD, sent(answer_safety="met")),
    "assessments:sign": Door(LEAD, LEAD),
    # Told in confidence.
    "confidences:mine": Door(),
    "confidences:ask": Door(asks, asks, a_question),
    "confidences:ask-source": Door(asks_about_sources, asks_about_sources, about_a_source),
    "confidences:name-source": Door(
        may(R.WRITE, of=C.INFORMATION), may(R.WRITE, of=C.INFORMATION), keyed(words="His brother.")
    ),
    "confidences:notes": Door(
        only("chaplain", "psychologist", "on-call-care", "oversight"), HEARS,
        keyed(words="He prays."),
    ),
    "confidences:word": Door(HEARS, HEARS, a_word),
    # About a note, which is its writer's; or a word or a request, which somebody hears or answers.
    "confidences:end-word": Door(None, only("chaplain")),
    "confidences:add": Door(only("chaplain"), only("chaplain"), keyed(words="And his mother.")),
    "confidences:strike": Door(only("chaplain"), only("chaplain"), sent(because="taken-back")),
    "confidences:asked": Door(only("head-of-unit", "chaplain", "oversight")),
    "confidences:answer": Door(
        None, only("chaplain"), keyed(reply="no", reason="He would not wish it.", words="")
    ),
    # About a notice, which is its recipient's alone.
    "duties:seen": Door(None, only("head-of-unit")),
    # About an entry that came in sealed, which is its author's alone.
    "carry:look": Door(only("head-of-unit"), only("head-of-unit"), sent(**ENTRY)),
    "carry:discard": Door(None, only("head-of-unit")),
    # About a use of break-glass, which never is reviewed by who it was.
    "breakglass:close": Door(None, only("head-of-unit")),
    "breakglass:review": Door(
        only("data-protection-officer", "oversight"), PROTECTS_DATA,
        keyed(finding="needed", words="It was needed."), office=True,
    ),
    # About an action, which is its owner's too.
    "duties:close": Door(reads, both, sent(effect="helped", outcome="Slept.")),
    # About a case.
    "cases:looks-on-inquiry": Door(PROTECTS_DATA, PROTECTS_DATA),
    "cases:looks": Door(only("case-lead", "oversight")),
    "cases:case": Door(TEAM),
    "cases:review": Door(LEAD, LEAD, keyed(reason="It helps.", **DATES)),
    "cases:close": Door(LEAD, LEAD, sent(reason="It helped.")),
    "cases:team": Door(LEAD, LEAD, sent(q="newcomer")),
    "cases:join": Door(None, LEAD, lambda given: {"staff_id": given["newcomer"]}),
    "cases:leave": Door(None, LEAD),
    "cases:hand-over": Door(None, LEAD, lambda given: {"staff_id": given["second officer"]}),
    # About a joint review: who reads casework sees it, its members lay and rate, its lead steps on.
    "reviews:open": Door(
        may(R.READ, R.WRITE, of=C.CASEWORK), LEAD,
        lambda given: {"key": given["joint"], "question": "Does it last?"},
    ),
    "reviews:review": Door(SEES_REVIEW),
    "reviews:cell": Door(SEES_REVIEW),
    "reviews:blind-spot": Door(
        MAKES_IT_AN_ACTION, MAKES_IT_AN_ACTION,
        lambda given: {"key": new_key(), "what": "Ask the teacher", "due_on": today(9),
                       "owner_id": given["officer"]},
    ),
    "reviews:team": Door(
        LEAD, LEAD,
        lambda given: {"key": new_key(), "staff_id": given["newcomer"], "part": "wing-officer"},
    ),
    "reviews:accept": Door(None, TAKE_PART),
    "reviews:leave": Door(None, TAKE_PART),
    "reviews:take-off": Door(None, LEAD),
    "reviews:give-up": Door(LEAD, LEAD, sent(because="The question fell away.")),
    "reviews:lay": Door(
        TAKE_PART, TAKE_PART,
        keyed(dimension="effort", what="done", words="Stayed on.", innocent="He likes it.",
              source="work"),
    ),
    "reviews:records": Door(TAKE_PART),
    "reviews:lay-record": Door(
        TAKE_PART, TAKE_PART,
        keyed(dimension="effort", what="done", words="Swept.", innocent="It was his turn."),
    ),
    "reviews:take-back": Door(LEAD, LEAD, sent(because="It was another day.")),
    "reviews:explanations": Door(
        TAKE_PART, TAKE_PART,
        keyed(words="A new cell mate", against="It began before.", keeps_hidden="no"),
    ),
    "reviews:explanation": Door(TAKE_PART, TAKE_PART, sent(against="If it went on.", seen="")),
    "reviews:test": Door(None, TAKE_PART, lambda given: {
        "key": new_key(), "evidence": given["laid"],
    }),
    "reviews:untest": Door(None, TAKE_PART),
    "reviews:drop": Door(TAKE_PART, TAKE_PART, sent(because="It never fitted.")),
    "reviews:begin": Door(None, LEAD),
    "reviews:rate": Door(TAKE_PART, TAKE_PART, rated_once),
    "reviews:sign": Door(TAKE_PART, TAKE_PART),
    "reviews:matrix": Door(SEES_REVIEW),
    "reviews:note": Door(SEES_REVIEW, TAKE_PART, keyed(words="We saw different weeks.")),
    "reviews:close": Door(LEAD, LEAD, a_closing),
    "reviews:said": Door(
        ASKED_AFTERWARDS, ASKED_AFTERWARDS, keyed(words="I’d have said so at once.")
    ),
}  # fmt: skip


def named_urls() -> dict[str, URLPattern]:
    """Every address of the resolver, by its name."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each, f"{each.namespace}:" if each.namespace else prefix)
        else:
            yield f"{prefix}{each.name}", each


def takes(name: str) -> list[str]:
    """What the address asks for: person, unit, meeting."""
    return list(named_urls()[name].pattern.converters)


def url(name: str, given: Given) -> str:
    return reverse(name, kwargs={key: given[key] for key in takes(name)})


# ---- What stands behind them ----


def furnish(world: World, unit: str, person: str, *, officer: str, second: str, lead: str) -> Given:
    """Somebody on a unit with one record of every kind; the keys by what addresses call them.

    ``officer`` wrote them all and is personal officer on side B, ``second`` covers, ``lead``
    leads the case with ``second`` beside; there is a newcomer whom no case knows yet.
    """
    who, where, by = world.people[person], world.units[unit], world.staff[officer]
    other, now, day = world.staff[second], timezone.now(), timezone.localdate()
    until = now + timedelta(days=1)

    def add(table: str, **values: Any) -> Any:
        return world.insert(table, person_id=who, **values)

    case = world.cases.get(person) or world.add_case(person, lead)
    member = world.insert(
        "cases_teammember", id=new_key(), case_id=case, staff_id=other, part="", since=now
    )
    meeting = world.insert(
        "reflections_meeting", id=new_key(), unit_id=where, shift="late", opened_at=now,
        opened_by_id=by, led_by_id=by, went_well="", how_we_are="", theme="",
    )  # fmt: skip
    add("reflections_meetingperson", id=new_key(), meeting_id=meeting, at=now, why="",
        said_in=[], carried_because="", outcome="waiting", facts="", stance="", dissent="",
        went_well="")  # fmt: skip
    add("reflections_picture", channel_id=1, state="no-lasting-change", raw=[3, 2],
        adjusted=[3, 2], line=[3, 3], first_day=day - timedelta(days=1), drawn_to=day,
        drawn_at=now, method="", parameters="{}", because="")  # fmt: skip
    assigned = add("people_personalofficer", staff_id=by, side="B", since=now - timedelta(days=9))
    add("people_cover", assignment_id=assigned, staff_id=other, since=now, until=until)
    side_a = world.owner.execute(
        "select staff_id from people_personalofficer where person_id = %s and side = 'A'", [who]
    ).fetchone()
    prison = "north" if unit in "ab" else "south"
    event = world.insert(
        "shifts_sharedevent", id=new_key(), unit_id=where, kind="provocation", place="the yard",
        happened_at=now, fact="One of them shouted.", reading="", responses=["listened"],
        response="", opening="", present="", others=False, written_by_id=by, written_at=now,
    )  # fmt: skip
    add(
        "shifts_eventpart",
        id=new_key(),
        event_id=event,
        part="Shouted.",
        written_by_id=by,
        written_at=now,
    )
    seen = world.insert(
        "conduct_observation", id=new_key(), about_id=other, about_words="", fact="Shouted.",
        seen_on=day, place="The landing", written_by_id=by, written_at=now,
        establishment_id=world.establishments["north" if unit in "ab" else "south"],
    )  # fmt: skip
    world.insert(
        "conduct_outcome", id=new_key(), observation_id=seen, received_at=now, words="",
        received_by_id=world.staff["complaints-custodian"],
        establishment_id=world.establishments["north" if unit in "ab" else "south"],
    )  # fmt: skip
    chaplain = "chaplain" if prison == "north" else f"chaplain-{unit}"
    if chaplain not in world.staff:
        world.add_staff(chaplain, "chaplain", establishment=prison)
    disputed = world.add_reflection(person, second, saved_at=now - timedelta(hours=2))
    contest, settled = (
        add(
            "contests_contest",
            id=new_key(),
            kind="reflection",
            record=disputed,
            compartment="wing",
            words="It was not me.",
            language="en",
            given="spoken",
            taken_by_id=by,
            taken_at=now,
        )
        for _ in range(2)
    )
    add(
        "disclosures_disclosure", id=new_key(), recipient="The court", purpose="A hearing",
        legal_basis="Prison Act.", handling="", what="Reflections", keys=[],
        given_by_id=world.staff[lead], given_at=now,
    )  # fmt: skip
    add(
        "contests_settlement", id=new_key(), contest_id=settled, outcome="put-right",
        reasons="An addition says so.", settled_by_id=by, settled_at=now,
    )  # fmt: skip
    correction = world.owner.execute(
        "select id from contests_correction where contest_id = %s", [settled]
    ).fetchone()[0]
    confided = told_in_confidence(world, who, chaplain=chaplain, asker=by)
    confided |= informed(world, who, prison, unit, writer=by, second=other, lead=world.staff[lead])
    confided |= exchanged(world, who, prison, by=other, beside=confided["information"])
    confided |= urged(
        world, who, prison, by=other, on=confided["information"], decided=confided["other concern"]
    )
    confided |= assessed(world, who, lead=world.staff[lead], second=other)
    confided |= at_each_stage(world, person, lead=lead, officer=officer, second=second)
    return confided | {
        "contest": contest, "correction": correction,
        "observation": seen,
        "request_key": add(
            "disclosures_accessrequest", id=new_key(), recipient="The lawyer", asked_on=day,
            justification="Prison Act, section 30.", withheld=[], withheld_because="",
            names_staff=False, decided_by_id=world.staff[lead], decided_at=now,
        ),
        "compared": "reported.origin.minority",
        "person": who, "unit": unit, "unit key": where, "event": event, "shift": "early",
        # Yesterday's: the early shift of today may still be to come.
        "day": (day - timedelta(days=1)).isoformat(),
        "support": world.insert(
            "shifts_staffpart", id=new_key(), event_id=event, unit_id=where, staff_id=other,
            written_by_id=by, written_at=now,
        ),
        "asked": add("shifts_request", id=new_key(), asked="A call home", asked_of_id=by,
                     asked_on=day, written_by_id=by, written_at=now),
        "channel": "mood", "meeting": meeting, "case": case,
        "member": member, "officer": by, "second officer": other, "cover ends": until.isoformat(),
        "side A": side_a[0] if side_a else "",
        "newcomer": world.add_staff(f"newcomer-{unit}", "wing-officer", unit=unit),
        "reflection": world.add_reflection(person, officer, saved_at=now),
        "kind": "reflection",
        "entry": world.add_reflection(person, officer, saved_at=now - timedelta(hours=1)),
        "objection": add("reflections_told", id=new_key(), told_on=day, told_by_id=by, said="",
                         language="en", with_interpreter=False, objects_to_it=True),
        "coming": add("people_coming", id=new_key(), kind="court", at=until, words="",
                      written_by_id=by, source=""),
        "stay": world.owner.execute(
            "select id from people_stay where person_id = %s and ended_at is null", [who]
        ).fetchone()[0],
        "escort": add("people_escort", id=new_key(), kind="hospital",
                      left_at=now - timedelta(days=2)),
        "step": add("reflections_truststep", id=new_key(), what="Wing cleaner", offered_on=day,
                    offered_by_id=by, note=""),
        "pattern": add("reflections_usualpattern", id=new_key(), written_by_id=by,
                       words="Whistles in the morning.", own_words="", agreed_with_person=True,
                       written_at=now, review_on=day),
        "establishment": prison, "prison": world.establishments[prison],
        "manager": world.staff["duty-manager"],
        "concern": add("safety_concern", id=new_key(), kind="health", words="", raised_by_id=by,
                       establishment_id=world.establishments[prison], raised_at=now,
                       noticed_at=now, acknowledged_by_id=by, acknowledged_at=now, ended_how="",
                       ended_words=""),
        "plan": add("safety_plan", id=new_key(), what="Knock.", who="The landing", helps="",
                    every_minutes=30, made_by_id=by, made_at=now,
                    review_on=day + timedelta(days=3), handed_back_to="",
                    handed_back_because=""),
        "turn": world.insert("safety_turn", id=new_key(), duty="care", staff_id=other, since=now,
                             establishment_id=world.establishments[prison], until=until),
        "note": add("safety_unlocknote", id=new_key(), kind="evacuation", reason="A bad knee.",
                    instruction="Walks with a stick.", written_by_id=by, written_at=now,
                    review_on=day + timedelta(days=9), ended_because=""),
        "separation": add("safety_separation", id=new_key(), apart_for="order", reason="A fight.",
                          instead="Another wing.", remedy="A complaint.", began_on=day,
                          until_on=day, decided_by_id=by, decided_at=now, ended_because=""),
        "check_in": add("safety_checkin", id=new_key(), occasion="court", source="escort:1",
                        opens_at=now, due_at=until, opened_at=now, came_of_it="", words=""),
        "opening": add("breakglass_opening", id=new_key(), staff_id=by, unit_id=where,
                       reason="Fell ill at work.", opened_at=now,
                       ends_at=now + timedelta(hours=3)),
        "notice": add("duties_notice", id=new_key(), staff_id=by, kind="actions-due", once="",
                      path="/actions/", urgent=False, made_at=now),
        "arrival": add("carry_arrival", id=new_key(), staff_id=by, form="reflect", device_at=now,
                       written_at=now, arrived_at=now, outcome="half", said="[]"),
        "action": add("duties_action", id=new_key(), what="Call the library", due_on=day,
                      owner_id=by, raised_by_id=by, raised_at=now, source="", effect="",
                      outcome=""),
    }  # fmt: skip


def told_in_confidence(world: World, who: int, *, chaplain: str, asker: int) -> Given:
    """A pastoral note, a word that oversight may read it, a request, a source."""
    now, day = timezone.now(), timezone.localdate()
    note, question, source = new_key(), new_key(), new_key()
    number = f"N-{who:05d}"
    world.insert("people_identifier", person_id=who, system="prison", number=number)

    def sealed(table: str, column: str, row: Any, whose: Any, compartment: str) -> bytes:
        with world.viewing(chaplain):
            at = Slot(f"confidences_{table}", column, row, whose, compartment)
            return seal("quetzalcoatl", slot=at).box

    world.insert(
        "confidences_confidence", id=note, person_id=who, discipline="chaplaincy",
        words=sealed("confidence", "words", note, who, "pastoral"), struck_because="",
        written_by_id=world.staff[chaplain], written_at=now,
    )  # fmt: skip
    world.insert(
        "confidences_question", id=question, person_id=who, kept="pastoral",
        words=sealed("question", "words", question, who, "pastoral"),
        reason=sealed("question", "reason", question, who, "pastoral"),
        written_by_id=asker, written_at=now,
    )  # fmt: skip
    world.insert(
        "confidences_source", id=source, written_by_id=asker, written_at=now,
        words=sealed("source", "words", source, source, "source-identity"),
    )  # fmt: skip
    consent = world.insert(
        "confidences_consent", id=new_key(), person_id=who, kept="pastoral", how="On paper.",
        given_on=day, until=day + timedelta(days=30), written_by_id=world.staff[chaplain],
        written_at=now,
    )  # fmt: skip
    return {
        "confidence": note, "question": question, "source": source, "consent": consent,
        "number": number,
    }  # fmt: skip


def everything(world: World) -> Given:
    """Every table as it stands, but for the log and who is signed in."""
    tables = world.owner.execute("select tablename from pg_tables where schemaname = 'public'")
    return {
        table: world.owner.execute(
            f"select count(*), md5(string_agg(row::text, ' ' order by row::text)) from {table} row"
        ).fetchone()
        for (table,) in tables
        if table not in {"audit_entry", "django_session", "staff_signin"}
    }
