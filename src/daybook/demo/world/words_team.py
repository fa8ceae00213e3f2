"""What teams write together: patterns, signs, strengths, trust, meetings, cases."""

from daybook.demo.world.words_seen import lines

USUAL = lines("""
    Quiet before noon, jokes at the servery, keeps to two friends.
    Talks most while {pos} hands are busy. {interest_cap} every evening.
    Up early, cell tidy, one phone call a day to {pos} {kin}.
    Greets everyone by name; goes in early when tired.
    Few words with staff, more on the yard. Reads until late.
    Loud when happy, silent when worried. Eats with the same three people.
    Comes to the office once a day with a question, then is content.
    Likes a plan for the week; asks when something changes.
    Slow mornings. After lunch {sub} like{s} company and {interest}.
    Writes rather than speaks; a note under the door is {pos} way of asking.
    Polite and a little distant with new officers, warm after a few weeks.
    Keeps busy: cleaning, {interest}, letters.
""")

OWN_PATTERN = lines("""
    I need my coffee before I can talk.
    When I cook I am all right.
    I say little. That is just me.
    Tell me early if something changes.
    I laugh a lot, also when I am nervous.
    If my door is open you can come in.
    Mornings are not for questions.
    I like it when people say my name properly.
    I keep to my people and my book.
""")

SIGNS: tuple[tuple[str, str], ...] = tuple(
    (sign.strip(), response.strip())
    for sign, response in (
        line.split("|")
        for line in lines("""
    I stop cooking. | Give me an hour, then ask about my {kin}.
    I don't go to the phone. | Ask once, by my door, not on the landing.
    I walk up and down. | Walk with me, two rounds, no questions.
    I keep the light off. | Say good morning anyway. Come back at eleven.
    I answer with one word. | One word back is fine. Tea helps.
    I get loud over small things. | Tell me quietly to step out. I will.
    I stop {interest}. | Ask me to show you something.
    I say "fine" twice. | Sit down with me; it is not fine.
    I give my food away. | Ask me when I last slept.
    I clean the cell at night. | Let me finish, then talk to me next day.
    I don't take my post. | Bring it to me and stay a minute.
    I skip work. | Ask my instructor to come by, not to write.
    I joke about everything. | Laugh, and then ask how I really am.
    I stay away from my friends. | Ask them to knock; I open for them.
    """)
    )
)

STRENGTHS = lines("""
    Explains things patiently to new arrivals.
    Finishes what {sub} begin{s}.
    Writes to {pos} {kin} every week, whatever happens.
    Good hands: {interest}.
    Can laugh at {obj}self.
    Asks for help in time.
    Reads and passes the books on.
    Keeps {pos} word about small things.
    Notices when a neighbour has a bad day.
    Got up for work every day this winter.
    Reads letters from the office with those who find them hard.
    Apologises first.
    Cooks for others, also on bad days.
    Has paid back a debt without being asked.
    Knows what calms {obj}: {interest}.
    Was a good colleague in the workshop, the instructor says.
""")

TRUST = lines("""
    Wing cleaner, alone on the landing.
    Kitchen knives, signed out by the hour.
    Key to the library cupboard.
    Showing new arrivals round.
    Carrying messages to the workshop unaccompanied.
    Two hours in the garden without an officer.
    Accompanied leave to town.
    Speaking for the wing at the council.
    Looking after the landing's phone list.
    Driving the farm trolley.
    A day at the bakery outside.
    Reading to the children at family day.
""")

TRUST_KEPT = lines("""
    Kept from the first day.
    Kept; the keys came back five minutes early.
    Kept, and asked for more.
    Kept with one talk in between.
    """)
TRUST_NOT_KEPT = lines("""
    Came back late once; talked about it, to be offered again in a month.
    Too much at this time, {sub} said so before we did.
    Left it half done; will try something smaller.
    """)
TRUST_NOT_TAKEN = lines("""
    Not now, thank you. Asked again in spring.
    Would rather stay in the workshop.
    """)

TOLD_ANSWERS = lines("""
    Wanted to know who can read it.
    Asked whether the family can see it.
    Said it is good to know.
    Asked to read it once a month.
    Had it explained twice and thanked for it.
    Asked where to object, and was shown.
    Said: write it the way it was.
""")

# What may explain it, for the worse and for the better.
ORDINARY = {
    "worse": lines("""
    Little sleep: the cell is next to the boiler.
    No contact with {pos} {kin} since the call was missed.
    A cold that has been going round.
    The date of a death in the family comes round this week.
    Waiting for a date.
    Money: the shop account has been empty for two weeks.
    A friend on the landing was released.
    Pain; the dentist is booked.
    Simply a bad week.
    """),
    "better": lines("""
    Good news from {pos} {kin}.
    Simply a better time; days are longer.
    Proud of the course.
    The pain is gone since the dentist.
    A friend has come to the landing.
    Sleeps again.
    The date has come, and it is a good one.
    Something {sub} decided; {sub} will tell us when ready.
    """),
}
REGIME = {
    "worse": lines("""
    Gym closed two weeks.
    The personal officer has been on leave, nobody told {obj}.
    Three different officers in four days.
    The answer to the request is late on our side.
    Two lock-downs in a week.
    The new timetable cuts association for this landing.
    We moved {obj} without much warning.
    We said we would call the visits office and forgot.
    """),
    "better": lines("""
    The new instructor gives {obj} responsibility.
    Same two officers all week; that steadied things.
    We kept the small promise about the phone.
    The quiet hour after lunch, which we agreed on, works.
    The request was answered at last.
    The other landing has taken the noise with it.
    """),
}
OTHER = lines("""
    Something between {obj} and a neighbour that we have not heard about.
    A decision {sub} {has} made and not told us.
    We may be reading too much into few entries.
""")

STANCES = {
    "worse": lines("""
    Unhurried, same people, no questions before coffee.
    One of us each day, ten minutes, about {interest} first.
    Answer what can be answered today; say plainly what cannot.
    Keep to the agreed response; nobody improvises.
    Ask at the door, not on the landing.
    Let {obj} choose the time.
    Friendly, brief, every shift.
    Everyone gives the same answer on the request.
    """),
    "better": lines("""
    Notice the good openly.
    Say that we noticed and that we are glad.
    Ask {obj} what helps, and write it into the pattern.
    Keep things as they are; same officers.
    Stay as close as before; a good week is still a change.
    Offer the next step, without haste.
    """),
}

# (what, what came of it, did it help)
ACTIONS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "worse": (
        ("Arrange the phone call home.", "Call took place; out again since.", True),
        ("Find out what happened to the request.", "Answered the same day, with reasons.", True),
        ("Ask {obj} what would help.", "An hour of quiet after lunch; on the sheet now.", True),
        ("Keep the place in the workshop.", "Back at the bench after three days.", True),
        ("Speak with the night staff about sleep.", "Bed moved from the pipe; sleeps now.", True),
        ("Put the officers' days on {pos} door.", "{sub_cap} look{s} at it each morning.", True),
        ("Offer the cooking group.", "Went once, not again. Ask about {interest}.", False),
        ("Book the dentist.", "Appointment on Thursday; pain less.", True),
        ("Sit down together with the neighbour.", "They talked. Still cool.", False),
        ("Ask the visits office for a new date.", "Visit on Saturday.", True),
        ("Ask the teacher how it is in class.", "Same there; the teacher keeps an eye.", False),
        ("Explain the new timetable in person.", "Understood; not happy, and said so.", False),
        ("Try gym on the other morning.", "Goes twice a week.", True),
    ),
    "better": (
        ("Review the usual pattern with {obj}.", "Two signs added in {pos} own words.", True),
        ("Talk about what has gone well and why.", "The same two officers, it seems.", True),
        ("Offer the job of wing cleaner.", "Taken; every morning so far.", True),
        ("Tell {obj} that we noticed.", "{sub_cap} laughed and said thank you.", True),
        ("Ask the instructor about a harder course.", "Full until spring; on the list.", False),
        ("Ask how {sub} would like to go on.", "Wants to cook for the landing.", True),
    ),
}

DISSENT = lines("""
    One of us thinks it is only the cold.
    The night officer sees no difference at all.
    The instructor disagrees: as always at the bench.
    One of us would wait another week before doing anything.
    One of us thinks we caused it.
""")

WENT_WELL_PERSON = lines("""
    Came to the office by {obj}self.
    Helped a new arrival.
    Every day at work.
    Called {pos} {kin} again.
    Took a no calmly.
    Agreed to look at the pattern with us.
    Laughed on Tuesday.
""")

WENT_WELL = lines("""
    Nobody had to be told twice at lock-up.
    The football; both landings played.
    Three people came to us before it got loud.
    New arrivals had a face to ask from the first evening.
    The kitchen group fed the whole landing.
    Handover took ten minutes and nothing was lost.
    Everyone was seen by somebody every day.
    The argument over the phones ended with a list they made themselves.
""")
HOW_WE_ARE = lines("""
    Tired, two people short, still talking to each other.
    Good. The roster held.
    Shaken by the night call; we talked about it first.
    Fine. One of us asks for fewer double shifts.
    Glad to have the weekend team back.
    Busy; we missed breaks on three days.
    Calm week.
    We laughed today.
""")
THEMES = lines("""
    Noise after ten.
    How we greet people at unlock.
    Visitors: what helps before and after.
    Time to talk when the doors are shut.
    The phones.
    Who looks after new arrivals.
    Saying no with a reason.
    Keeping small promises.
    Mealtimes.
    What we do with free hours on Sunday.
""")

CASES: tuple[tuple[str, str], ...] = (
    (
        "Plan the months before release together: housing, work, contacts.",
        "Prison Services Act s. 14 (individual plan)",
    ),
    (
        "Old contacts have written again; agree with the person what support is wanted.",
        "Prison Services Act s. 22 (support on request)",
    ),
    (
        "Long time in single cell by own choice; find steps back into company.",
        "Prison Services Act s. 19 (contact and separation)",
    ),
    (
        "Owes money on the wing; settle it safely and fairly.",
        "Prison Services Act s. 17 (protection)",
    ),
    (
        "Supervision after release: agree one plan between prison and probation.",
        "Supervision Act s. 6 (joint plan)",
    ),
    (
        "Doubts about an old circle, asked for somebody to talk to.",
        "Prison Services Act s. 22 (support on request)",
    ),
)
CASE_GOES_ON = lines("""
    Half of what was agreed is done; the rest needs the weeks that are left.
    The person wants it to go on, and so does everyone on the team.
    The flat is promised, and not yet signed.
""")

CASE_CLOSED = lines("""
    The plan is done and the person agrees.
    The reason for opening it no longer holds.
    Support goes on in the ordinary way, without a case.
""")

# Everyone has a turn each week, and most weeks are ordinary.
QUIET_FACTS = lines("""
    Nothing out of the ordinary this week.
    A week like the one before.
    Work, yard, phone, bed: as we know it.
    Written about on most days, nothing that stood out.
    Asked how the week was; said it was fine and told a little of it.
""")

QUIET_ORDINARY = lines("""
    A settled week: work, visits and sleep go as usual.
    The days have their shape, and that does {obj} good.
    Nothing changed at home or here that we know of.
    Has people to sit with and something to do.
""")

QUIET_REGIME = lines("""
    The wing kept its hours, so nothing got in the way.
    We have kept to what we said; that helps.
    It may also be that we have not asked much this week.
    Quiet may be the wing being quiet: few of us had time to sit down.
""")

QUIET_STANCES = lines("""
    As before: same people, same tone.
    Keep asking the small questions.
    Somebody sits down with {obj} once before next week.
    Say out loud what goes well.
""")
