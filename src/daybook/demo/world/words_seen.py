"""What officers, teachers and instructors saw or heard: facts only.

One fragment a line. Officers drop the subject, so most fragments fit anyone;
`voice.Voice` lists the slots for the rest.
"""


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


INTERESTS = lines("""
    cooking
    drawing
    the guitar
    chess
    football
    training in the gym
    reading
    repairing radios
    plants
    woodwork
    poetry
    model ships
    cycling
    fishing
    running
    pigeons
    card games
    learning languages
    old cars
    baking
    history books
    crosswords
    mending things
    old records
""")

TOPICS = lines("""
    {interest}
    {interest}
    {interest}
    {pos} {kin}
    {pos} {kin}
    a film from last night
    the menu
    the weather
    the match on Sunday
    the price of coffee in the shop
    the queue for the phones
    the new washing machine
    plans for after release
    a letter that came
    the workshop order
    a story in the newspaper
    the years at school
    a job {sub} once had
    the cat in the yard
    how to sleep in the heat
    what to cook at the weekend
    the timetable for the gym
""")

SEEN: dict[str, tuple[str, ...]] = {
    "good": lines("""
    Out at unlock, said good morning first and asked how my night was.
    Laughed at the servery with two others about {topic}.
    Sat at the big table last night, cards until lock-up.
    Helped a new arrival fill in the shop sheet without being asked.
    Cooked for four on the landing, saved a plate for a neighbour.
    Whistled while cleaning the stairs; did the second flight too.
    Came to the office only to show me a photo of {pos} {kin}.
    Stopped me on the landing to talk about {topic}, ten minutes.
    Cell swept, window open, bed made, radio on low.
    Asked for a second mop so that a neighbour could help.
    Played table tennis for an hour, lost, shook hands, laughed.
    Brought the library book back and asked for the next one.
    Phoned {pos} {kin}, came off the phone smiling.
    Offered tea when I did the round.
    Calmed an argument over the washing machine with a joke.
    Told me the plan for the week and had it written down.
    Stood by the window with two others, talking about {topic}, easy.
    Asked to join the wing council.
    Taught a neighbour the first chords on the guitar.
    Thanked the night officer for the extra blanket.
    Put {pos} name down for the cooking group and told everyone.
    Long talk about {topic}; {sub} asked me questions back.
    Fixed the landing radio and would take nothing for it.
    Ate with the others, stayed to wash up.
    """),
    "usual": lines("""
    Up at unlock, coffee, then to the shower.
    A few words at the door about {topic}.
    Asked for the time of the shop delivery.
    Collected post, read it on the stairs, put it in a pocket.
    Watched television with the door open.
    Walked the yard, two rounds alone, then with a neighbour.
    Queued for the phone, made one call.
    Did the usual cleaning, signed the sheet.
    Lunch in the cell, plate back on time.
    Nodded on the round, reading.
    Changed sheets, asked for a new pillowcase.
    Played one game of cards, then back to the cell.
    Asked when the gym opens and wrote it down.
    Short talk about {topic} while waiting for the lift.
    Wrote a letter at the table by the window.
    Returned the kitchen knife, signed for it.
    Slept late, up when the others were back.
    Asked for a form, filled it in at the desk.
    Sorted laundry, talked with whoever came past.
    An ordinary day by {pos} own account; tea and radio.
    Made soup, ate half, gave the rest next door.
    Trimmed the plant on the window sill.
    Talked about {topic} with the neighbour through the hatch.
    Haircut on the landing, joked about the result.
    """),
    "low": lines("""
    Stayed in bed through association, blanket up, awake.
    Short answers, eyes on the floor.
    Lunch left on the tray, tea taken.
    Sat on the bed in the daytime with the light off.
    Did not go for the phone call that was booked.
    Asked what day it was, then nothing more.
    Radio off, which is seldom.
    Said "fine" at the door and turned to the wall.
    Coffee gone cold beside the bed.
    Handed back the library book unread.
    Cried a little when I asked about {pos} {kin}.
    Gave the shop sheet back empty.
    Looked through the window for the whole of exercise.
    Opened the letter, put it away, did not want to talk about it.
    Left {interest} alone this week.
    Sat on the stairs after the others had gone in.
    Came out last, went back first.
    Spoke so quietly that I had to ask twice.
    """),
    "tense": lines("""
    Up and down the landing for most of association.
    Loud at the servery over a portion; stopped when spoken to.
    Asked three times about the same form.
    Banged the door shut after the phone call, then apologised.
    Jumped when the bell went.
    Argued with a neighbour about the music, both went in.
    Could not sit through the film, out and in four times.
    Hands tight round the mug while we talked.
    Said {sub} had not slept two nights.
    Answered sharply at unlock, came to the office later to explain.
    Walked off in the middle of a sentence.
    Checked the lock of the cell twice before going to the yard.
    Kicked a bin on the way in, picked it up again.
    Asked to be let in early, said the noise was too much.
    Stood at the gate a quarter of an hour before time.
    Spoke fast about {topic}, hard to follow.
    """),
    "alone": lines("""
    Ate alone with {pos} back to the room.
    Did not come to association; window open, reading.
    Took the lunch back to the cell.
    Walked the yard alone, three people asked, {sub} shook {pos} head.
    No cards; the others asked after {obj}.
    Waited for the shower until everyone was gone.
    Left the table when the two friends sat down.
    Kept the door closed after work.
    """),
    "joins": lines("""
    Took a place in the card round that was free.
    Sat with the new people at lunch and explained the timetable.
    In the yard with four others, ball and laughter.
    First time at the cooking group; peeled everything.
    Asked who would make up a team for Sunday.
    At the big table for meals instead of in the cell.
    Lent {pos} chess set and stayed to play.
    """),
    "shut": lines("""
    Answered through the door, did not open it.
    Gave forms in through a neighbour instead of at the desk.
    Said "ask somebody else" when I asked how it went.
    Stopped talking when I came into the room.
    Asked which officer is on tomorrow, then went in.
    """),
    "open": lines("""
    Came to the office and asked if I had ten minutes.
    Told me about {pos} {kin} for the first time.
    Explained how the last weeks were, from the beginning.
    Asked what I would do in {pos} place about the course.
    Brought the letter out and read me a part of it.
    """),
    "visit": lines("""
    Visit from {pos} {kin}; both laughed a good deal.
    Ready half an hour early for the visit.
    Came back from the visit and showed me a drawing.
    Held {pos} {kin}'s hand for most of the visit.
    Quiet for an hour after the visit, then came out for tea.
    Visit went the whole hour; long goodbye at the door.
    Told everyone on the stairs what {pos} {kin} had said.
    Played a board game with the family in the visits room.
    """),
    "no-visit": lines("""
    Ready for the visit; the call came at two that nobody could come.
    Waited in the visits room for forty minutes, then walked back.
    Visit cancelled because of the trains. Asked for the phone.
    {pos_cap} {kin} did not come; no message yet.
    Took the news that the visit was off standing in the door.
    """),
    "court": lines("""
    Back from court late, ate something, straight to bed.
    Court put off again; new date in a month.
    Laid out the papers for court the evening before.
    Read the papers from the lawyer at the table.
    Came back from the hearing and phoned {pos} {kin}.
    Asked me what one says to a judge at the end.
    Heard the outcome, wrote it down, asked what comes next.
    """),
    "refusal": lines("""
    Request for the other workshop turned down; read the letter twice.
    Leave was not granted. Asked who decides and on what day.
    The answer on the cell move was no. Nodded and walked away.
    Got the no about the phone number; wanted the reason in writing.
    Told that the course is full until spring.
    """),
    "bad-news": lines("""
    Call from home: {pos} {kin} is in hospital.
    Letter from the landlord; the flat is gone.
    Heard by phone that an uncle died on Monday.
    {pos_cap} {kin} is moving away and told {obj} by letter.
    News that the grandmother is not well; asked for a call.
    The dog at home was put to sleep; {sub} told me at the door.
    """),
    "move": lines("""
    First days on this wing; asked where things are.
    Carried {pos} boxes up in three goes, thanked for the trolley.
    Found a place at the table next to somebody from the old wing.
    Asked for the same job as before the move.
    Hung up photos before unpacking anything else.
    Slept badly in the new cell, the pipes knock.
    """),
    "regime-cut": lines("""
    Behind the door most of the day; asked twice when it would end.
    Lock-down; read, slept, asked for hot water.
    Missed the shower because of the lock-down, said so calmly.
    Gym cancelled again; handed the towel back without a word.
    Passed the time with {interest} while the doors were shut.
    """),
    "conflict": lines("""
    Words with a neighbour about borrowed tobacco; sorted soon after.
    Stood between two others and talked both down.
    Pushed in the queue, pushed back, both let it go when told.
    Would not sit at the same table as yesterday.
    Shouting on the landing about noise at night; {sub} went in alone.
    """),
    "health": lines("""
    Held {pos} back and walked slowly; asked for the nurse.
    Toothache since Sunday, on the list for the dentist.
    A cold, voice nearly gone, tea with honey.
    Came back from the nurse, said it will take a week.
    Stayed in bed with a headache, up again later.
    """),
    "work": lines("""
    At the bench on time, finished the order before the break.
    Showed somebody new how to set the saw guard.
    Worked steadily, few words, good joints.
    Asked for a harder piece and got it.
    Took {pos} lunch back to the bench and ate alone.
    Put tools away for the whole row.
    Two trays burnt, laughed about it, did them again.
    Left the bench twice for air, came back both times.
    Asked whether the certificate counts outside.
    Slower than last week, careful all the same.
    Talked about {topic} while sanding.
    Counted the stock alone and got it right.
    """),
    "education": lines("""
    Read a page aloud, first time in this class.
    Handed in the fractions, all but one right.
    Helped the neighbour with the keyboard.
    Looked out of the window, wrote when asked.
    Stayed after class to ask about the exam.
    Wrote half a page about {pos} {kin} and wanted to read it out.
    Missed the start, apologised, caught up by the break.
    Did not take the pen today; listened.
    Good question about the map, the class laughed with {obj}.
    Chose a book about {interest} for the weekend.
    """),
    "exercise": lines("""
    Ran eight rounds and timed them.
    Sat in the sun with two others.
    Played in goal, cheered by both sides.
    Trained alone, headphones on, greeted on the way in.
    Picked up the cones without being asked.
    Sat out the second half, said the knee hurts.
    Explained the exercise to a new arrival.
    """),
    "escort": lines("""
    Calm in the van, talked about {topic}.
    Silent on the way out, talkative on the way back.
    Thanked the driver.
    Asked to stand a minute in the rain before getting in.
    Ate the sandwich, slept the last hour.
    """),
    "community": lines("""
    On time, brought the contract for the flat.
    Came ten minutes late from the early shift, phoned ahead.
    Two job interviews this week, one more on Friday.
    Sees {pos} {kin} on Sundays; they cook together.
    Money is short until the first; food parcel arranged.
    Missed the bus, walked; we moved the meeting.
    Started the forklift course, shows me the book.
    Says the evenings are long. Looked at the list of clubs together.
    The landlord wants papers that the office has; we phoned.
    Talked about {topic} for a while, then about the curfew hours.
    """),
}

NOT_SEEN = lines("""
    At work during my round.
    With the lawyer when I came by.
    Asleep; I did not wake {obj}.
    In class when I came by.
    At the dentist.
    On the phone both times I passed.
    I did not get to this landing today.
    """)

# A second sentence, at times.
MORE = lines("""
    Cell tidy.
    Ate well.
    Wanted the library list.
    Phone call booked for tomorrow.
    Greeted everyone on the way in.
    Post came for {obj} today.
    Out for exercise as well.
    Tea at the office door.
    Shop sheet handed in.
    Neighbours say the same.
    Watered the plant.
    Talked a little about {topic} too.
    Out for air twice.
    Wants to see the case lead on Thursday.
    Shower and a shave.
    Asked after a colleague who is on leave.
    """)

# What cannot be known by somebody who only saw from afar.
_HEARD = (
    "said", "ask", "talk", "told", "word", "thank", "answer", "explain", "spoke", "joke",
    "offer", "phone", "call", "news", "request", "{kin}", "want", "me ", "argu", "shout",
)  # fmt: skip

FROM_AFAR: dict[str, tuple[str, ...]] = {
    bank: tuple(f for f in facts if not any(heard in f.lower() for heard in _HEARD))
    for bank, facts in SEEN.items()
}
