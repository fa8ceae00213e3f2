"""Readings, the person's own words, what staff did, and what that opened."""

from daybook.demo.world.words_seen import lines

# What I make of it: always an assessment, always one of several.
READING: dict[str, tuple[str, ...]] = {
    "good": lines("""
    Settled, I think; the visits help.
    Seems to have found a place on the wing.
    Proud of something, and right to be.
    More rested than last week.
    The job does {obj} good.
    I think {sub} trust{s} the landing a bit more.
    A good day, perhaps just that.
    Looks forward to something; I did not ask what.
    """),
    "usual": lines("""
    Nothing out of the ordinary for {obj}, as far as I know {obj}.
    Tired, like the rest of us.
    Keeps to the day's order, that is how {sub} like{s} it.
    Hard to say from two minutes.
    Quiet, but that is usual in the mornings.
    Content enough, I would say.
    """),
    "low": lines("""
    Tired rather than angry, I think. Not sure.
    Something from home, perhaps. {sub_cap} will say when ready.
    Low since the weekend, in my eyes.
    Could be the time of year; could be the letter.
    May just need sleep. Ask the night staff.
    I think {sub} miss{es} {pos} {kin}.
    The waiting is hard on {obj}, I believe.
    """),
    "tense": lines("""
    Worried about the answer that does not come.
    Sleep is missing, the rest follows from that.
    I believe it is the noise, not the people.
    Angry at the form, not at me.
    The lock-down is part of it.
    Something between {obj} and a neighbour; I have only half of it.
    """),
    "better than before": lines("""
    Brighter all at once. Glad, and I would like to know what changed.
    Lighter than for weeks. Let us talk about it with {obj}.
    Warmer with staff since a few days; the new job may be why.
    """),
    "can't tell": lines("""
    I do not know {obj} well enough to say.
    First time I meet {obj}.
    Saw {obj} only in passing.
    """),
}

OWN_WORDS: dict[str, tuple[str, ...]] = {
    "good": lines("""
    I slept like a stone.
    Best call in months.
    Ask me tomorrow, but today is good.
    I can do this.
    The soup was mine, you know.
    Somebody said thank you. That was nice.
    I have a plan now.
    My hands like the work.
    It is easier when I know what comes next.
    I laughed. I had forgotten how that is.
    """),
    "usual": lines("""
    It is a day.
    Same as yesterday, boss.
    I am all right.
    Coffee first, then talk.
    Not bad for a grey day.
    I keep busy.
    One day after the other.
    Nothing to report, you can write that.
    I just want to read my book.
    """),
    "low": lines("""
    I'm fine, I just want quiet.
    I do not want to talk today.
    Everything is far away.
    I count the weeks and then I stop.
    Nobody writes.
    Leave me the light on tonight.
    I miss the kitchen at home.
    It is heavy today.
    """),
    "tense": lines("""
    Nobody tells me anything.
    I just need an answer, yes or no.
    It is too loud in here.
    I walk so that I do not shout.
    Give me an hour.
    My head does not stop.
    Why is it always tomorrow?
    """),
}

# Tone of the day | what I did | what it opened.
_DID = lines("""
    any | Made tea for both of us. | A talk about the weeks before.
    any | Walked two rounds of the yard with {obj}. | How {sub} came to {interest}, years ago.
    any | Moved the shower time. |
    any | Gave {obj} the form and helped with the first line. | The rest {sub} wrote alone.
    any | Told the late shift. |
    any | Asked about {interest}. | {sub_cap} offered to show the others.
    any | Left a note for the personal officer of the other side. |
    any | Nothing more than a good morning. |
    any | Listened, said little. | {sub_cap} want{s} to write to {pos} {kin}.
    any | Explained the new timetable. |
    usual | Reminded {obj} of the shop sheet. | A smile.
    usual | Asked how the week had been. | "As weeks are," and then about {pos} {kin}.
    good | Congratulated {obj}. | Talk of a harder course.
    good | Offered the job of wing cleaner for a week. | {sub_cap} said yes at once.
    good | Said what I had noticed and that I was glad. | What had helped: the same two officers.
    good | Stayed for a game of cards. | Laughter, and a question about leave.
    good | Asked {obj} to look after a new arrival. | {sub_cap} went over at once.
    low | Sat with {obj} ten minutes. | The call to {pos} {kin}.
    low | Booked a phone call. | Relief; {sub} came out again.
    low | Asked the teacher to keep the place. | {sub_cap} will come back on Monday.
    low | Let {obj} be, and said I would come back. | When I came back the door was open.
    low | Asked the nurse to look in. |
    low | Said what I had noticed and asked if I was right. | "More or less," and then the story.
    low | Read the letter together. | What the next step would be.
    tense | Asked what would help today. | An hour of quiet, then the yard.
    tense | Rang the office about the answer. | The date of the decision, at last.
    tense | Followed the agreed response: time first, then {topic}. | It worked within the hour.
    tense | Spoke with both of them together. | They shook hands; we will see.
    tense | Stood with {obj} by the open window. | {sub_cap} had not slept for two nights.
    tense | Said plainly what I know and what I do not. | A nod, and a calmer walk back.
""")


def _by_tone(tone: str) -> tuple[tuple[str, str], ...]:
    rows = (tuple(part.strip() for part in line.split("|")) for line in _DID)
    return tuple((did, opened) for when, did, opened in rows if when in ("any", tone))


DID = {tone: _by_tone(tone) for tone in OWN_WORDS}

ADDITIONS = lines("""
    Added the next morning: the nurse had seen {obj} that evening; nothing serious.
    To complete this: the call home did take place at 19:30.
    I wrote Tuesday; it was Monday.
    The neighbour told me later that the noise was from the other cell.
    {sub_cap} read this with me and said it was about the job, not the visit.
    Correction: the request was for the bakery, not for the workshop.
    For the late shift: the form was found and sent off.
    {sub_cap} asked me to add that {sub} apologised at once.
""")
