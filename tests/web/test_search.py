"""Finding somebody, or a page, among those one works with."""

import re

import pytest

from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    world.add_person("Łucja Żółkiewska", "a")
    world.add_person("Đức Nguyễn", "b")
    return world


def search(world: World, who: str, words: str) -> str:
    client = world.client(who)
    answer = client.post("/search/", {"q": words}, follow=True)
    assert answer.status_code == 200
    assert [url for url, _ in answer.redirect_chain] == ["/search/"], "no name in an address"
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode()


@pytest.mark.parametrize("words", ["amir", "AMIR", "kay am", "ka", "  Kaya,  amir "])
def test_beginnings_of_names_in_any_order(world: World, words: str) -> None:
    assert "Amir Kaya" in search(world, "wing-officer", words)


@pytest.mark.parametrize("words", ["zolk", "Żółk"])
def test_accents_do_not_matter(world: World, words: str) -> None:
    assert "Żółkiewska" in search(world, "wing-officer", words)


def test_nobody_out_of_reach_is_found_or_counted(world: World) -> None:
    for who, words in (("wing-officer", "bao"), ("governor", "cem"), ("nobody", "amir")):
        shown = search(world, who, words)
        assert "Nobody you work with is found under that" in shown
        assert "1 person" not in shown
    assert "1 person" in search(world, "oversight", "cem")


def test_pages_and_wings_are_found_by_name(world: World) -> None:
    shown = search(world, "governor", "b w")
    assert 'href="/wing/b/"' in shown
    assert 'href="/wing/c/"' not in search(world, "governor", "c wing")
    assert 'href="/meetings/"' in search(world, "wing-officer", "meet")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("gloss", "/glossary/"), ("badge", "/badge/"), ("who may", "/roles/"),
        ("what i wrote", "/written/"), ("notices", "/notices/"),
        ("quick round", "/wing/a/round/"), ("handover", "/wing/a/handover/"),
    ],
)  # fmt: skip
def test_each_page_found_by_name_opens(world: World, words: str, address: str) -> None:
    for who in ("wing-officer", "governor", "activity-staff", "oversight", "nobody"):
        main = search(world, who, words).partition("<main")[2].partition("</main>")[0]
        if who == "wing-officer":
            assert f'href="{address}"' in main
        for found in re.findall(r'<li><a href="([^"]+)"', main):
            assert world.client(who).get(found).status_code == 200, (who, found)


def test_a_cell_finds_who_lives_there_within_reach(world: World) -> None:
    world.add_person("Ivo Maes", "a", cell="A1-05")
    assert "Ivo Maes" in search(world, "wing-officer", "a1-05 ")
    assert "Ivo Maes" not in search(world, "b-officer", "A1-05")


def test_a_long_search_is_told_in_short(world: World) -> None:
    assert f"<bdi>{'a' * 59}…</bdi>" in search(world, "wing-officer", "a" * 150)


def test_an_empty_search_teaches(world: World) -> None:
    assert "“am ka” finds Amir Kaya" in search(world, "wing-officer", "")


@pytest.mark.parametrize("words", ["%", "'; drop table people_person; --", "\u202e", "a" * 5000])
def test_nonsense_finds_nobody_and_breaks_nothing(world: World, words: str) -> None:
    assert "Nobody you work with" in search(world, "wing-officer", words)


def test_what_was_typed_stays_and_is_only_text(world: World) -> None:
    shown = search(world, "wing-officer", "<script>alert(1)</script>")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_more_than_fits_says_so(world: World) -> None:
    world.add_people(35, "a")
    assert "There are more than 30." in search(world, "wing-officer", "test")


def test_no_page_offers_to_put_a_name_into_an_address(world: World) -> None:
    client = world.client("wing-officer")
    client.post("/search/", {"q": "amir"})
    for address in ("/", "/search/", "/wing/a/", "/glossary/"):
        for form in re.findall(
            r"<form[^>]*role=.search.[^>]*>", client.get(address).content.decode()
        ):
            assert 'method="post"' in form, (address, form)
    assert (
        "Amir Kaya"
        not in client.get("/search/?q=amir")
        .content.decode()
        .partition("<title>")[2]
        .partition("</title>")[0]
    )


def test_words_in_an_address_are_not_searched_for(world: World) -> None:
    shown = world.client("wing-officer").get("/search/?q=amir").content.decode()
    assert "Amir Kaya</bdi>" not in shown


def test_signing_out_forgets_what_was_searched_for(world: World) -> None:
    client = world.client("wing-officer")
    client.post("/search/", {"q": "amir"})
    client.post("/sign-out/")
    assert "searched" not in client.session
