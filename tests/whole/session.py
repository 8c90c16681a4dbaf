"""A desktop session of a test's own: home, bus, display, and what runs on them.

Nothing of the person who runs the tests is touched: home, runtime folder and bus are new, the bus
starts no service by itself, and everything is ended by its own process when the test is over.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

T = TypeVar("T")

GIGDESK = str(Path(sys.executable).with_name("gigdesk"))
PATIENCE = 30.0
_POLL = threading.Event()  # never set: a pause between two looks

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# Its own popups, no fading: a click does what the notification offers.
_DUNST = """[global]
    monitor = 0
    follow = none
    width = 320
    origin = bottom-right
    offset = 20x60
    notification_limit = 5
    mouse_left_click = do_action, close_current
    history_length = 50
    idle_threshold = 0
"""
# Asks nobody and never answers: a prompt that stands on a screen nobody looks at.
_PROMPTER = """
import sys
from jeepney import HeaderFields, MessageType, message_bus, new_method_return
from jeepney.io.blocking import Proxy, open_dbus_connection

bus = open_dbus_connection("SESSION")
for name in ("org.gnome.keyring.SystemPrompter", "org.gnome.keyring.PrivatePrompter"):
    Proxy(message_bus, bus).RequestName(name)
while True:
    message = bus.receive()
    if message.header.message_type is MessageType.method_call:
        print(message.header.fields[HeaderFields.member], flush=True)
        bus.send(new_method_return(message))
"""
_CONTROL = ("org.dunstproject.cmd0", "/org/freedesktop/Notifications")
_WATCHER = "org.kde.StatusNotifierWatcher"
XFCONFD = f"/usr/lib/{os.uname().machine}-linux-gnu/xfce4/xfconf/xfconfd"


def until(look: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Look again and again until the answer is true; the answer."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"waited in vain: {what}"
        _POLL.wait(0.05)


class Session:
    """Home, runtime folder and D-Bus of one desktop session."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = _made(folder / "home")
        self.runtime = _made(folder / "run")
        socket = self.runtime / "bus"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_DATA_HOME": str(_made(self.home / "share")),
            "XDG_CONFIG_HOME": str(_made(self.home / "config")),
            "XDG_CACHE_HOME": str(_made(self.home / "cache")),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Berlin",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._running: list[subprocess.Popen[bytes]] = []
        self._logs: list[IO[bytes]] = []
        self.open_keyring: subprocess.Popen[bytes] | None = None
        config = folder / "bus.conf"
        config.write_text(_BUS.format(socket=socket))
        self.start("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
        until(socket.exists, "the session's bus")

    # --- processes ------------------------------------------------------------------------------
    def start(self, *command: str, stdin: bytes | None = None) -> subprocess.Popen[bytes]:
        """Start something in this session. It is ended with the session."""
        log = (self.folder / f"{Path(command[0]).name}-{len(self._running)}.log").open("wb")
        self._logs.append(log)
        process = subprocess.Popen(
            command,
            env=self.env,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        if stdin is not None and process.stdin is not None:
            process.stdin.write(stdin)
            process.stdin.close()
        self._running.append(process)
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End one process and whatever it started in its own process group."""
        if process in self._running:
            self._running.remove(process)
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def close(self) -> None:
        """End everything, the last first."""
        for process in reversed(self._running[:]):
            self.stop(process)
        for log in self._logs:
            log.close()

    # --- the bus --------------------------------------------------------------------------------
    def call(
        self,
        name: str,
        path: str,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> Any:
        """Call a method on the session's bus; its answer. Raises DBusErrorResponse."""
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        address = DBusAddress(path, bus_name=name, interface=interface)
        with open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            message = new_method_call(address, method, signature, body)
            return unwrap_msg(bus.send_and_get_reply(message, timeout=10))

    def has(self, name: str) -> bool:
        """Whether somebody on the bus owns this name."""
        bus = "org.freedesktop.DBus"
        return bool(self.call(bus, "/org/freedesktop/DBus", bus, "NameHasOwner", "s", (name,))[0])

    def property(self, name: str, path: str, interface: str, wanted: str) -> Any:
        """A property of something on the bus."""
        get = "org.freedesktop.DBus.Properties"
        return self.call(name, path, get, "Get", "ss", (interface, wanted))[0][1]

    # --- the keyring ----------------------------------------------------------------------------
    def keyring(self, password: str | None = "login") -> subprocess.Popen[bytes]:
        """A real gnome-keyring, its login collection unlocked by this password (made with it at the
        first time). With a wrong one, or none, it stays locked."""
        unlock = ["--unlock"] if password is not None else []
        words = None if password is None else password.encode()
        process = self.start(
            "gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock, stdin=words
        )
        until(lambda: self.has("org.freedesktop.secrets"), "the keyring")
        return process

    def unlock_keyring(self) -> None:
        """As the next login does: the daemon anew, with the right password."""
        if self.open_keyring is not None:
            self.stop(self.open_keyring)
        until(lambda: not self.has("org.freedesktop.secrets"), "the end of the locked keyring")
        self.keyring()

    def lock_keyring(self) -> None:
        """Lock it, as a session does after a while."""
        place = "/org/freedesktop/secrets/collection/login"
        self.call(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service",
            "Lock",
            "ao",
            ([place],),
        )

    def prompter(self) -> None:
        """Something that takes the keyring's prompts and never answers."""
        script = self.folder / "prompter.py"
        script.write_text(_PROMPTER)
        self.start(sys.executable, str(script))
        until(lambda: self.has("org.gnome.keyring.SystemPrompter"), "the prompter")

    # --- the command line -----------------------------------------------------------------------
    def gigdesk(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command of GigDesk to its end, with no terminal."""
        return subprocess.run(
            [GIGDESK, *words],
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


class Desktop(Session):
    """A session with a display, a window manager, a notification service and, wanted, a tray."""

    def __init__(self, folder: Path, *, tray: bool) -> None:
        super().__init__(folder)
        self._frame = _made(folder / "frame")
        self.env |= {
            "DISPLAY": self._display(),
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CURRENT_DESKTOP": "XFCE",
        }
        self.start("openbox", "--sm-disable")
        until(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in self.run("xprop", "-root"), "openbox")
        config = folder / "dunstrc"
        config.write_text(_DUNST)
        self.start("dunst", "-conf", str(config))
        until(lambda: self.has("org.freedesktop.Notifications"), "dunst")
        if tray:
            self._tray_host()

    def _display(self) -> str:
        read, write = os.pipe()
        frame = ["-screen", "0", "1440x900x24", "-fbdir", str(self._frame)]
        log = (self.folder / "Xvfb.log").open("wb")
        self._logs.append(log)
        # -noreset: it stays when the last window closes.
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), *frame, "-nolisten", "tcp", "-noreset"],
            env=self.env, pass_fds=(write,), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        os.close(write)
        self._running.append(process)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb found no free display"
        return f":{number}"

    def _tray_host(self) -> None:
        self.start(XFCONFD)
        until(lambda: self.has("org.xfce.Xfconf"), "xfconfd")
        panel = _made(self.home / "config" / "xfce4" / "xfconf" / "xfce-perchannel-xml")
        (panel / "xfce4-panel.xml").write_text(_PANEL)
        self.start("xfce4-panel", "--disable-wm-check")
        until(lambda: self.has(_WATCHER), "the tray host")

    # --- windows --------------------------------------------------------------------------------
    def run(self, *command: str) -> str:
        """What a small program of the desktop says."""
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=20, check=False
        )
        return done.stdout

    def windows(self) -> dict[str, str]:
        """The visible windows: id and title."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", ".").split()
        named = {each: self.run("xdotool", "getwindowname", each).strip() for each in found}
        return {each: title for each, title in named.items() if title}

    def active(self) -> str:
        """The title of the window that has the keyboard."""
        return self.run("xdotool", "getactivewindow", "getwindowname").strip()

    def titled(self, *parts: str, patience: float = PATIENCE) -> str:
        """Wait for the window whose title has all of these; its id."""

        def look() -> str:
            return next(
                (w for w, title in self.windows().items() if all(p in title for p in parts)), ""
            )

        try:
            return until(look, f"a window titled {parts}", patience)
        except AssertionError as vain:
            self.keep_picture("failed")
            raise AssertionError(f"{vain}; there are {self.windows()}") from None

    def gone(self, *parts: str) -> None:
        """Wait until no visible window has all of these in its title."""
        until(
            lambda: not any(all(p in title for p in parts) for title in self.windows().values()),
            f"no window titled {parts}",
        )

    def front(self, window: str) -> None:
        """Bring a window to the front and give it the keyboard."""
        self.run("xdotool", "windowactivate", "--sync", window)

    def keys(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.run("xdotool", "key", "--clearmodifiers", "--delay", "25", *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self.run("xdotool", "type", "--delay", "4", words)

    def click(self, x: int, y: int) -> None:
        """A click of the mouse."""
        self.run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Where a window stands: x, y, width, height."""
        words = self.run("xdotool", "getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in words.split())
        return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))  # type: ignore[return-value]

    def picture(self) -> Picture:
        """What the screen shows now."""
        return Picture((self._frame / "Xvfb_screen0").read_bytes())

    def keep_picture(self, name: str) -> Path:
        """Write what the screen shows beside the logs."""
        return self.picture().save(self.folder / f"{name}.png")

    # --- notifications and the tray -------------------------------------------------------------
    def notified(self) -> list[str]:
        """The titles of what the notification service showed and let go, newest first."""
        interface, path = _CONTROL
        service = "org.freedesktop.Notifications"
        rows = self.call(service, path, interface, "NotificationListHistory")[0]
        return [row["summary"][1] for row in rows]

    def popups(self) -> Sequence[str]:
        """The notification windows that stand on the screen."""
        return self.run("xdotool", "search", "--onlyvisible", "--class", "Dunst").split()

    def click_popup(self) -> None:
        """Click the newest notification with the mouse."""
        x, y, wide, high = self.place(self.popups()[0])
        self.click(x + wide // 2, y + high // 2)

    def tray_item(self) -> str:
        """The bus name of GigDesk's icon in the tray; empty when there is none."""
        found = self.property(
            _WATCHER, "/StatusNotifierWatcher", _WATCHER, "RegisteredStatusNotifierItems"
        )
        return next((str(item).partition("/")[0].partition("@")[0] for item in found), "")

    def tray_menu(self) -> dict[str, int]:
        """The words of the icon's menu, with their ids."""
        layout = self.call(
            self.tray_item(), "/MenuBar", "com.canonical.dbusmenu", "GetLayout", "iias", (0, -1, [])
        )[1]
        entries = [child[1] for child in layout[2]]
        return {str(each[1]["label"][1]): each[0] for each in entries if "label" in each[1]}

    def choose_in_tray(self, words: str) -> None:
        """Choose an entry of the icon's menu."""
        self.call(
            self.tray_item(), "/MenuBar", "com.canonical.dbusmenu", "Event", "isvu",
            (self.tray_menu()[words], "clicked", ("s", ""), 0),
        )  # fmt: skip


class Picture:
    """A screen, from the file Xvfb draws into (the format of xwd)."""

    def __init__(self, data: bytes) -> None:
        words = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 100, 4)]
        head, self.width, self.height = words[0], words[4], words[5]
        self._stride, colours = words[12], words[19]
        self._pixels = data[head + colours * 12 :]

    def colours(self) -> int:
        """How many different colours are seen, of every seventh pixel."""
        return len({self._pixels[at : at + 4] for at in range(0, len(self._pixels) - 4, 28)})

    def differs(self, other: Picture) -> float:
        """Which part of the pixels is another than in the other picture, of a hundredth of them."""
        places = range(0, min(len(self._pixels), len(other._pixels)) - 4, 4 * 101)
        changed = sum(self._pixels[at : at + 4] != other._pixels[at : at + 4] for at in places)
        return changed / len(places)

    def save(self, path: Path) -> Path:
        """Write it as PNG."""
        from PySide6.QtGui import QImage

        form = QImage.Format.Format_RGB32
        QImage(self._pixels, self.width, self.height, self._stride, form).save(str(path))
        return path


def unshare(kind: str) -> list[str]:
    """The command that gives a program a namespace of its own: root needs no other user for it."""
    return ["unshare", f"-{kind}"] if os.geteuid() == 0 else ["unshare", f"-r{kind}"]


def missing(*programs: str) -> list[str]:
    """Which of these programs this machine lacks."""
    return [name for name in programs if shutil.which(name) is None]


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


# A panel with nothing but the tray.
_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="30"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="26"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""
