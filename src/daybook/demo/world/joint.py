"""Joint reviews of a fictional service, and how each ended: as differently as people do.

Told without a name and without a pronoun: whom they befall is drawn by lot, apart from everything
else that is known of anybody.
"""

from dataclasses import dataclass, field

from .harm import Story

LEAD, PSYCHOLOGIST, OFFICER = range(3)
"""Who lays an item, of the three who take part."""


@dataclass(frozen=True, slots=True)
class Laid:
    """An item of the board. ``against`` and ``fits``: what the team marked; ``split``: one
    explanation that each of them saw otherwise. ``tests``: explanations it could have spoken
    against, had it turned out otherwise."""

    row: str
    source: str
    what: str
    words: str
    innocent: str
    ago: int
    by: int = LEAD
    against: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    split: str = ""
    tests: tuple[str, ...] = ()
    told_by: str = ""
    confirms: int | None = None
    """The report of the review, by its place, that was confirmed and is laid here."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one was closed."""

    least: tuple[str, ...]
    because: str
    would_change: str
    support: str
    support_words: str
    next_look: str
    needs: str
    harm: str
    said: str
    dissent: str = ""
    not_yet: str = ""
    """Why they could not be asked before it ended: ``said`` came a few days after."""


@dataclass(frozen=True, slots=True)
class Joint:
    """One review: its question, what was laid, and its end; ``stage`` where it goes on."""

    question: str
    items: tuple[Laid, ...]
    ended: Ended | None = None
    stage: str = "closed"
    own: tuple[str, str] = ("", "")
    """An explanation of the team’s own, and what would speak against it."""
    against: dict[str, str] = field(default_factory=dict)
    """By explanation, what would speak against it."""
    noted: str = ""
    hearings: tuple[int, ...] = ()
    """So many days ago: the record is asked of the days before each."""
    reports: tuple[Story, ...] = ()
    """Reports of harm about the same person, by different officers, which the desk confirmed."""
    ended_ago: int = 0
    """Days since it ended, where what it rests on must still stand; 0: in its turn."""


JOINTS: tuple[Joint, ...] = (
    # A real change that first looked like a front.
    Joint(
        "Everything changed three weeks before the hearing. Does it last after it?",
        (
            Laid("time", "wing", "done", "Joined the class three weeks before the hearing.",
                 "The class began that week.", 96, OFFICER,
                 fits=("genuine", "instrumental", "habit", "concealed")),
            Laid("time", "work", "kept", "Came every week for two months after it was turned down.",
                 "It is warm there, and there is coffee.", 40, PSYCHOLOGIST, told_by="The teacher",
                 against=("instrumental", "protest"), fits=("genuine", "habit"),
                 tests=("genuine",)),
            Laid("effort", "work", "done", "Stayed on free afternoons to help two read plans.",
                 "Likes the company of those two.", 33, LEAD, told_by="The workshop instructor",
                 against=("instrumental", "habit", "coerced"), fits=("genuine",), split="health"),
            Laid("setback", "wing", "done", "A visit was cancelled at the gate: wrote a letter, "
                 "and went to work.", "There was nothing else to do that day.", 29, OFFICER,
                 against=("protest", "health"), fits=("genuine",)),
            Laid("ties", "family", "said", "The calls are about the children now, not about money.",
                 "There is less to pay at home.", 26, LEAD, told_by="A sister",
                 against=("instrumental",), fits=("genuine",)),
            Laid("depth", "own-words", "said", "“I was good at excuses. I still am, on Mondays.”",
                 "A sentence from the group, perhaps.", 24, PSYCHOLOGIST,
                 against=("habit",), fits=("genuine",)),
        ),
        Ended(
            ("genuine",),
            "It went on for two months after there was nothing to gain, and cost free afternoons.",
            "If it stopped at the next refusal, or were kept up only where staff look.",
            "trust", "Runs the reading corner of the workshop, with the key to its cupboard.",
            "How it goes when the instructor changes in spring.",
            "A place in the course outside that starts the same month.",
            "Nothing in it speaks of harm to anybody.",
            "I thought you were waiting for me to fall over.",
        ),
        own=("The teacher alone", "If it went on with another teacher."),
        against={"genuine": "If it had ended with the hearing.",
                 "instrumental": "If it goes on with nothing to gain."},
        noted="Two of us saw a tired week, one a good month. The notes of the workshop settle it.",
    ),
    Joint(
        "Says all the right things. Does anything stand behind the words?",
        (
            Laid("depth", "member", "said", "Uses whole sentences of the course book in talks.",
                 "Learnt the language with that book.", 70, PSYCHOLOGIST,
                 fits=("genuine", "instrumental", "habit", "concealed", "health")),
            Laid("responsibility", "member", "kept", "Has paid back a debt on the wing, a little a "
                 "week, since summer.", "It was owed, and others watched.", 30, LEAD,
                 told_by="The accounts office",
                 against=("instrumental", "habit"), fits=("genuine",), tests=("genuine",)),
            Laid("settings", "work", "done", "Is the same in the kitchen as with staff, says the "
                 "cook, who was asked first.", "The kitchen is an easy place.", 28, OFFICER,
                 told_by="The cook", against=("instrumental", "concealed"), fits=("genuine",)),
            Laid("setback", "wing", "done", "Was blamed for a fight, waited for the camera, and "
                 "shook hands after.", "Had been told what the camera shows.", 22, OFFICER,
                 against=("protest", "coerced"), fits=("genuine",), split="habit"),
            Laid("needs", "member", "found", "Has a word list of feelings on the cell wall.",
                 "The course hands them out.", 20, PSYCHOLOGIST, against=("health",),
                 fits=("genuine",)),
        ),
        Ended(
            ("genuine",),
            "The borrowed words turned out to be the only ones at hand; the deeds are older.",
            "If the debt were taken up again, or the kitchen said otherwise unasked.",
            "help", "Language lessons twice a week, and a mentor who speaks both.",
            "Whether own words come as the lessons go on.",
            "Lessons first; then the course once more, understood.",
            "Nothing new. The old conditions for visits stay as they are.",
            "In my language I can be funny.",
            dissent="The officer would wait one more month before calling it lasting.",
        ),
        against={"genuine": "If the debt had been left once nobody watched."},
    ),
    Joint(
        "Works well since the kitchen place was open. And if it goes to somebody else?",
        (
            Laid("time", "wing", "done", "On time each day from the week the place was posted.",
                 "The alarm clock was mended that week.", 80, OFFICER,
                 fits=("instrumental", "genuine", "habit", "concealed")),
            Laid("effort", "work", "done", "Left early on all four days when no list was kept.",
                 "The bus of the instructor left early, too.", 44, LEAD,
                 told_by="The workshop instructor", against=("genuine", "habit"),
                 fits=("instrumental",)),
            Laid("setback", "wing", "done", "The place went to another: back to late mornings.",
                 "Slept badly, with a new cell mate.", 31, OFFICER,
                 against=("genuine", "habit"), fits=("instrumental", "protest")),
            Laid("depth", "own-words", "said", "“I wanted the kitchen. Who doesn’t?”",
                 "A straight answer to a straight question.", 27, PSYCHOLOGIST,
                 against=("coerced", "concealed", "health"), fits=("instrumental",),
                 tests=("instrumental",)),
            Laid("responsibility", "wing", "kept", "Said so to the shift, and asked what else "
                 "there is to work for.", "Bored without it.", 25, LEAD, against=("protest",),
                 fits=("genuine", "instrumental")),
        ),
        Ended(
            ("instrumental",),
            "It came and went with the place, and was said openly. Most people work for something.",
            "If it held for a month with nothing on the list.",
            "trust", "Something worth working for: the forklift course, from the first week on.",
            "Whether the mornings hold once the course has begun.",
            "A goal that leads outside: the course is asked for by firms nearby.",
            "None. Wanting something is no danger.",
            "Then give me something I want.",
        ),
        against={"instrumental": "If it had gone on after the place was given away."},
    ),
    Joint(
        "Eleven quiet years. What is left of them outside these walls?",
        (
            Laid("settings", "wing", "done", "Makes the bed, the list and the tea at the same "
                 "minute, each day.", "It is pleasant to know what comes.", 75, OFFICER,
                 fits=("habit", "genuine", "concealed", "health")),
            Laid("effort", "work", "done", "Asked to plan a menu alone: waited to be told what to "
                 "cook.", "Nobody had shown where things stand.", 40, LEAD,
                 told_by="The cook", against=("genuine", "instrumental"), fits=("habit",)),
            Laid("ties", "family", "said", "On leave at home sat by the door until asked to eat.",
                 "A strange house, after so long.", 34, PSYCHOLOGIST, told_by="A brother",
                 against=("genuine", "protest", "concealed"), fits=("habit", "health")),
            Laid("needs", "own-words", "said", "“Which tram? I never had to choose.”",
                 "The trams are new.", 26, PSYCHOLOGIST, against=("instrumental", "coerced"),
                 fits=("habit",), tests=("habit", "health")),
            Laid("depth", "member", "done", "Filled in every form correctly for years.",
                 "That is what forms are for.", 21, LEAD, against=("health",), fits=("habit",)),
        ),
        Ended(
            ("habit",),
            "What is done well here is done because it is laid out. Nothing else was asked for.",
            "If a week with choices in it went as the others do.",
            "help", "A day outside each week with the brother, and a list that gets shorter.",
            "What was chosen, not what was kept.",
            "Practice in choosing: money, trams, an empty evening.",
            "None. Leaving without practice would be the danger.",
            "I’d like to burn something once, and eat it.",
        ),
        against={"habit": "If something were begun that nobody had laid out."},
    ),
    Joint(
        "Refuses the yard, the class and the shower. Refusal, or fear?",
        (
            Laid("time", "wing", "done", "Stopped going out in the week two arrived here.",
                 "A cold spell began that week.", 60, OFFICER, against=("protest", "habit"),
                 fits=("coerced", "health")),
            Laid("settings", "work", "done", "Goes to the library when it is empty, and leaves "
                 "when others come.", "Reads better alone.", 38, LEAD, told_by="The librarian",
                 against=("protest", "instrumental"), fits=("coerced", "health")),
            Laid("ties", "family", "said", "Money has gone to an account nobody at home knows.",
                 "A debt that was forgotten.", 30, PSYCHOLOGIST, told_by="A mother",
                 against=("health", "genuine", "instrumental"), fits=("coerced",)),
            Laid("observers", "wing", "done", "Three of the shift saw two doors close as theirs "
                 "opened.", "The draught shuts doors there.", 27, OFFICER, split="health",
                 fits=("coerced",), tests=("coerced",)),
            Laid("depth", "own-words", "said", "“Ask me in another building.”",
                 "It is loud on the wing.", 23, PSYCHOLOGIST, against=("protest", "concealed"),
                 fits=("coerced",)),
        ),
        Ended(
            ("coerced",),
            "It began with two arrivals, costs money, and ends where they aren’t.",
            "If it went on after the move.",
            "help", "Another wing today, and one officer to talk to at the same hour each day.",
            "Yard, class and shower, a fortnight after the move.",
            "Safety first, and the money stopped with the bank.",
            "Harm may come to the person: the keep-apart note stands at the door.",
            "I wasn’t refusing. I was counting steps.",
        ),
        against={"coerced": "If it had begun before they came."},
    ),
    Joint(
        "Will sign nothing and speak to nobody in uniform. Since when, and over what?",
        (
            Laid("time", "wing", "done", "Since the day the letters of a dead brother were lost in "
                 "the move.", "Grief would do that anywhere.", 58, OFFICER,
                 against=("instrumental", "habit"), fits=("protest", "health")),
            Laid("settings", "work", "done", "Speaks as before with the teacher and the nurse.",
                 "They ask about other things.", 36, LEAD, told_by="The teacher",
                 against=("health", "coerced"), fits=("protest",), split="concealed"),
            Laid("responsibility", "member", "found", "Three complaints about the letters, none "
                 "answered in the month they were owed.", "A busy month.", 30, PSYCHOLOGIST,
                 against=("health", "instrumental", "genuine"), fits=("protest",),
                 tests=("protest",)),
            Laid("depth", "own-words", "said", "“First my letters. Then your forms.”",
                 "That is what was meant.", 24, PSYCHOLOGIST, against=("concealed", "coerced"),
                 fits=("protest",)),
        ),
        Ended(
            ("protest",),
            "It began with a loss that was ours, stands where we stand, and was said plainly.",
            "If it went on after the letters are found, or their loss is owned.",
            "help", "The governor says sorry in person; the store is searched once more.",
            "Whether a signature comes once the answer has.",
            "An answer to three complaints, and a day for the brother’s grave.",
            "None from the person. The harm was done here.",
            "I would sign for somebody who reads what I write.",
        ),
        against={"protest": "If it were the same with those who lost nothing."},
    ),
    Joint(
        "Kind on one shift, silent on the other. What are we seeing?",
        (
            Laid("observers", "wing", "said", "Talks of an hour a week with one shift, and of the "
                 "weather with the other.", "One of us simply gets on better.", 50, OFFICER,
                 fits=("genuine", "instrumental", "concealed", "health", "habit")),
            Laid("settings", "work", "done", "Nobody of the workshop was asked yet.",
                 "The workshop was shut for repairs.", 33, LEAD,
                 fits=("genuine", "instrumental", "habit", "health")),
            Laid("depth", "own-words", "said", "“You lot should talk to each other.”",
                 "Fair enough.", 26, PSYCHOLOGIST, split="protest",
                 fits=("genuine", "health")),
        ),
        Ended(
            ("unknown",),
            "What we have fits almost everything, so it decides nothing. We looked from two sides.",
            "Anything from the workshop, or from home.",
            "trust", "Chooses the films of the month, and introduces them.",
            "What the workshop and the sister see, each asked alone.",
            "To be asked, for once, what would help.",
            "Nothing that we know of.",
            "Not enough known? That makes two of us.",
        ),
    ),
    # Going on.
    Joint(
        "Has stopped asking for leave. Rest, or giving up?",
        (
            Laid("time", "wing", "done", "The last request for leave was in spring.",
                 "The form has changed since.", 40, OFFICER),
            Laid("ties", "family", "said", "Home has moved to another town, and has one room.",
                 "There was work there.", 12, LEAD, told_by="A daughter"),
            Laid("needs", "own-words", "said", "“What for?”", "A tired evening.", 9, PSYCHOLOGIST),
        ),
        stage="gathering",
        own=("Nowhere to go on leave to", "If leave were offered with a bed, and still not taken."),
        against={"health": "If sleep and appetite were as ever."},
    ),
    Joint(
        "Leads the discussion group since March. Whom does it serve?",
        (
            Laid("settings", "work", "done", "Gives the word to whoever hasn’t spoken.",
                 "The course teaches that.", 30, LEAD, told_by="The teacher"),
            Laid("responsibility", "wing", "done", "Ended an evening early when two shouted.",
                 "It was late.", 18, OFFICER),
            Laid("ties", "partner", "said", "Two of the group asked for a place in one hostel.",
                 "It is the only one nearby.", 11, PSYCHOLOGIST, told_by="The hostel"),
            Laid("depth", "own-words", "said", "“I talk less there than anywhere.”",
                 "True, on most evenings.", 8, PSYCHOLOGIST),
        ),
        stage="rating",
        against={"genuine": "If only those were heard who agree."},
    ),
    Joint(
        "Apologised to the officer after five months. What moved it?",
        (
            Laid("time", "wing", "done", "The apology came the day after the other’s transfer.",
                 "Easier without an audience.", 28, OFFICER,
                 against=("coerced",), fits=("genuine", "instrumental", "concealed"),
                 split="instrumental"),
            Laid("effort", "member", "done", "Asked for the talk in writing, and that it stay out "
                 "of the file.", "Shy of the file.", 21, PSYCHOLOGIST,
                 against=("instrumental", "habit"), fits=("genuine",), tests=("genuine",)),
            Laid("responsibility", "own-words", "said", "“It was me. The door was a bad excuse.”",
                 "Said before, to others.", 16, PSYCHOLOGIST,
                 against=("protest", "habit"), fits=("genuine",), split="health"),
            Laid("ties", "family", "said", "Told it at home first, a week before.",
                 "The mother asked.", 12, LEAD, told_by="A mother",
                 against=("instrumental",), fits=("genuine",)),
            Laid("settings", "wing", "done", "Holds the door for everybody since.",
                 "It is a heavy door.", 6, OFFICER,
                 fits=("genuine", "instrumental", "habit", "concealed", "coerced", "protest",
                       "health")),
        ),
        stage="open",
        against={"genuine": "If it had been asked to go into the file.",
                 "instrumental": "If nothing hung on it."},
        hearings=(35, 75, 140),
    ),
    # Two more that ended.
    Joint(
        "Speaks against debts before everybody. Do the debts on the landing know of it?",
        (
            Laid("time", "wing", "done", "Has told every newcomer since May to borrow nothing.",
                 "That is good advice, and was asked for.", 24, OFFICER,
                 fits=("genuine", "instrumental", "habit", "concealed"), tests=("concealed",)),
            Laid("ties", "information", "found", "A list in the own hand of what three owe, with "
                 "payments up to this week.", "It may be kept for somebody else.", 21, LEAD,
                 confirms=0, against=("genuine", "health"), fits=("concealed", "coerced")),
            Laid("settings", "information", "done", "Two were told on a Thursday what they owe "
                 "from Friday on.", "A joke between the three.", 20, PSYCHOLOGIST,
                 confirms=1, against=("genuine", "habit"), fits=("concealed", "coerced")),
            Laid("effort", "family", "said", "Money came in from two strangers each month, and "
                 "went on to nobody.", "Presents, for all one knows at home.", 12, LEAD,
                 told_by="A mother", against=("coerced",), fits=("concealed",)),
            Laid("needs", "member", "found", "No hearing and no place for two years: there is "
                 "nothing to be had by it.", "People plan ahead.", 16, PSYCHOLOGIST,
                 against=("instrumental", "protest"), fits=("genuine", "concealed")),
            Laid("depth", "own-words", "said", "“Somebody has to keep order in it.”",
                 "Said of the canteen list, perhaps.", 8, PSYCHOLOGIST,
                 against=("protest", "health"), fits=("concealed", "instrumental")),
        ),
        Ended(
            ("concealed",),
            "What is said before all and what two found apart from each other don’t go together, "
            "in this one matter. Of other matters it says nothing.",
            "If the payments end while nobody looks, and those who paid say so.",
            "help", "A debt adviser for all four at one table, and wages paid into savings.",
            "Whether the three still pay, asked by their own officers.",
            "School fees for a sister are what the money is for: the fund outside was written to.",
            "Those who pay get help first. Nobody is punished on this picture.",
            "Put somebody else in charge of it, and I’ll hand over the list.",
            dissent="The officer holds that the advice to newcomers is meant as it is said.",
        ),
        against={"genuine": "If debts were collected where nobody looks.",
                 "concealed": "If newcomers were free of debt, and the lists had ended."},
        reports=(
            Story("pressed", "prisoners", "A list of names and sums in the pocket of a coat.",
                  "Three pay each week.", "standing", "Lists of all kinds go round.",
                  sure="found"),
            Story("pressed", "prisoners", "“From Friday on it is double”, said to two at the sink.",
                  "Both sold their tobacco that evening.", "talk", "It was said with a laugh."),
        ),
        ended_ago=2,
    ),
    Joint(
        "Answers no question at the roll call and comes to no appointment. Refusal?",
        (
            Laid("settings", "work", "done", "Answers the instructor at once, who stands on the "
                 "left by the saw.", "They get on well.", 45, LEAD,
                 told_by="The workshop instructor", against=("protest", "concealed"),
                 fits=("health", "genuine")),
            Laid("time", "wing", "done", "Missed what was called out, and came to all that was "
                 "written on a note.", "Notes are rarer, and stand out.", 38, OFFICER,
                 against=("protest", "instrumental", "coerced"), fits=("health",),
                 tests=("health",)),
            Laid("ties", "family", "said", "On the phone always asks for the other ear, a daughter "
                 "says.", "A bad line.", 34, PSYCHOLOGIST, told_by="A daughter",
                 against=("habit", "coerced"), fits=("health",)),
            Laid("depth", "own-words", "said", "“You speak behind me, and then you write that I "
                 "said no.”", "An argument about something else.", 28, PSYCHOLOGIST,
                 against=("instrumental", "habit"), fits=("health", "protest"),
                 split="genuine"),
        ),
        Ended(
            ("health",),
            "It depends on the side one stands on. Nobody had asked before it was written down.",
            "If notes were missed like calls.",
            "help", "A hearing test this week; until then notes, and speaking face to face.",
            "Appointments kept, once they are written.",
            "Words that arrive. Four entries that say “refused” get an addition.",
            "None. A locked door after a call that wasn’t heard is what did harm.",
            "I thought you had all gone quiet.",
            not_yet="First the ears, then the question: asked after the hearing test.",
        ),
        against={"health": "If it were the same on both sides.",
                 "protest": "If it were the same with those who write notes."},
    ),
)  # fmt: skip

EXPLANATIONS = ("genuine", "instrumental", "habit", "concealed", "coerced", "protest", "health")
