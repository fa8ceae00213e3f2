"""A security key made of software: it answers as a real one does, or as a forged one would."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.world import PASSWORD

HOST = "localhost"
FLAG = AuthenticatorData.FLAG


@dataclass
class SoftKey:
    """Keeps one account of one site. ``verified``: whether its PIN was typed."""

    origin: str = f"http://{HOST}"
    rp: str = HOST
    verified: bool = True
    counter: int = 0
    user: str = ""
    id: bytes = field(default_factory=lambda: token_bytes(32))
    secret: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, asked: dict[str, Any]) -> str:
        """What it answers when it is to be added."""
        options = asked["publicKey"]
        self.user = options["user"]["id"]
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        attested = AttestationObject.create("none", self._data(FLAG.AT, credential), {})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=attested)

    def get(self, asked: dict[str, Any]) -> str:
        """What it answers when somebody signs in."""
        self.counter += 1
        client = self._client("webauthn.get", asked["publicKey"]["challenge"])
        data = self._data()
        signature = self.secret.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature,
            userHandle=self.user,
        )  # fmt: skip

    def _client(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _data(self, more: Any = 0, credential: bytes = b"") -> bytes:
        flags = FLAG.UP | (FLAG.UV if self.verified else 0) | more
        return AuthenticatorData.create(
            sha256(self.rp.encode()).digest(), flags, self.counter, credential
        )

    def _answer(self, **response: Any) -> str:
        text = {k: v if isinstance(v, str) else websafe_encode(v) for k, v in response.items()}
        return json.dumps(
            {
                "id": websafe_encode(self.id), "rawId": websafe_encode(self.id),
                "type": "public-key", "clientExtensionResults": {}, "response": text,
            }
        )  # fmt: skip


def at_localhost(client: Client) -> Client:
    """A browser that knows the site by a name: keys belong to one."""
    client.defaults["SERVER_NAME"] = HOST
    return client


def add_key(client: Client, key: SoftKey, name: str = "blue key") -> Any:
    """Add it to whoever is signed in at this browser; the answer to the form."""
    client.post("/how-i-sign-in/prove/", {"password": PASSWORD})
    asked = client.post("/how-i-sign-in/key/ask/").json()
    return client.post("/how-i-sign-in/key/", {"name": name, "key": key.create(asked)})


def touch(client: Client, key: SoftKey, **more: Any) -> Any:
    """Sign in with it; the answer to the form."""
    asked = client.post("/sign-in/key/").json()
    return client.post("/sign-in/", {"key": key.get(asked), **more})
