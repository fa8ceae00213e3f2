"""The service's own identity provider: it says who came, of those who have an account here."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from daybook.config.outside import provider as as_set
from tests.factors import give_device, shown
from tests.oidc import CLIENT, SECRET, Provider, a_provider, new_key
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

NO_ACCOUNT = "opened no account here"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with a_provider() as there:
        settings.PROVIDER = as_set(
            there.address, client=CLIENT, secret=SECRET, name="Justice login",
            claim="staff_number", second_factor=False,
        )  # fmt: skip
        there.says["staff_number"] = "wing-officer"
        yield there


def go(client: Client, then: str = "") -> str:
    """Press the link; where the provider sends the browser back to."""
    there = client.get("/sign-in/provider/", {"next": then} if then else {})
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert asked["scope"][0].split() in (["openid", "profile"], ["profile", "openid"])
    return there.headers["Location"]


def come_back(client: Client, provider: Provider, there: str) -> Any:
    query = {name: value for name, [value] in parse_qs(urlsplit(there).query).items()}
    parts = urlsplit(provider.authorize(query))
    back = f"{parts.path}?{parts.query}"
    assert b'http-equiv="refresh"' in client.get(back).content, "cookies come along only then"
    return client.get(f"{back}&again=")


def come(client: Client, provider: Provider, then: str = "") -> Any:
    return come_back(client, provider, go(client, then))


def refused(client: Client, answer: Any) -> bool:
    if answer.headers.get("Location") != "/sign-in/":
        return False
    return NO_ACCOUNT in client.get("/sign-in/").content.decode()


def test_without_one_there_is_no_such_way(world: World) -> None:
    client = Client()
    assert "Sign in with" not in client.get("/sign-in/").content.decode()
    for path in ("/sign-in/provider/", "/sign-in/provider/back/?code=1&state=1&again="):
        assert client.get(path).status_code == 404


def test_it_opens_the_account_with_that_number(world: World, provider: Provider) -> None:
    client = Client()
    assert "Sign in with Justice login" in client.get("/sign-in/").content.decode()
    assert come(client, provider, "/wing/a/").headers["Location"] == "/wing/a/"
    assert "A. Wing Officer" in client.get("/").content.decode()
    assert world.owner.execute("select through, second from staff_signin").fetchall() == [
        ("provider", "")
    ]


@pytest.mark.parametrize("number", ["who.ever", "", "daybook", "Wing-Officer", None, ["x"], 42])
def test_it_makes_no_account(world: World, provider: Provider, number: Any) -> None:
    before = world.owner.execute("select count(*) from staff_staff").fetchone()
    provider.says["staff_number"] = number
    client = Client()
    assert refused(client, come(client, provider))
    assert world.owner.execute("select count(*) from staff_staff").fetchone() == before
    said = "select count(*) from audit_entry where kind = 'denial' and subject like %s"
    assert world.owner.execute(said, ["sign-in by the provider%"]).fetchone() == (1,)


def test_a_claim_that_is_not_there_opens_nothing(world: World, provider: Provider) -> None:
    del provider.says["staff_number"]
    client = Client()
    assert refused(client, come(client, provider))


def test_a_closed_account_stays_closed(world: World, provider: Provider) -> None:
    world.owner.execute("update staff_staff set is_active = false where username = 'wing-officer'")
    client = Client()
    assert refused(client, come(client, provider))


@pytest.mark.parametrize(
    "forged",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another service"},
        {"iss": "https://another.example"}, {"exp": 1},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_us_opens_nothing(
    world: World, provider: Provider, forged: dict[str, Any]
) -> None:
    provider.says |= forged
    client = Client()
    assert refused(client, come(client, provider))
    assert client.get("/").status_code == 302


def test_a_token_signed_by_another_opens_nothing(world: World, provider: Provider) -> None:
    provider.signs_with = new_key()
    client = Client()
    assert refused(client, come(client, provider))


def test_an_answer_opens_once_and_only_where_it_was_asked_for(
    world: World, provider: Provider
) -> None:
    client, stranger = Client(), Client()
    there = go(client)
    query = {name: value for name, [value] in parse_qs(urlsplit(there).query).items()}
    parts = urlsplit(provider.authorize(query))
    back = f"{parts.path}?{parts.query}&again="
    assert refused(stranger, stranger.get(back))
    assert client.get(back).headers["Location"] == "/"
    client.post("/sign-out/")
    assert refused(client, client.get(back))


@pytest.mark.parametrize(
    "query", ["", "code=1", "state=1", "error=access_denied&state=1", "code=1&state=" + "x" * 5000]
)
def test_a_bad_way_back_gets_a_sentence(world: World, provider: Provider, query: str) -> None:
    client = Client()
    assert refused(client, client.get(f"/sign-in/provider/back/?{query}&again="))


def test_a_provider_that_is_down_is_said_so(world: World, provider: Provider) -> None:
    provider.broken = True
    client = Client()
    assert client.get("/sign-in/provider/").headers["Location"] == "/sign-in/"
    assert "doesn’t answer" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_elsewhere(world: World, provider: Provider, then: str) -> None:
    assert come(Client(), provider, then).headers["Location"] == "/"


def test_whoever_reaches_more_than_a_wing_shows_a_second_factor_here(
    world: World, provider: Provider
) -> None:
    provider.says |= {"staff_number": "governor", "amr": ["pwd", "mfa"]}
    give_device(world.owner, "governor")
    client = Client()
    assert come(client, provider).headers["Location"] == "/sign-in/second/"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/second/", {"code": shown()}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_unless_the_service_believes_the_provider_s(
    world: World, provider: Provider, settings: Any
) -> None:
    settings.PROVIDER = settings.PROVIDER | {"second_factor": True}
    provider.says |= {"staff_number": "governor", "amr": ["pwd"]}
    assert come(Client(), provider).headers["Location"] == "/sign-in/set-up/"
    provider.says["amr"] = ["pwd", "otp", "mfa"]
    client = Client()
    assert come(client, provider).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_it_is_reached_safely_and_set_whole_or_not_at_all() -> None:
    more = {"name": "", "claim": "sub", "second_factor": False}
    assert as_set("", client="", secret="", **more) == {}
    for address, client, secret in (
        ("http://login.example", "a", "b"),
        ("login.example", "a", "b"),
        ("https://login.example", "", "b"),
        ("https://login.example", "a", ""),
    ):
        with pytest.raises(ImproperlyConfigured):
            as_set(address, client=client, secret=secret, **more)
