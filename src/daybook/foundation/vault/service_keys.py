"""The service's own key, from the settings: today's wraps, earlier ones still open."""

from django.conf import settings

from .boxes import Shut, mark, unwrap, wrap


def current() -> str:
    """The mark of the key that wraps now."""
    return mark(settings.VAULT_KEYS[0])


def known() -> dict[str, bytes]:
    return {mark(key): key for key in settings.VAULT_KEYS}


def wrapped_now(data_key: bytes, *, belongs: tuple[str, ...]) -> tuple[bytes, str]:
    """A data key under today's key, and that key's mark."""
    return wrap(data_key, key=settings.VAULT_KEYS[0], belongs=belongs), current()


def unwrapped(wrapped: bytes, service_key: str, *, belongs: tuple[str, ...]) -> bytes:
    """The data key, or ``Shut`` where the service key it needs was not given."""
    key = known().get(service_key)
    if key is None:
        raise Shut
    return unwrap(wrapped, key=key, belongs=belongs)
