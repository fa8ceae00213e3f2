"""A joint review by three roles, each in a window of their own, from the board to a next look."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import As
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "Does it last when nobody looks?"
SWEPT = "Stayed on to sweep, on four free afternoons."
LEAD, PSYCHOLOGIST, OFFICER = "case-lead", "psychologist", "personal-officer"


def lay(page: Page, words: str, innocent: str, row: str, source: str, told_by: str = "") -> None:
    page.get_by_role("link", name="Lay an item").click()
    page.get_by_label("something done").check()
    page.get_by_label("The fact").fill(words)
    page.get_by_label("Its innocent explanation").fill(innocent)
    page.get_by_label(row, exact=True).check()
    page.get_by_label(source, exact=True).check()
    if told_by:
        page.get_by_label("Who said it first").fill(told_by)
    page.get_by_role("button", name="Lay it on the board").click()
    expect(page.get_by_role("status")).to_contain_text("It lies on the board.")


def rate(page: Page, said: dict[str, str]) -> None:
    """The same marks for each item of the one page there is; then sign."""
    page.get_by_role("link", name="Rate the items").click()
    for item in page.locator(".rate-item").all():
        for explanation, word in said.items():
            group = item.get_by_role("group", name=explanation)
            group.get_by_title(word, exact=True).click()
    page.get_by_role("button", name="Keep, and go on to sign").click()
    page.get_by_role("button", name="Sign", exact=True).click()


def test_three_roles_from_the_board_to_a_next_look(as_: As, world: World) -> None:
    lead, psychologist, officer = as_(LEAD), as_(PSYCHOLOGIST), as_(OFFICER)
    officer.set_viewport_size({"width": 390, "height": 844})

    # The case lead asks a question, and two colleagues.
    lead.goto(reverse("reflections:person", args=[world.people["Amir Kaya"]]))
    lead.get_by_role("link", name="Open one").click()
    lead.get_by_label("What does the team ask?").fill(QUESTION)
    lead.get_by_role("button", name="Open it").click()
    for name in ("Psychologist", "Personal officer"):
        lead.get_by_role("button", name=f"Ask A. {name.title()}, {name}").click()
        expect(lead.get_by_role("status")).to_contain_text("They are asked")
    lead.get_by_role("link", name="To the review").click()
    expect(lead.get_by_text("One role alone rates nothing")).to_be_visible()
    expect(lead.get_by_role("button", name="Close the evidence")).to_have_count(0)

    # Each answers for themselves, and lays what they know.
    for page in (psychologist, officer):
        page.goto("/")
        page.get_by_role("link", name="You are asked into a joint review").click()
        page.get_by_role("button", name="Yes, I take part").click()
        expect(page.get_by_text(QUESTION)).to_be_visible()
    lay(officer, SWEPT, "It was warm there.", "Effort without reward", "the wing")
    lay(psychologist, "Came after the hearing was lost, too.", "There is coffee.", "Across time",
        "work, school or workshop", told_by="The teacher")  # fmt: skip

    # How somebody seemed is refused, and nothing of it kept.
    officer.get_by_role("link", name="Lay an item").click()
    officer.get_by_label("how somebody looked").check()
    officer.get_by_label("The fact").fill("Would not look at me.")
    officer.get_by_role("button", name="Lay it on the board").click()
    expect(officer.get_by_role("heading", name="That is no evidence")).to_be_visible()
    expect(officer.get_by_text("Would not look at me.")).to_have_count(0)

    # What would have spoken against a real change is said, and laid as its test.
    lead.reload()
    expect(lead.get_by_text("There is coffee.")).to_be_visible()
    lead.get_by_role("link", name="Add one, and say what would speak against each").click()
    lead.locator("li", has_text="A real change").get_by_role("link", name="what tests it").click()
    lead.get_by_label("Which item could have spoken").select_option(label=SWEPT)
    lead.get_by_role("button", name="It tests this").click()
    lead.get_by_label("What would speak against it?").fill("If it had ended with the hearing.")
    lead.get_by_role("button", name="Keep it").click()
    lead.get_by_role("link", name="To the review").click()
    expect(lead.get_by_text("If it had ended with the hearing.")).to_be_visible()

    # A blind spot becomes the officer's to do.
    officer.get_by_role("link", name="To the review").click()
    officer.locator("#blind summary", has_text="Depth").click()
    officer.locator("#blind li li", has_text="Work and school").locator("visible=true").get_by_role(
        "link"
    ).click()
    officer.get_by_label("By whom?").select_option(label="A. Personal Officer")
    officer.get_by_role("button", name="Make it an action").click()
    expect(officer.get_by_role("status")).to_contain_text("It is somebody’s to do.")

    # Rated alone: nobody reads it before the last has signed.
    lead.get_by_role("button", name="Close the evidence, and rate").click()
    said = {"A real change": "fits", "A means to an end": "speaks against it"}
    rate(lead, said)
    expect(lead.get_by_role("status")).to_contain_text("The matrix opens when everybody has.")
    psychologist.goto(lead.url)
    rate(psychologist, said | {"Habit, or fitting in here": "fits"})
    expect(lead.get_by_role("link", name="To the matrix")).to_have_count(0)
    officer.goto(lead.url)
    rate(officer, said | {"Habit, or fitting in here": "speaks strongly against it"})
    expect(officer.get_by_role("status")).to_contain_text("You were the last: the matrix is open.")

    # The matrix: what is least contradicted, and where to talk.
    lead.reload()
    lead.get_by_role("link", name="To the matrix").click()
    least = lead.locator(".answers .least-one")
    expect(least).to_have_count(1)
    expect(least).to_contain_text("A real change")
    expect(lead.locator(".answers li", has_text="A commitment kept hidden")).to_contain_text(
        "Cannot be tested with what we have."
    )
    lead.get_by_role("link", name="talk about this").first.click()
    expect(lead.get_by_text("speaks strongly against it")).to_be_visible()
    lead.get_by_label("What does the team say to it?").fill("Two of us saw other weeks.")
    lead.get_by_role("button", name="Write it down").click()
    expect(lead.get_by_text("Two of us saw other weeks.")).to_be_visible()

    # The end: what is missing is said, and nothing typed is lost.
    lead.get_by_role("link", name="To the matrix").click()
    lead.get_by_role("link", name="Close the review").click()
    lead.get_by_label("A real change").check()
    lead.get_by_label("Why?").fill("It went on with nothing to gain.")
    lead.get_by_role("button", name="Close it, for the team").click()
    expect(lead.get_by_role("alert")).to_contain_text("Say what would change the team’s mind.")
    expect(lead.get_by_label("Why?")).to_have_value("It went on with nothing to gain.")
    lead.get_by_label("What would change our mind?").fill("If it stopped at a refusal.")
    lead.get_by_label("a chance to be trusted").check()
    lead.get_by_label("Which chance, or which support?").fill("The key to the tool cupboard.")
    lead.get_by_label("What do we look at next?").fill("How the cupboard goes.")
    lead.get_by_label("What does it mean for what the person needs?").fill("Work that lasts.")
    lead.get_by_label("What does it mean for keeping people from harm?").fill("Nothing new.")
    lead.get_by_label("Everybody was asked").check()
    lead.get_by_label("What does the person say to it?").fill("I like it there.")
    lead.get_by_role("button", name="Close it, for the team").click()
    expect(lead.get_by_role("status")).to_contain_text("The review is closed.")

    # On the person's page, with what is given first; and for probation across the gate.
    probation = as_("probation-officer")
    probation.goto(reverse("reflections:person", args=[world.people["Amir Kaya"]]))
    aside = probation.locator("section", has_text="Last joint review").last
    expect(aside).to_contain_text("The key to the tool cupboard.")
    expect(aside).to_contain_text("Least contradicted: A real change")
