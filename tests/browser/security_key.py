"""A security key plugged into Chromium, touched whenever it is asked."""

from typing import Any

from playwright.sync_api import Page

KIND = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


class SecurityKey:
    """``verified``: whether whoever touches it knows its PIN."""

    def __init__(self, page: Page, *, verified: bool = True) -> None:
        self.browser = page.context.new_cdp_session(page)
        self.browser.send("WebAuthn.enable")
        self.kept: list[Any] = []
        self.verified = verified
        self.id = ""
        self.plug_in()

    def plug_in(self) -> None:
        options = KIND | {"isUserVerified": self.verified}
        added = self.browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = added["authenticatorId"]
        for credential in self.kept:
            self.browser.send(
                "WebAuthn.addCredential", {"authenticatorId": self.id, "credential": credential}
            )

    def unplug(self) -> None:
        """Put it into the pocket, with what it has learned."""
        which = {"authenticatorId": self.id}
        self.kept = self.browser.send("WebAuthn.getCredentials", which)["credentials"]
        self.browser.send("WebAuthn.removeVirtualAuthenticator", which)
