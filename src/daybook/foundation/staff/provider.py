"""The service's own identity provider, where it has one: it says who came, and no more.

allauth speaks OpenID Connect for us: the way there and back, with PKCE, and the token's signature.
What is added: a nonce, and the match. A provider opens accounts that are here already, by the
staff number that one claim tells; it makes none.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from daybook.foundation.audit.actions import record_apart
from daybook.foundation.audit.models import Kind

from .models import Second, Staff
from .tries import AN_ADDRESS, address_of, count, was_right

SERVICE = "service"
BROKEN = (OAuth2Error, RequestException, KeyError, ValueError, TypeError)
"""What the libraries raise over a provider that doesn't answer, or not as it should."""


class NotThisWay(Exception):
    """The provider did not say who came, or nobody here goes by that number."""


@dataclass(frozen=True, slots=True)
class Came:
    """Who came by the provider, and where they were going."""

    staff: Staff
    second: Second
    then: str


class _WayBack(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Comes back to the address that this site gives it, and checks every signature."""

    def __init__(self, request: HttpRequest, provider: Any, back: str) -> None:
        super().__init__(request, SERVICE)
        self.provider, self.back = provider, back

    def get_provider(self) -> Any:
        return self.provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return self.back

    def claims(self, token: dict[str, Any]) -> dict[str, Any]:
        # Also where the token came straight from the provider: it costs one more question.
        self.did_fetch_access_token = False
        told: dict[str, Any] = self._decode_id_token(self.provider.app, token["id_token"])
        return told


def is_there() -> bool:
    return bool(settings.PROVIDER)


def go_there(request: HttpRequest, *, back: str, then: str) -> HttpResponse:
    """Send the browser to the provider. Raises ``NotThisWay`` where that can't be reached."""
    provider = _provider(request, back)
    nonce = secrets.token_urlsafe()
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=then,
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except BROKEN as failure:
        raise NotThisWay from failure
    return answer


def who_came(request: HttpRequest, *, back: str) -> Came:
    """Whom the provider sent back. Raises ``NotThisWay``, and ``tries.MustWait``."""
    counted = ((AN_ADDRESS, address_of(request)),)
    count(counted)
    try:
        told, then = _told(request, back)
        staff = Staff.objects.filter(
            username=str(told[settings.PROVIDER["claim"]]), is_active=True
        ).first()
    except BROKEN as failure:
        _refused("sign-in by the provider failed")
        raise NotThisWay from failure
    if staff is None or not staff.has_usable_password():
        _refused("sign-in by the provider: nobody here goes by that number")
        raise NotThisWay
    was_right(counted)
    # Said in a standard way (RFC 8176), and believed where the service says so.
    both = settings.PROVIDER["second_factor"] and "mfa" in (told.get("amr") or ())
    return Came(staff, Second.PROVIDER if both else Second.NOTHING, then)


def _told(request: HttpRequest, back: str) -> tuple[dict[str, Any], str]:
    provider = _provider(request, back)
    state = statekit.unstash_state(
        request, provider_id=provider.sub_id, state_id=request.GET.get("state", "")
    )
    if state is None:
        raise OAuth2Error("Nobody asked for it.")
    way = provider.get_oauth2_adapter(request)
    client = way.get_client(request, provider.app)
    token = way.get_access_token_data(
        request, provider.app, client, pkce_code_verifier=state["pkce_code_verifier"]
    )
    told = way.claims(token)
    if not secrets.compare_digest(str(told.get("nonce", "")), state["nonce"]):
        raise OAuth2Error("It answers another question.")
    return told, str(state.get("next", ""))


def _provider(request: HttpRequest, back: str) -> Any:
    given = settings.PROVIDER
    app = SocialApp(
        provider="openid_connect",
        provider_id=SERVICE,
        name=given["name"],
        client_id=given["client"],
        secret=given["secret"],
        settings={
            "server_url": given["address"],
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile"],
        },
    )
    provider = OpenIDConnectProvider(request, app=app)
    provider.oauth2_adapter_class = lambda request, _id: _WayBack(request, provider, back)
    return provider


def _refused(subject: str) -> None:
    record_apart(by=None, kind=Kind.DENIAL, subject=subject)
