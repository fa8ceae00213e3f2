"""From a report to a confirmed concern and out of every view again, by all who do each step, in
a real browser; and the two refusals that stand beside it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

As = Callable[[str], Page]
FACT = "Stood in the cell door until coffee was handed out."
PRAYER = "Prays five times a day since the summer."


def describe(page: Page, world: World, fact: str = FACT) -> None:
    page.goto(reverse("information:report-on", args=[world.people["Amir Kaya"]]))
    page.get_by_label("pressed or used somebody").check()
    page.get_by_label("others in custody").check()
    page.get_by_label("How?", exact=True).fill("Two jars in one week.")
    page.get_by_label("What did you see or hear?").fill(fact)
    page.get_by_label("I saw or heard it myself").check()
    page.get_by_label("a struggle about standing").check()
    page.get_by_label("What speaks for it?").fill("Both lend and borrow.")
    page.get_by_label("Where, and at about what time?").fill("A wing, about four")
    page.get_by_label("What I describe would concern us").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Sign, and give it to the desk").click()


def do(page: Page, link: str) -> None:
    page.get_by_role("navigation", name="What the desk does with it").get_by_role(
        "link", name=link, exact=True
    ).click()


def give_what_one_knows(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="The desk asks what you know").first.click()
    page.get_by_label("I say what I know").check()
    page.get_by_label("What do you know of it?").fill(words)
    page.get_by_role("button", name="Sign the answer").click()
    expect(page.get_by_role("status")).to_contain_text("The desk has your answer.")


def test_from_a_report_to_confirmed_and_out_of_every_view(as_: As, world: World) -> None:
    officer, analyst = as_("wing-officer"), as_("analyst")
    officer.set_viewport_size({"width": 390, "height": 844})
    describe(officer, world)
    send(officer)
    expect(officer.get_by_role("status")).to_contain_text("It has arrived at the desk.")

    analyst.goto("/")
    analyst.get_by_role("link", name="1 report came in").click()
    analyst.get_by_role("link", name="Amir K.").click()
    expect(analyst.get_by_text(FACT)).to_be_visible()
    expect(analyst.get_by_text("Unconfirmed: nothing may rest on it.")).to_be_visible()

    do(analyst, "Grade it")
    for said in ("1 · reliable source", "A · the source knows", "C · may be shared"):
        analyst.get_by_label(said).check()
    analyst.get_by_label("Why so?").fill("Seen by staff.")
    analyst.get_by_role("button", name="Grade it").click()
    expect(analyst.get_by_role("alert")).to_contain_text("Write which.")
    analyst.get_by_label("On which conditions?").fill("For the case team alone.")
    analyst.get_by_role("button", name="Grade it").click()
    expect(analyst.get_by_text("For the case team alone.")).to_be_visible()
    analyst.get_by_text("In other schemes").click()
    expect(analyst.get_by_role("row", name="5x5x5")).to_contain_text("about A or B")

    do(analyst, "Legal basis")
    analyst.get_by_label("On which law does it rest?").fill("Prison Act, section 40")
    analyst.get_by_role("button", name="Set it").click()

    # Context from three roles: two are asked, a chaplain speaks by own choice.
    for kind, who in (("close", "Personal Officer"), ("clinical", "Psychologist")):
        do(analyst, "Ask for context")
        label = {"close": "close personal knowledge", "clinical": "professional judgement"}[kind]
        analyst.get_by_label(label).check()
        choice = analyst.get_by_label("Whom do you ask?")
        expect(choice.locator("option", has_text="Chaplain")).to_have_count(0)
        choice.select_option(label=f"Alex {who}")
        analyst.get_by_label("What do you ask?").fill("How has he been lately?")
        analyst.get_by_role("button", name="Ask", exact=True).click()
    expect(analyst.get_by_text("awaited")).to_have_count(2)
    give_what_one_knows(as_("personal-officer"), "Short with everybody since Monday.")
    give_what_one_knows(as_("psychologist"), "We practise to ask, and it goes well.")
    chaplain = as_("chaplain")
    chaplain.goto(reverse("information:offer-on", args=[world.people["Amir Kaya"]]))
    chaplain.get_by_label("What do you want to say?").fill("He asked how one makes peace.")
    send(chaplain)
    analyst.reload()
    analyst.get_by_role("link", name="Lay it beside this").click()
    analyst.get_by_role("button", name="Lay it beside").click()
    expect(analyst.get_by_text("offered by a chaplain, by own choice")).to_be_visible()
    expect(analyst.get_by_text("Origin 4", exact=True)).to_be_visible()

    do(analyst, "Weigh another explanation")
    analyst.get_by_label("Which other explanation did you weigh?").fill("A debt, and it is small.")
    analyst.get_by_role("button", name="Write it down").click()
    address = analyst.url
    lead = as_("case-lead")
    assert lead.goto(address).status == 404  # type: ignore[union-attr]
    set_levels(analyst, "some")
    expect(analyst.get_by_text("Confirmed.", exact=False).first).to_be_visible()

    lead.goto(address)
    expect(lead.get_by_text(FACT)).to_be_visible()
    expect(lead.get_by_text("A. Wing Officer")).to_have_count(0)
    lead.get_by_role("link", name="A case of mine rests on it").click()
    lead.get_by_label("Which of your cases rests on it?").select_option(index=1)
    lead.get_by_label("What for?").fill("Who works beside whom.")
    lead.get_by_role("button", name="Write it down").click()

    analyst.get_by_role("link", name="Give somebody a copy").click()
    analyst.get_by_label("or who outside").fill("The police of North")
    analyst.get_by_label("What for?").fill("A hearing")
    analyst.get_by_label("On which law?").fill("Prison Act, section 41")
    analyst.get_by_role("button", name="Give it").click()

    set_levels(analyst, "low")
    expect(analyst.get_by_text("before: some")).to_be_visible()

    do(analyst, "End it")
    analyst.get_by_label("explained: it was something ordinary").check()
    analyst.get_by_label("What was found?").fill("A loan, paid back. They play chess.")
    analyst.get_by_role("button", name="End it").click()
    expect(analyst.get_by_text("nothing brings it back")).to_be_visible()
    analyst.get_by_label("How were they told that it ended?").fill("By letter.")
    analyst.get_by_role("button", name="They were told").click()
    expect(analyst.get_by_text("By letter.")).to_be_visible()
    analyst.goto(reverse("information:desk"))
    expect(analyst.get_by_text("Nothing is on the desk")).to_be_visible()

    assert lead.goto(address).status == 404  # type: ignore[union-attr]
    lead.goto("/")
    lead.get_by_role("link", name="Look again: what it rests on has ended").click()
    lead.get_by_label("What came of looking again?").fill("The place beside the stove is free.")
    lead.get_by_role("button", name="Write it down").click()
    expect(lead.get_by_text("The place beside the stove is free.")).to_be_visible()
    officer.reload()
    expect(officer.get_by_text("It has ended: explained")).to_be_visible()


def set_levels(page: Page, capability: str) -> None:
    do(page, "Levels")
    groups = page.get_by_role("group")
    groups.filter(has_text="Capability").get_by_label(capability, exact=True).check()
    page.get_by_label("On which evidence?").first.fill("Seen twice, on two days.")
    for name in ("Intent", "Engagement"):
        groups.filter(has_text=name).get_by_label("unknown", exact=True).check()
    groups.filter(has_text="Whom does it concern").get_by_label("other prisoners").check()
    groups.filter(has_text="be at risk from others").get_by_label("nothing points to it").check()
    groups.filter(has_text="influence on others").get_by_label("unknown", exact=True).check()
    page.get_by_role("button", name="Set these levels").click()
    expect(page.get_by_role("status")).to_contain_text("The levels are set.")


def test_religious_practice_is_refused_and_fear_is_heard_all_the_same(
    as_: As, world: World
) -> None:
    officer = as_("wing-officer")
    officer.set_viewport_size({"width": 390, "height": 844})
    describe(officer, world, PRAYER)
    officer.get_by_label("may hurt themself").check()
    officer.get_by_label("none of these: how they believe").check()
    send(officer)
    expect(officer.get_by_role("heading", name="This is no information")).to_be_visible()
    expect(officer.get_by_role("alert").first).to_contain_text("harms nobody")
    expect(officer.get_by_text("was heard all the same")).to_be_visible()
    expect(officer.get_by_label("What did you see or hear?")).to_have_value("")
    assert world.owner.execute("select count(*) from information_report").fetchone() == (0,)
    assert world.owner.execute("select kind from safety_concern").fetchall() == [("self-harm",)]


def test_what_is_unconfirmed_is_out_of_reach_of_decisions_on_the_web_and_in_sql(
    as_: As, world: World
) -> None:
    officer = as_("wing-officer")
    describe(officer, world)
    send(officer)
    [(key,)] = world.owner.execute("select id from information_concern").fetchall()
    for who in ("case-lead", "duty-manager", "head-of-unit", "governor"):
        page = as_(who)
        page.goto(reverse("information:confirmed"))
        expect(page.get_by_text("Nothing is confirmed")).to_be_visible()
        for name in ("concern", "rest-on"):
            refused = page.goto(reverse(f"information:{name}", args=[key]))
            assert refused is not None
            assert refused.status == 404
        with world.viewing(who), connection.cursor() as cursor:
            cursor.execute("select count(*) from daybook.citable(null)")
            assert cursor.fetchone() == (0,)
    with world.viewing("case-lead"), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(
            "insert into information_use (id, concern_id, person_id, kind, record, why,"
            " looked_words, written_by_id, written_at) values (gen_random_uuid(), %s, %s, 'case',"
            " gen_random_uuid(), 'x', '', %s, now())",
            [key, world.people["Amir Kaya"], world.staff["case-lead"]],
        )
