"""Every page of a filled service, who comes to it, and what hinders somebody there."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from playwright.sync_api import Page
from psycopg.rows import tuple_row

WHO = """
with who as (
  select staff.username, staff.id as staff_id, held.unit_id
  from access_assignment held join staff_staff staff on staff.id = held.staff_id
  where held.role = %(role)s and held.until is null
), here as (
  select who.*, stay.person_id, unit.code,
    exists(select from reflections_picture picture where picture.person_id = stay.person_id
           and picture.state = 'worth-talking-about') as different
  from who join people_stay stay using (unit_id) join places_unit unit on unit.id = stay.unit_id
  where stay.ended_at is null
)
"""
ANYONE = "select username from who"
UNIT = "select username, code from here order by different desc"
PERSON = """select username, person_id from here
    order by different desc,
      exists(select from reflections_usualpattern usual
             where usual.person_id = here.person_id and usual.replaced_at is null) desc"""
PERSON_ON_UNIT = "select username, code, person_id from here"
CHANNEL = """select username, here.person_id, channel.key
    from here join reflections_picture picture using (person_id)
    join reflections_channel channel on channel.id = picture.channel_id
    order by picture.state = 'worth-talking-about' desc"""
WRITTEN = """select username, reflection.id
    from here join reflections_reflection reflection
      on reflection.author_id = here.staff_id and reflection.person_id = here.person_id
    where reflection.withdrawn_at is null order by reflection.seen_heard <> '' desc"""
STANDING = """select username, 'reflection', reflection.id
    from here join reflections_reflection reflection using (person_id)
    where reflection.withdrawn_at is null and reflection.struck_at is null
      and reflection.saved_at < now() - interval '20 minutes'
    order by reflection.seen_heard <> '' desc"""
OBJECTION = """select username, told.id from here join reflections_told told using (person_id)
    where told.objects_to_it"""
TRUST = "select username, step.id from here join reflections_truststep step using (person_id)"
MINUTES = """select username, meeting.id
    from who join reflections_meeting meeting using (unit_id)
    where closed_at is not null
    order by (select count(*) from reflections_meetingperson talk
              where talk.meeting_id = meeting.id) desc"""
MEETING = """select username, meeting.id from who join reflections_meeting meeting using (unit_id)
    where closed_at is null"""
TALK = """select username, meeting.id, here.person_id
    from here join reflections_meeting meeting using (unit_id)
    where closed_at is null order by different desc"""
MY_HABIT = "select username from who join training_habit habit on habit.rater_id = who.staff_id"
RECEIVED = """select username, seen.id from who, conduct_observation seen
    order by seen.written_at"""
HEARD = """select username, note.person_id
    from who join confidences_confidence note on note.written_by_id = who.staff_id
    order by (select count(*) from confidences_addition a where a.confidence_id = note.id) desc,
      note.written_at desc"""
MY_NOTE = """select username, note.id
    from who join confidences_confidence note on note.written_by_id = who.staff_id"""
BY_WORD = "select username, person_id from who, confidences_consent"
TO_ANSWER = """select username, question.id from who, confidences_question question
    where question.kept = case %(role)s
      when 'chaplain' then 'pastoral' else 'source-identity' end
      and not exists (select from confidences_answer a where a.question_id = question.id)"""
I_ASKED = """select username, question.id
    from who join confidences_question question on question.written_by_id = who.staff_id
    join confidences_answer answer on answer.question_id = question.id"""
ESCORT = """select username, here.person_id, escort.id
    from here join people_escort escort using (person_id)
    order by escort.back_at is null desc, escort.left_at desc"""
NOTE = """select username, note.id from here join safety_unlocknote note using (person_id)
    order by note.apart_from_id is null, note.review_on"""
PRISON = """select staff.username, place.code from access_assignment held
    join staff_staff staff on staff.id = held.staff_id
    join places_establishment place on place.id = held.establishment_id
    where held.role = %(role)s and held.until is null"""
REQUEST = """select username, request.id from who, disclosures_accessrequest request"""
CONTEST = """select username, contest.id from here join contests_contest contest using (person_id)
    where not exists (select from contests_settlement s where s.contest_id = contest.id)"""
SETTLED = """select username, contest.id from here join contests_contest contest using (person_id)
    where exists (select from contests_settlement s where s.contest_id = contest.id)"""
CORRECTION = """select username, owed.id from who, contests_correction owed"""
IN_PRISON = """select staff.username, stay.person_id from access_assignment held
    join staff_staff staff on staff.id = held.staff_id
    join places_unit unit on unit.establishment_id = held.establishment_id
    join people_stay stay on stay.unit_id = unit.id and stay.ended_at is null
    where held.role = %(role)s and held.until is null"""
OPENED = """select username, use.id from who, breakglass_opening use
    left join breakglass_review review on review.opening_id = use.id order by review.id is null"""
TO_REVIEW = OPENED + " desc"
CARRIED = """select username, arrival.id
    from who join carry_arrival arrival on arrival.staff_id = who.staff_id
    where arrival.said is not null"""
ACTION = """select username, action.id from here join duties_action action using (person_id)
    where action.owner_id = here.staff_id order by action.done_at is null desc"""
CASE = """select username, file.id from who join cases_case file on file.lead_id = who.staff_id
    where file.closed_at is null and file.ends_on > now() order by file.opened_at desc"""
ON_CASE = """select username, file.person_id
    from who join cases_case file on file.lead_id = who.staff_id where file.closed_at is null
    order by file.opened_at desc"""
ASKED = """select username, request.id from here join shifts_request request using (person_id)
    order by request.ended_at is null desc"""
WHO_ASKED = """select username, person_id from here join shifts_request request using (person_id)
    order by request.ended_at is null desc"""
EVENT = """select username, part.event_id
    from here join shifts_eventpart part using (person_id)
    order by (select count(*) from shifts_eventpart each
              where each.event_id = part.event_id) desc"""
SUPPORT = """select username, support.id from who join shifts_staffpart support using (unit_id)
    order by support.offered_at is null desc"""
CONCERN = """select username, c.id from here join safety_concern c using (person_id)
    order by c.acknowledged_at is null desc, c.raised_at desc"""
TAKEN_UP = """select username, c.id from here join safety_concern c using (person_id)
    where c.acknowledged_at is not null and c.ended_at is null"""
RUNNING = """select username, plan.person_id from here join safety_plan plan using (person_id)
    where plan.handed_back_at is null and plan.replaced_at is null"""
RUNNING_PLAN = """select username, plan.id from here join safety_plan plan using (person_id)
    where plan.handed_back_at is null and plan.replaced_at is null"""
HANDED_BACK = """select username, plan.id from here join safety_plan plan using (person_id)
    where plan.handed_back_at is not null"""
CHECK_IN = """select username, c.id from here join safety_checkin c using (person_id)"""
OF_AN_ESTABLISHMENT = """select staff.username, {key} from access_assignment held
    join staff_staff staff on staff.id = held.staff_id
    join {table} it on it.establishment_id = held.establishment_id
    where held.role = %(role)s and held.until is null"""
ENQUIRY = OF_AN_ESTABLISHMENT.format(key="it.id", table="information_enquiry")
WAITS_FOR_AN_ANSWER = f"""{ENQUIRY}
    and not exists (select from information_answer a where a.enquiry_id = it.id)"""
TO_BE_LAID = f"""{ENQUIRY} and it.way = 'out'
    and exists (select from information_answer a where a.enquiry_id = it.id)
    and exists (select from information_concern c
                where c.id = it.concern_id and c.ended_at is null)"""
GOES_ON = f"""{OF_AN_ESTABLISHMENT.format(key="it.id", table="information_concern")}
    and it.ended_at is null"""
SHOWN_AT_ONCE = """select username, urging.concern_id
    from who join information_urging urging on urging.staff_id = who.staff_id
    join information_concern c on c.id = urging.concern_id and c.ended_at is null
    where urging.written_at > now() - interval '20 hours'
      and not exists (select from information_protection p where p.concern_id = c.id)"""
URGENT_STEP = f"""{OF_AN_ESTABLISHMENT.format(key="it.id", table="information_protection")}
    and it.written_by_id <> held.staff_id order by it.reviewed_at is null desc, it.review_on"""
REVIEWED_STEP = URGENT_STEP.replace("is null desc", "is null")
LOG = """select username, code, to_char(current_date - 1, 'YYYY-MM-DD'), 'late' from here"""
LEFT = """select username, stay.person_id from who join people_stay stay using (unit_id)
    where stay.ended_at > now() - interval '48 hours' and exists (
      select from people_stay next where next.person_id = stay.person_id
      and next.ended_at is null and next.unit_id <> stay.unit_id)"""

AT_THE_DESK = """select username, concern.id from who, information_concern concern
    where concern.ended_at is null
    order by (select count(*) from information_account a where a.concern_id = concern.id) desc,
      concern.opened_at desc"""
JUST_IN = """select username, concern.id from who, information_concern concern
    where concern.ended_at is null order by concern.opened_at desc"""
ENDED = """select username, concern.id from who, information_concern concern
    where concern.ended_at > now() - interval '29 days'"""
OFFERED = """select username, concern.id, account.id
    from who, information_concern concern join information_account account using (person_id)
    where concern.ended_at is null and account.concern_id is null"""
CONFIRMED = """select username, used.concern_id
    from who join information_use used on used.written_by_id = who.staff_id"""
USED = """select username, used.id
    from who join information_use used on used.written_by_id = who.staff_id"""
ASKED_BY_THE_DESK = """select username, asking.id
    from who join information_asking asking on asking.asked_id = who.staff_id
    order by asking.reply = '' desc"""
REVIEWED = """select username, r.id{more}
    from who join reviews_review r on r.written_by_id = who.staff_id {join}
    where {where} order by r.written_at desc"""


def review_at(where: str, more: str = "", join: str = "") -> str:
    """A joint review of one's own, at one of its stages."""
    return REVIEWED.format(where=where, more=more, join=join)


GATHERING = "r.rating_since is null and r.ended_at is null"
RATING = "r.rating_since is not null and r.matrix_since is null and r.ended_at is null"
MATRIX = "r.matrix_since is not null and r.ended_at is null"
REVIEW_CLOSED = "r.ended_at is not null and r.given_up_by_id is null"
UNHEARD = "exists (select from reviews_closing c where c.review_id = r.id and c.person_said = '')"
ITEM = "join reviews_evidence e on e.review_id = r.id"
EXPLAINED = "join reviews_hypothesis h on h.review_id = r.id and h.slug = 'habit'"

ASSESSED = """select username, s.person_id
    from who join assessments_sheet s on s.assessor_id = who.staff_id
    order by (select count(*) from assessments_closing c where c.person_id = s.person_id) desc"""
TO_OPEN = """select username, s.person_id, d.id
    from who join assessments_sheet s on s.assessor_id = who.staff_id, instruments_definition d
    where d.key = '{}'"""
ASSESSMENT = """select username, {}
    from who join assessments_sheet s on s.assessor_id = who.staff_id
    join assessments_assessment a on a.id = s.assessment_id
    where a.dropped_at is null and {}"""
FILLING = ASSESSMENT.format("a.id", "a.signed_at is null and a.opened_by_id = who.staff_id")
TALKING = ASSESSMENT.format("a.id", "a.signed_at is not null and a.closed_at is null")
CLOSED = ASSESSMENT.format("a.id", "a.closed_at is not null") + " order by a.closed_at desc"
A_SHEET = ASSESSMENT.format("s.id{}", "s.signed_at is null")
DIFFERING = """select username, a.id, mine.item
    from who join assessments_sheet s on s.assessor_id = who.staff_id
    join assessments_assessment a on a.id = s.assessment_id
    join assessments_sheet t on t.assessment_id = a.id and t.id <> s.id
    join assessments_sheetanswer mine on mine.sheet_id = s.id
    join assessments_sheetanswer theirs on theirs.sheet_id = t.id and theirs.item = mine.item
    where a.signed_at is not null and a.closed_at is null and mine.answer <> theirs.answer"""
THEN_AND_NOW = """select username, s.person_id, 'needs-and-strengths'
    from who join assessments_sheet s on s.assessor_id = who.staff_id
    order by (select count(*) from assessments_closing c where c.person_id = s.person_id) desc"""
A_TOOL = """select username, a.id from who, assessments_assessment a
    join instruments_definition d on d.id = a.definition_id and d.protocol = 'referenced'"""


@dataclass(frozen=True)
class Kind:
    """A kind of page: the name of its address, who comes to it, and how one is found."""

    name: str
    role: str = ""
    found: str = ANYONE
    query: str = ""
    main: bool = False

    def __str__(self) -> str:
        return f"{self.name}{self.query} as {self.role or 'nobody'}"


by_officer = partial(Kind, role="wing-officer")
by_head = partial(Kind, role="head-of-unit")
by_lead = partial(Kind, role="case-lead")

KINDS = [
    by_officer("home", main=True),
    by_officer("reflections:board", found=UNIT, main=True),
    by_officer("reflections:my-people", main=True),
    by_officer("reflections:reflect", found=PERSON, main=True),
    by_officer("reflections:round", found=UNIT, main=True),
    by_officer("reflections:from-paper", found=UNIT),
    by_officer("reflections:person", found=PERSON, main=True),
    by_officer("reflections:chart", found=CHANNEL, main=True),
    by_officer("reflections:meeting", found=MEETING, main=True),
    by_officer("reflections:discuss", found=TALK, main=True),
    by_officer("duties:mine", main=True),
    Kind("sign-in"),
    Kind("home", "governor"),
    Kind("home", "activity-staff"),
    Kind("home", "oversight"),
    Kind("home", "administrator"),
    by_lead("home"),
    by_head("home"),
    by_officer("search"),
    by_officer("glossary"),
    Kind("reflections:boards", "governor"),
    by_officer("reflections:board", found=UNIT, query="?show=different"),
    by_officer("reflections:unit-day", found=UNIT),
    by_officer("reflections:written"),
    by_officer("reflections:add", found=WRITTEN),
    by_officer("reflections:person", found=PERSON, query="?show=meetings"),
    Kind("reflections:person", "activity-staff", PERSON),
    by_lead("reflections:person", found=ON_CASE),
    by_officer("reflections:usual", found=PERSON),
    by_officer("reflections:told", found=PERSON),
    by_head("reflections:answer", found=OBJECTION),
    by_head("reflections:strike", found=STANDING),
    Kind("reflections:sealed", "data-protection-officer"),
    by_officer("reflections:add-strength", found=PERSON),
    by_officer("reflections:offer-trust", found=PERSON),
    by_officer("people:ahead", found=PERSON),
    by_officer("equality:of-myself", found=PERSON),
    Kind("information:fairness", "oversight"),
    Kind("information:fairness-at", "governor", PRISON),
    Kind("information:counts", "governor"),
    Kind("equality:thanks"),
    Kind("people:ahead", "activity-staff", PERSON),
    by_head("people:admit"),
    by_head("people:move", found=PERSON),
    by_officer("people:leave", found=PERSON),
    by_officer("people:back", found=ESCORT),
    by_officer("reflections:trust-step", found=TRUST),
    by_officer("reflections:meetings"),
    by_officer("reflections:hand-over", found=MEETING),
    by_officer("reflections:close-meeting", found=MEETING),
    by_officer("reflections:minutes", found=MINUTES),
    by_officer("shifts:handover", found=UNIT),
    by_head("shifts:handover", found=UNIT),
    by_officer("shifts:log", found=LOG),
    by_officer("shifts:asked", found=UNIT),
    by_officer("shifts:asked-by", found=WHO_ASKED),
    by_officer("shifts:request", found=ASKED),
    by_officer("shifts:write-event", found=UNIT),
    by_officer("shifts:event", found=EVENT),
    by_head("shifts:support", found=SUPPORT),
    by_officer("shifts:left-us", found=UNIT),
    by_officer("shifts:last-note", found=LEFT),
    by_officer("safety:unlock-sheet", found=UNIT),
    by_officer("safety:evacuation", found=UNIT),
    Kind("safety:evacuation-of-all", "duty-manager", PRISON),
    by_officer("safety:check-ins", found=UNIT),
    by_officer("safety:check-in", found=CHECK_IN),
    by_officer("safety:apart", found=PERSON),
    by_head("safety:begin-apart", found=PERSON),
    Kind("safety:apart-now", "governor", ANYONE),
    by_officer("safety:raise"),
    Kind("safety:raise", "duty-manager"),
    Kind("safety:raise", "activity-staff"),
    by_officer("safety:raise-for", found=PERSON),
    by_officer("safety:concerns"),
    by_officer("safety:concern", found=CONCERN),
    by_head("safety:concern", found=TAKEN_UP),
    by_officer("safety:keep-safe", found=RUNNING),
    by_head("safety:make-plan", found=RUNNING),
    by_officer("safety:plan", found=HANDED_BACK),
    by_head("safety:hand-back", found=RUNNING_PLAN),
    Kind("safety:on-duty", "duty-manager"),
    by_officer("safety:notes", found=PERSON),
    by_officer("safety:add-note", found=PERSON),
    by_head("safety:note", found=NOTE),
    by_officer("duties:close", found=ACTION),
    Kind("disclosures:asked", "data-protection-officer"),
    by_lead("disclosures:ask", found=ON_CASE),
    by_lead("disclosures:about", found=ON_CASE),
    by_officer("contests:take", found=STANDING),
    by_head("contests:one", found=CONTEST),
    by_officer("contests:one", found=SETTLED),
    Kind("contests:tell", "data-protection-officer", CORRECTION),
    Kind("disclosures:request", "data-protection-officer", REQUEST),
    Kind("retention:due", "data-protection-officer"),
    Kind("retention:due", "governor"),
    Kind("retention:holds", "data-protection-officer"),
    Kind("cases:looks-on-inquiry", "data-protection-officer"),
    Kind("retention:hold", "duty-manager", IN_PRISON),
    by_officer("retention:periods"),
    Kind("retention:periods", "data-protection-officer"),
    by_officer("duties:notices"),
    by_officer("duties:wishes"),
    by_lead("reviews:open", found=ON_CASE),
    by_lead("reviews:review", found=review_at(GATHERING)),
    by_lead("reviews:review", found=review_at(RATING), query="?rating"),
    by_lead("reviews:review", found=review_at(MATRIX), query="?matrix"),
    by_lead("reviews:review", found=review_at(REVIEW_CLOSED), query="?closed"),
    by_lead(
        "reviews:cell",
        found=review_at(MATRIX, ", e.dimension, 'casework'", f"{ITEM} and e.source = 'member'"),
    ),
    Kind(
        "reviews:blind-spot",
        "probation-officer",
        """select username, r.id, 'depth', 'outside' from who
             join cases_teammember t using (staff_id) join cases_case k on k.id = t.case_id
             join reviews_review r on r.person_id = k.person_id
            where r.ended_at is null and t.until is null""",
    ),
    by_lead("reviews:team", found=review_at(GATHERING)),
    by_lead("reviews:give-up", found=review_at(GATHERING)),
    by_lead("reviews:lay", found=review_at(GATHERING)),
    by_lead("reviews:records", found=review_at(GATHERING)),
    by_lead(
        "reviews:lay-record",
        found=review_at(
            GATHERING,
            ", 'reflection', f.id",
            "join reflections_reflection f on f.person_id = r.person_id and f.seen_heard <> ''"
            " and f.withdrawn_at is null and f.struck_at is null",
        ),
    ),
    by_lead(
        "reviews:take-back",
        found=review_at(GATHERING, ", e.id", f"{ITEM} and e.written_by_id = who.staff_id"),
    ),
    by_lead("reviews:explanations", found=review_at(GATHERING)),
    by_lead("reviews:explanation", found=review_at(GATHERING, ", h.id", EXPLAINED)),
    by_lead("reviews:drop", found=review_at(GATHERING, ", h.id", EXPLAINED)),
    by_lead("reviews:rate", found=review_at(RATING)),
    by_lead("reviews:sign", found=review_at(RATING)),
    by_lead("reviews:matrix", found=review_at(MATRIX)),
    by_lead("reviews:note", found=review_at(MATRIX, ", e.id, h.id", f"{ITEM} {EXPLAINED}")),
    by_lead("reviews:close", found=review_at(MATRIX)),
    by_lead("reviews:said", found=review_at(f"{REVIEW_CLOSED} and {UNHEARD}")),
    by_lead("cases:mine"),
    by_lead("cases:open", found=ON_CASE),
    by_lead("cases:looks", found=ON_CASE),
    by_lead("cases:case", found=CASE),
    by_lead("cases:review", found=CASE),
    by_lead("cases:close", found=CASE),
    by_lead("cases:team", found=CASE),
    by_head("people:officers", found=UNIT),
    by_head("people:officers-of", found=PERSON_ON_UNIT),
    by_head("people:cover", found=UNIT),
    by_officer("carry:carry", found=UNIT),
    by_officer("carry:looks"),
    by_officer("carry:look", found=CARRIED),
    Kind("carry:offline"),
    by_officer("access:roles"),
    Kind("access:roles", "data-protection-officer"),
    by_officer("my-badge"),
    by_officer("training:my-scale", found=MY_HABIT),
    Kind("training:how-alike", "training-unit"),
    by_head("how-i-sign-in"),
    by_officer("prove"),
    by_head("add-key"),
    by_head("add-device"),
    by_head("print-codes"),
    by_head("change-password"),
    by_officer("conduct:tell"),
    by_officer("conduct:mine"),
    Kind("conduct:received", "complaints-custodian"),
    Kind("conduct:received-one", "complaints-custodian", RECEIVED),
    Kind("conduct:outcomes", "governor"),
    by_officer("information:report"),
    by_officer("information:report-on", found=PERSON),
    by_officer("information:mine"),
    by_officer("information:offer-on", found=PERSON),
    Kind("information:offer", "chaplain"),
    by_officer("information:asked"),
    by_head("information:answer", found=ASKED_BY_THE_DESK),
    Kind("home", "analyst"),
    by_lead("assessments:of-person", found=ASSESSED),
    by_lead("assessments:open", found=TO_OPEN.format("needs-and-strengths")),
    Kind("assessments:open", "psychologist", TO_OPEN.format("vera-2r")),
    by_lead("assessments:one", found=FILLING),
    by_lead("assessments:one", found=TALKING, query="?talking"),
    Kind("assessments:one", "psychologist", CLOSED),
    Kind("assessments:one", "oversight", A_TOOL),
    by_lead("assessments:give-up", found=FILLING),
    by_lead("assessments:fill", found=A_SHEET.format(", 1")),
    by_lead("assessments:fill", found=A_SHEET.format(", 6"), query="?last"),
    by_lead("assessments:sign", found=A_SHEET.format("")),
    by_lead("assessments:talk", found=DIFFERING),
    by_lead("assessments:close", found=TALKING),
    by_lead("assessments:copy", found=CLOSED),
    by_lead("assessments:then-and-now", found=THEN_AND_NOW),
    by_lead("training:my-answers"),
    by_lead("training:my-training"),
    Kind("training:how-assessors-agree", "training-unit"),
    Kind("training:who-is-trained", "training-unit"),
    Kind("information:desk", "analyst"),
    Kind("information:concern", "analyst", AT_THE_DESK),
    Kind("information:grade", "analyst", JUST_IN),
    Kind("information:levels", "analyst", JUST_IN),
    Kind("information:basis", "analyst", JUST_IN),
    Kind("information:weigh", "analyst", AT_THE_DESK),
    Kind("information:keep", "analyst", AT_THE_DESK),
    Kind("information:dismiss", "analyst", AT_THE_DESK),
    Kind("information:join", "analyst", JUST_IN),
    Kind("information:ask", "analyst", JUST_IN),
    Kind("information:copy", "analyst", AT_THE_DESK),
    Kind("information:lay", "analyst", OFFERED),
    Kind("information:concern", "oversight", ENDED),
    by_lead("information:concern", found=CONFIRMED),
    by_lead("information:rest-on", found=CONFIRMED),
    by_lead("information:uses"),
    by_lead("information:look-again", found=USED),
    by_lead("information:confirmed"),
    Kind("information:given", "probation-officer"),
    by_officer("confidences:mine"),
    Kind("confidences:mine", "chaplain"),
    Kind("confidences:notes", "chaplain", HEARD),
    Kind("confidences:notes", "psychologist", HEARD),
    Kind("confidences:notes", "oversight", BY_WORD),
    Kind("confidences:add", "chaplain", MY_NOTE),
    Kind("confidences:strike", "chaplain", MY_NOTE),
    Kind("confidences:word", "chaplain", BY_WORD),
    by_officer("confidences:ask"),
    Kind("confidences:ask-source", "analyst"),
    by_officer("confidences:name-source"),
    Kind("confidences:asked", "chaplain", TO_ANSWER),
    Kind("confidences:asked", "source-custodian", TO_ANSWER),
    Kind("confidences:asked", "personal-officer", I_ASKED),
    Kind("information:enquiries", "analyst"),
    Kind("information:enquiries", "oversight"),
    Kind("information:unanswered", "governor"),
    Kind("information:enquire", "analyst", IN_PRISON),
    Kind("information:enquire-beside", "analyst", GOES_ON),
    Kind("information:enquiry", "analyst", WAITS_FOR_AN_ANSWER),
    Kind("information:enquiry", "analyst", TO_BE_LAID),
    Kind("information:urge", "analyst", GOES_ON),
    Kind("information:urged", "duty-manager", SHOWN_AT_ONCE),
    Kind("information:protection", "governor", URGENT_STEP),
    Kind("information:protection", "governor", REVIEWED_STEP),
    by_head("breakglass:open"),
    Kind("breakglass:reviews", "data-protection-officer"),
    Kind("breakglass:review", "data-protection-officer", TO_REVIEW),
    Kind("breakglass:review", "oversight", OPENED),
    Kind("home", "data-protection-officer"),
    by_head("desks"),
    Kind("desks", "administrator"),
]

ONLY_SENT_TO = {
    "duties:seen", "duties:all-seen", "assessments:begin", "training:take-back",
    "sign-out", "lock", "still-here", "end-desk", "remove-factor", "end-sign-in",
    "reflections:withdraw", "reflections:begin-meeting", "reflections:nothing-new",
    "reviews:accept", "reviews:leave", "reviews:take-off", "reviews:test", "reviews:untest",
    "reviews:begin",
    "reflections:nothing-new-of-the-rest", "cases:join", "cases:leave", "cases:hand-over",
    "shifts:offer-support", "shifts:answer-support", "safety:review-note", "safety:end-note",
    "safety:concern-words", "safety:take-up", "safety:end-concern", "safety:look-in",
    "safety:plan-stands", "safety:end-turn",
    "carry:discard", "safety:contact", "safety:end-apart",
    "people:end-cover", "people:call-off", "people:call-on", "people:did-not-leave",
    "conduct:receive", "conduct:close", "confidences:end-word", "confidences:answer",
    "breakglass:close", "access:approve", "information:take-back", "information:told",
    "information:enquiry-answer", "information:enquiry-feedback", "information:enquiry-lay",
    "information:protect", "information:protection-review",
    "equality:take-back", "information:counts-csv",
    # Nothing stands out in the fictional service: ``test_fairness.py`` reads it.
    "information:fairness-answer",
}  # fmt: skip
AT_THE_DOOR = {"second-factor", "set-up-factor", "provider", "provider-back"}
"""Shown to whoever has typed a password: read by the tests of signing in."""
FOR_MACHINES = {
    "alive", "ready", "safety:concern-state", "carry:arrive", "carry:worker",
    "ask-for-key", "ask-for-second-key", "ask-for-first-key", "ask-for-new-key",
}  # fmt: skip
ON_PAPER = {"safety:unlock-pdf", "safety:wing-sheet", "disclosures:paper", "disclosures:data"}
"""Set for print: read by the tests of safety."""


def find(owner: psycopg.Connection, kind: Kind) -> tuple[str, list[Any]]:
    """Whom the page is opened by (their staff number), and what its address takes."""
    if not kind.role:
        return "", []
    with owner.cursor(row_factory=tuple_row) as cursor:
        row = cursor.execute(f"{WHO} {kind.found} limit 1", {"role": kind.role}).fetchone()
    assert row is not None, f"The filled service has nothing to show for {kind}."
    return row[0], list(row[1:])


# What follows is asked of the page itself. Each answers with a list of what is wrong.


def wider_than_the_screen(page: Page) -> list[str]:
    return page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          return [...document.querySelectorAll('body *')]
            .filter(part => part.checkVisibility())
            .filter(part => {
              const box = part.getBoundingClientRect();
              return box.right > room + 1 || box.left < -1;
            })
            .map(part => `${part.tagName} .${part.className} ${part.textContent.slice(0, 30)}`)
            .slice(0, 5);
        }"""
    )


def hard_to_touch(page: Page) -> list[str]:
    """Targets under 44 px in their longer side or 24 in the shorter; links in text are let be."""
    return page.evaluate(
        """() => {
          const box = part => {
            const over = getComputedStyle(part, '::after');
            const whole = over.content !== 'none' && over.position === 'absolute';
            return (whole ? part.offsetParent : part.closest('label') ?? part)
              .getBoundingClientRect();
          };
          const withinText = part => {
            if (part.tagName !== 'A' || getComputedStyle(part).display !== 'inline') return false;
            let block = part.parentElement;
            while (getComputedStyle(block).display === 'inline') block = block.parentElement;
            return block.textContent.trim().length > part.textContent.trim().length + 3;
          };
          return [...document.querySelectorAll(
              'a[href], button, summary, select, textarea, input:not([type=hidden])')]
            .filter(part => part.checkVisibility() && !part.classList.contains('skip'))
            .filter(part => !withinText(part))
            .map(part => [part, box(part)])
            .filter(([, {width, height}]) =>
              Math.max(width, height) < 43.5 || Math.min(width, height) < 23.5)
            .map(([part, {width, height}]) => `${part.tagName} .${part.className}`
              + ` "${part.textContent.trim().slice(0, 40)}" ${width | 0}×${height | 0}`);
        }"""
    )


def moves(page: Page) -> list[str]:
    """What still moves where somebody asked for no motion."""
    return page.evaluate(
        """() => [...document.querySelectorAll('*')]
          .filter(part => {
            const style = getComputedStyle(part);
            return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
              || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
          })
          .map(part => `${part.tagName} .${part.className}`).slice(0, 5)"""
    )


def lost_to_the_keyboard(page: Page, presses: int = 40) -> list[str]:
    """Tab from the top: in the order of the page, each stop outlined, none under another part."""
    page.evaluate("() => { document.activeElement?.blur(); window.daybookStop = null }")
    page.keyboard.press("Home")
    wrong: list[str] = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        said = page.evaluate(STOP)
        if said is None:
            break
        wrong += said
    return wrong


STOP = """() => {
  const part = document.activeElement, before = window.daybookStop;
  if (!part || part === document.body || part === before) return null;
  // Round again from the top: every stop was seen.
  if (before && part.matches('.skip')) return null;
  window.daybookStop = part;
  const name = `${part.tagName} .${part.className} ${part.textContent.trim().slice(0, 30)}`;
  const wrong = [];
  if (before && !(before.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING))
    wrong.push(`${name} comes out of order`);
  const drawn = [[part], [part, '::after'], [part.closest('label')], [part.nextElementSibling]]
    .filter(([each]) => each).some(([each, piece]) => {
      const style = getComputedStyle(each, piece);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
  if (!drawn) wrong.push(`${name} has the focus unseen`);
  const box = (part.closest('label') ?? part).getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const over = document.elementFromPoint(x, y)?.closest('.save-bar');
  if (over && !over.contains(part)) wrong.push(`${name} hides under the save bar`);
  return wrong;
}"""
