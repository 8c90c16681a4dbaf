"""The operating system's keyring, by an allow-list of backends.

Plaintext and file backends that happen to be installed are never taken. The entry's name is the
desk's own UUID, so that two desks never mix.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Locked
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "GigDesk"
ALLOWED = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
)


class Keyring:
    """Secrets by name in the first allowed backend that answers here.

    A locked keyring asks the person by itself. `patience` is how many seconds that may take where
    nobody may be there to answer; None waits.
    """

    def __init__(self, patience: float | None = None) -> None:
        self._patience = patience
        self._chosen: KeyringBackend | None = None
        self._looked = False

    @property
    def available(self) -> bool:
        """Whether this session has a keyring we trust, locked or not."""
        return self._backend() is not None

    def get(self, name: str) -> str | None:
        """The secret; None when there is none. Raises Locked when the keyring stays locked."""
        found: str | None = self._call("get_password", name)
        return found

    def put(self, name: str, secret: str) -> None:
        """Keep the secret. Raises Locked when the keyring stays locked."""
        self._call("set_password", name, secret)

    def forget(self, name: str) -> None:
        """Remove the secret, if there is one."""
        from keyring.errors import PasswordDeleteError

        try:
            self._call("delete_password", name)
        except PasswordDeleteError:
            return

    def _call(self, verb: str, name: str, *more: str) -> Any:
        from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

        backend = self._backend()
        if backend is None:
            raise Locked(t("This session has no keyring"), t("The desk asks for its passphrase."))
        try:
            return self._in_time(partial(getattr(backend, verb), SERVICE, name, *more))
        except PasswordDeleteError:
            raise
        except (KeyringLocked, InitError, TimeoutError) as error:
            raise _locked() from error
        except Exception as error:
            # A bus that went away raises whatever its library raises.
            log.warning("keyring: %s", type(error).__name__)
            raise _locked() from error

    def _in_time(self, call: Callable[[], Any]) -> Any:
        if self._patience is None:
            return call()
        answer: Future[Any] = Future()
        threading.Thread(target=_answered, args=(call, answer), daemon=True).start()
        return answer.result(self._patience)

    def _backend(self) -> KeyringBackend | None:
        if not self._looked:
            self._chosen = _best()
            self._looked = True
        return self._chosen


def _answered(call: Callable[[], Any], answer: Future[Any]) -> None:
    try:
        answer.set_result(call())
    except BaseException as error:  # noqa: BLE001 - it belongs to the caller
        answer.set_exception(error)


def _best() -> KeyringBackend | None:
    found: list[tuple[float, KeyringBackend]] = []
    for path in ALLOWED:
        module, name = path.rsplit(".", 1)
        backend = _made(module, name)
        if backend is not None:
            found.append(backend)
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _made(module: str, name: str) -> tuple[float, KeyringBackend] | None:
    from importlib import import_module

    try:
        kind: Any = getattr(import_module(module), name)
        if not kind.viable:
            return None
        return float(kind.priority), kind()
    except Exception as error:  # noqa: BLE001 - a backend that cannot even say so is none
        log.debug("keyring backend %s: %s", module, type(error).__name__)
        return None


def _locked() -> Locked:
    return Locked(
        t("The keyring is locked"),
        t("Nothing was lost. Unlock it and try again, or use the recovery key."),
    )
