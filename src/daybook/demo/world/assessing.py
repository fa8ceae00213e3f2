"""What assessors write, item by item, and what people say to it. All of it is invented."""

from typing import NamedTuple


class Facts(NamedTuple):
    """What was seen where something is there, and where it is thin or missing."""

    there: str
    missing: str


NEEDS: dict[str, Facts] = {
    "health-and-rest": Facts(
        "Takes the tablets as agreed and has slept through since the move to the quiet side.",
        "Wakes at three most nights; the back pain was looked at once and not again.",
    ),
    "knowing-and-learning": Facts(
        "Finished the second book of the course and helps a neighbour with the first.",
        "Was on the list for the course twice, and both times it did not run.",
    ),
    "doing-well": Facts(
        "The instructor gives out the difficult joints there, and they hold.",
        "Has had no work for five weeks since the bakery closed.",
    ),
    "own-choice": Facts(
        "Chose the later shift and said why; keeps a list of what to decide each week.",
        "Says others decide everything here, and it is hard to name a thing that is not so.",
    ),
    "peace-within": Facts(
        "Walked away from the quarrel in the kitchen and came to say so.",
        "Shouted when the call did not go through, and was ashamed of it in the evening.",
    ),
    "ties": Facts(
        "A sister came three Sundays running and has the room key measured.",
        "No visit since spring; two letters came back.",
    ),
    "belonging": Facts(
        "Cooks for six on Fridays, and they ask when it is not so.",
        "Eats alone by choice, and says it is not really by choice.",
    ),
    "meaning": Facts(
        "Says what it is for, in plain words, and acts by it when nobody asks.",
        "Shrugs when asked what it is for; says it used to be the children.",
    ),
    "joy": Facts(
        "Paints on the back of every form, and laughed at our jokes on Tuesday.",
        "Gave the guitar away and does not say why.",
    ),
    "home": Facts(
        "A room is promised in writing from the day of release.",
        "The flat was given up; the council has no list that is open.",
    ),
    "work": Facts(
        "The garage has written that the place is kept until summer.",
        "No papers, and no employer has answered yet.",
    ),
    "money": Facts(
        "Pays back a little each month, and the letters have stopped.",
        "The debts are larger than the papers say; somebody outside is asked for them.",
    ),
    "drink-and-drugs": Facts(
        "Has said no twice this month when it was offered, and told us the second time.",
        "Drank at the feast, says so, and asks for the group again.",
    ),
}
SCREEN: dict[str, Facts] = {
    "safety": Facts("Says it is all right here, and sleeps with the door open at noon.",
                    "Does not go to the yard since Tuesday; would not say why."),
    "health": Facts("The tablets came on the first evening.", "The tablets have not come yet."),
    "understood": Facts("Explained the rules back to us in own words.",
                        "Nodded at everything; the interpreter comes tomorrow."),
    "contact": Facts("Spoke with the mother for ten minutes.", "The number is in a telephone "
                     "that lies with the property."),
    "home": Facts("A neighbour has the key.", "The rent is due on Friday and nobody knows."),
    "money": Facts("The wage is paid on.", "The employer has not been told."),
    "somebody": Facts("An uncle rang twice and left his name.", "Nobody was named yet."),
    "does-well": Facts("Repairs radios, and would like to.", "Has not said yet."),
}  # fmt: skip
TOOL = (
    "Nothing was said or done for it in the time looked at. Two colleagues who know the person "
    "were asked apart.",
    "What was found last time stands. The letters that were read lawfully say nothing new.",
    "Fewer ties to those of then: two have moved on, and one visits with a new trade.",
    "Speaks about what was hoped for then, and what it cost others, without being asked.",
    "A sister, work that is liked, an officer who is asked for help: each was tried this spring.",
)
OWN_VIEWS = (
    "You write that I have nobody. I have my grandmother, she just can't travel.",
    "It is fair. The part about work is what I said myself.",
    "I want the course more than the group. Write that down.",
    "I sleep badly because of the pipe, not because of me.",
    "Two of you, and you don't agree. Good, then I am not mad.",
    "I didn't know that somebody had seen that with the kitchen. Thank you.",
    "Nothing to add.",
    "I want to live near the river and not near the old street.",
)
DISSENT = (
    "I have seen it on the wing at weekends; my colleague sees the workshop. Both stand.",
    "We read the same letter differently, and leave it so until the next visit.",
)
AGREED = (
    "Talked it through: the visit on Sunday decides it.",
    "One of us had not known of the course. With that we see it alike.",
)
RESTS = (
    "Three colleagues asked apart, the workshop's list, and two visits seen.",
    "Mostly talks; the wing adds what it sees at night.",
    "The file, the instructor, and what the sister wished to tell.",
)
READINGS = (
    "I think it holds as long as the work does.",
    "It looks to me as if it depends on one person.",
    "It may be the wing more than the person.",
    "",
)
