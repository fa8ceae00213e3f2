"""Two colleagues assess somebody, each alone, then see each other, talk, close, and give the person
their copy: in a real browser, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.understand.assessments.assessed import AMIR, begin, sheet_of, train
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

As = Callable[[str], Page]
SEEN = "A sister came three Sundays running."


def answer_all(page: Page, **answers: str) -> None:
    """Answer every item, page by page, and sign."""
    page.get_by_role("button", name="Fill in my sheet").click()
    while page.get_by_role("button", name="Keep it, and go on").count():
        for item in page.locator("section.item").all():
            legend = item.locator("legend").first.inner_text()
            answer = next((said for part, said in answers.items() if part in legend), "carries")
            item.get_by_label(answer, exact=True).check()
            item.get_by_label("What was seen, heard or read").fill(SEEN)
            item.get_by_label("talk with the person").check()
            item.get_by_label("seen by myself").check()
            item.get_by_label("From whom or what, and when").fill("Talk on Monday.")
        page.get_by_role("button", name="Keep it, and go on").click()
    page.get_by_label("in part").first.check()
    page.get_by_label("hardly").last.check()
    page.get_by_label("What else is there than that?").fill("The instructor, asked apart.")
    page.get_by_role("button", name="Keep it, and look it over").click()
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("status")).to_contain_text("Signed.")


def test_pages_of_a_sheet_keep_what_is_typed_and_so_does_the_browser(as_: As, world: World) -> None:
    made = begin(world)
    page = as_("case-lead")
    page.goto(reverse("assessments:fill", args=[sheet_of(world, made, "case-lead"), 1]))
    fact = page.get_by_label("What was seen, heard or read").first
    fact.fill(SEEN)
    page.get_by_role("button", name="What this rests on").click()
    expect(page.get_by_role("heading", name="What this rests on")).to_be_visible()
    page.get_by_label("What else is there than that?").fill("Half a thought.")
    page.goto("/")
    page.goto(reverse("assessments:one", args=[made]))
    page.get_by_role("button", name="Fill in my sheet").click()
    expect(fact).to_have_value(SEEN)
    expect(page.locator(".draft-note")).to_have_count(0)
    page.get_by_role("button", name="What this rests on").click()
    expect(page.get_by_label("What else is there than that?")).to_have_value("Half a thought.")
    expect(page.locator(".draft-note")).to_be_visible()


def test_a_blind_double_assessment_from_opening_to_the_copy(as_: As, world: World) -> None:
    for who in ("case-lead", "psychologist"):
        train(world, who, "assessing-needs")
    lead, psychologist = as_("case-lead"), as_("psychologist")
    lead.set_viewport_size({"width": 390, "height": 844})

    lead.goto(reverse("reflections:person", args=[world.people[AMIR]]))
    lead.get_by_role("link", name="Read them, or begin one").click()
    lead.get_by_role("link", name="Needs and strengths").click()
    lead.get_by_label("to see what is needed").check()
    lead.get_by_label("first assessment").check()
    lead.get_by_role("button", name="Open it").click()
    # One is not two: a plain sentence, and what was chosen is still there.
    expect(lead.get_by_role("alert")).to_contain_text("2 colleagues answer this instrument")
    expect(lead.get_by_label("first assessment")).to_be_checked()
    lead.get_by_label("Psychologist").check()
    lead.get_by_role("button", name="Open it").click()
    expect(lead.get_by_role("status")).to_contain_text("It is open.")

    answer_all(lead, Family="grows")
    expect(lead.get_by_text("Nobody reads a sheet until all are signed")).to_be_visible()

    psychologist.goto("/")
    psychologist.get_by_role("link", name="Your sheet waits: Needs and strengths").click()
    expect(psychologist.get_by_text("signed today")).to_be_visible()
    expect(psychologist.get_by_text(SEEN)).to_have_count(0)
    answer_all(psychologist, Family="thin")

    # Now each sees the other, and what they see apart.
    expect(psychologist.get_by_text("You answered 1 item differently")).to_be_visible()
    expect(psychologist.get_by_text("There is more of it than three months ago")).to_be_visible()
    psychologist.get_by_role("link", name="Talk about it").click()
    psychologist.get_by_label("We go on differing").check()
    psychologist.get_by_label("Why so, or how each of you sees it").fill("I have seen no visit.")
    psychologist.get_by_role("button", name="Write it down").click()
    expect(psychologist.get_by_text("They go on differing")).to_be_visible()

    lead.goto("/")
    lead.get_by_role("link", name="To talk about and close: Needs and strengths").click()
    lead.get_by_role("link", name="Close it").click()
    lead.get_by_label("What was found, as the person will read it").fill("A sister stays by you.")
    lead.get_by_role("button", name="Close it").click()
    expect(lead.get_by_role("alert")).to_contain_text("Write what is needed.")
    expect(lead.get_by_label("What was found, as the person will read it")).to_have_value(
        "A sister stays by you."
    )
    lead.get_by_label("What is needed").fill("A place to live.")
    lead.get_by_label("What is done to support, and by whom").fill("I ask the hostel this week.")
    lead.get_by_label("said", exact=True).check()
    lead.get_by_label("In their words").fill("Near my sister.")
    lead.get_by_role("button", name="Close it").click()
    expect(lead.get_by_role("status")).to_contain_text("Now the person gets their copy.")
    expect(lead.get_by_text("It is no grade")).to_be_visible()
    lead.get_by_label("How did they get it?").fill("Read together.")
    lead.get_by_role("button", name="They have it").click()
    expect(lead.get_by_text("Read together.")).to_be_visible()

    # Whoever decides reads both, the dissent, and the person's own view together.
    governor = as_("governor")
    governor.goto(reverse("reflections:person", args=[world.people[AMIR]]))
    expect(governor.get_by_text("Near my sister.").first).to_be_visible()
    governor.get_by_role("link", name="Read them, or begin one").click()
    governor.get_by_role("link", name="Needs and strengths").first.click()
    for said in ("A sister stays by you.", "Near my sister.", "They go on differing"):
        expect(governor.get_by_text(said).first).to_be_visible()
