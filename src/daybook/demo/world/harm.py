"""Forty reports of harm in a fictional service, and what each turned out to be: mostly nothing.

Told without a name and without a pronoun: who they befall is drawn by lot, apart from everything
else that is known of anybody.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """What was seen, what else it may have been, and how it ended; ``""`` where it goes on."""

    behaviour: str
    harmed: str
    fact: str
    how: str
    ordinary: str
    ordinary_words: str
    ended: str = ""
    found: str = ""
    sure: str = "saw"


EXPLAINED, INVALID, OUT_OF_DATE = "explained", "invalid", "out-of-date"

STORIES: tuple[Story, ...] = (
    # Ended, as most do.
    Story("pressed", "prisoners", "Stood in a cell door until coffee was handed out.",
          "Two jars in one week.", "standing", "Both lend and borrow, and the week was long.",
          EXPLAINED, "A loan, paid back with interest both had agreed on. They play chess."),
    Story("threatened", "staff", "Said at the gate: “you will all be sorry on Monday”.",
          "An officer felt meant.", "regime", "Exercise had been called off for the third day.",
          EXPLAINED, "On Monday a complaint went in, eleven pages long. It was upheld in part."),
    Story("prepared", "staff", "A toothbrush sharpened at one end lay under the mattress.",
          "It could have been used to stab.", "mistaken", "Handles break and are filed smooth.",
          EXPLAINED, "Used to clean the rails of a model ship, which stands in the library now.",
          sure="found"),
    Story("urged", "prisoners", "Heard through the wall: “tonight we finish it, all of us”.",
          "It sounded like a plan for somebody.", "talk", "A film had ended half an hour before.",
          EXPLAINED, "Six voices, one jigsaw of two thousand pieces. It was finished at one."),
    Story("watched", "staff", "A page with number plates of staff cars, in neat rows.",
          "Somebody could be followed home.", "other", "The yard window looks on the car park.",
          EXPLAINED, "Counting plates by country, for a grandchild who collects them.",
          sure="found"),
    Story("traded", "prisoners", "Small packets changed hands behind the laundry twice.",
          "Drugs, perhaps.", "standing", "Tobacco is dear this month.",
          EXPLAINED, "Tea, and once a spice. The canteen list had left both out."),
    Story("pressed", "prisoners", "Two younger men carry a third one’s tray each evening.",
          "They may be made to.", "protection", "They eat at one table since the summer.",
          EXPLAINED, "A wrist in plaster. It comes off on Friday."),
    Story("threatened", "public", "Shouted on the phone that somebody “won’t see the spring”.",
          "Family outside may be in danger.", "news", "A call about an illness.",
          EXPLAINED, "A grandmother in hospital. The shouting was at the doctor’s letter."),
    Story("escape", "public", "Asked twice at what hour the hospital van leaves.",
          "Somebody may wait for it.", "news", "An appointment was moved twice.",
          EXPLAINED, "Afraid of missing an appointment that took nine months to get."),
    Story("hurt", "prisoners", "A bruise over a cellmate’s eye; both silent.",
          "A blow.", "other", "The upper bunk has no rail.",
          EXPLAINED, "Fell from the bunk. A rail has been fitted in all nine cells."),
    Story("urged", "staff", "Spoke to eight in the yard, who then refused to come in.",
          "A refusal that could turn.", "regime", "Visits were cut by half that week.",
          EXPLAINED, "Asked them to come in, and was the last to do so. Thanked by the shift."),
    Story("pressed", "prisoners", "Letters of a neighbour are read out in the kitchen.",
          "To shame him.", "talk", "They laugh together often.",
          EXPLAINED, "The neighbour can’t read, and had asked for it. A class begins in May."),
    Story("threatened", "prisoners", "Told to “sleep with one eye open”, it is said.",
          "A threat to the one next door.", "mistaken", "Told by somebody with a grudge.",
          INVALID, "Three who stood beside heard nothing of the kind.", sure="hearsay"),
    Story("prepared", "prisoners", "Something hard in a sock, swung once.",
          "A blow, if it hits.", "talk", "It was laughed about.",
          INVALID, "It was another landing, and another person.", sure="told"),
    Story("traded", "prisoners", "Has “the whole wing in debt”.",
          "Pressure on many.", "standing", "Everybody owes somebody on that wing.",
          INVALID, "The list that was shown is a list of who waters which plant.", sure="hearsay"),
    Story("watched", "staff", "Knows where an officer’s children go to school.",
          "They may be in danger.", "mistaken", "The town is small.",
          INVALID, "The officer had told it in the workshop.", sure="hearsay"),
    Story("hurt", "prisoners", "Pushed somebody on the stairs.",
          "A sprained ankle.", "mistaken", "It was crowded.",
          INVALID, "The camera shows a stumble, and a hand held out."),
    Story("escape", "public", "Measures the fence by eye each morning.",
          "A way out.", "other", "The fence is what one sees from there.",
          INVALID, "The lookout was for a falcon, which nests on the mast."),
    Story("threatened", "staff", "A drawing of the office, with a cross on one chair.",
          "A chair is somebody’s.", "talk", "Drawn in a bored hour.",
          OUT_OF_DATE, "The chair went to the workshop in March, and with it the quarrel.",
          sure="found"),
    Story("pressed", "prisoners", "Decides who phones first.",
          "Some don’t get to phone at all.", "regime", "One phone for forty.",
          OUT_OF_DATE, "A second phone and a list on the wall since April."),
    Story("urged", "prisoners", "Set two on each other over a card debt.",
          "A fight was near.", "standing", "Debts run high before canteen day.",
          OUT_OF_DATE, "One of the two was released, the other paid."),
    Story("traded", "prisoners", "A phone heard ringing in the night.",
          "It runs up debts for whoever borrows it.", "mistaken", "Pipes ring, too.",
          "lapsed", "", sure="told"),
    Story("threatened", "prisoners", "“You don’t know who you are talking to.”",
          "Said low, and close.", "standing", "A queue, and somebody jumped it.",
          "lapsed", ""),
    Story("hurt", "prisoners", "Threw hot water, and missed.",
          "It could have scalded.", "regime", "The kettle had been taken away that day.",
          EXPLAINED, "The kettle fell. Its handle had been loose since Easter, and was reported."),
    # Going on: as they came in.
    Story("pressed", "prisoners", "Somebody hands over half a canteen bag each Thursday.",
          "Goes without soap since.", "standing", "There may be a debt from the other wing."),
    Story("threatened", "staff", "Leant over the desk and said “not again”, quietly.",
          "The officer changed shifts.", "regime", "A visit had been cancelled at the gate."),
    Story("urged", "prisoners", "Told two new arrivals whom not to sit with.",
          "One eats alone since.", "protection", "New arrivals are told such things by everybody."),
    Story("traded", "prisoners", "Tablets counted into an envelope behind a book.",
          "Somebody takes what isn’t theirs.", "unwell", "Saving them for the night, perhaps.",
          sure="found"),
    # Going on: some context asked for, not enough yet.
    Story("watched", "staff", "Writes down when the landing office is empty.",
          "Somebody could be waited for.", "other", "The office has the only printer."),
    Story("hurt", "prisoners", "A cut lip on the quietest one of the workshop.",
          "Says it was a fall.", "mistaken", "The bench has a sharp edge."),
    Story("pressed", "prisoners", "Keeps another’s identity card “for safety”.",
          "No buying anything without it.", "protection", "It was lost twice before."),
    Story("threatened", "public", "A letter that says “I know where you moved to”.",
          "The woman it is to asked for help.", "news", "The lease is in both names.",
          sure="found"),
    Story("prepared", "prisoners", "Asked three people for long nails from the workshop.",
          "No frame is being made.", "other", "Nails are handy for many things.", sure="told"),
    Story("escape", "public", "A rope of strips, four metres, in the mop room.",
          "Somebody meant to get over something.", "talk", "Mop heads are plaited there.",
          sure="found"),
    Story("urged", "staff", "Says at each roll call that one officer “will learn”.",
          "Others have begun to say it.", "regime", "A search was done without a word."),
    # Going on: confirmed, each by people who know them.
    Story("pressed", "prisoners", "Two on the landing pay for sitting near the stove.",
          "Five euros a week, for six weeks.", "standing", "A game, both say; both also pay."),
    Story("threatened", "prisoners", "Said in the queue: “pay by Sunday or change wings”.",
          "The other has asked to change wings.", "standing", "There is a debt; nobody says what."),
    Story("traded", "prisoners", "Home-made alcohol, the third time this month.",
          "One was found ill from it.", "talk", "A birthday, twice.", sure="found"),
    Story("hurt", "prisoners", "Held somebody by the throat until others came.",
          "Marks for three days.", "standing", "The word “thief” had been said."),
    Story("watched", "public", "Has the new address of a former neighbour by heart.",
          "She has a court order against any contact.", "news", "Letters came back unopened.",
          sure="told"),
)  # fmt: skip

CAME_IN = range(24, 28)
UNCONFIRMED = range(28, 35)
CONFIRMED = range(35, 40)

CLOSE = (
    "Short with everybody since Monday, when the visit fell through. On Wednesday it was better: "
    "we went through the canteen list together.",
    "Helps to set the tables without being asked. Loud when there is a crowd, and another person "
    "when there isn’t.",
    "Came to me unasked to say that it was stupid. I believe that it was meant.",
    "Sleeps badly, and says so. Not one cross word to me in four months.",
    "Lends a lot, forgets half of it, and is hurt when others remember.",
)
DYNAMIC = (
    "The place in the workshop was lost in the week before. Since Tuesday there is another one, "
    "mornings only.",
    "The flat is kept until June; after that nothing is certain. It weighs.",
    "Three letters from home in one month, after none since the winter.",
)
WEIGHED = (
    "A debt that both played down speaks for the ordinary explanation; that a third asked to be "
    "moved speaks against it. We asked the officer of each and looked at the canteen book."
)
ABOUT_LEVELS = (
    "Seen twice by two officers, on different days.",
    "Not said, not written, and not asked yet.",
    "Nobody else took part, as far as three people know who work there.",
)
