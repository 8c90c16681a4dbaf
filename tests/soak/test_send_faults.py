"""Sending, killed, cut, garbled and refused at random: nobody ever gets a mail twice, none is lost, and every
doubt is asked.

30 faults in `make test`, 300 in `make soak`. Each process is one of its own, each kill a SIGKILL; the
server is a real one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from gigdesk.domain.accounts import AccountId, Endpoint, Tls
from gigdesk.domain.proposals import OutboxItem, OutboxState
from tests.certificates import Authority
from tests.services.sending.desk import proposal
from tests.smtp_servers import PASSWORD, Post, Temper, serving_mail
from tests.soak import sending
from tests.soak.issuing import NOW, opened
from tests.soak.sending import Wire, wired

FAULTS = 300 if "GIGDESK_SOAK" in os.environ else 30
STEP = timedelta(minutes=6)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]


@pytest.fixture
def context() -> ForkServerContext:
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.soak.sending"])
    return made


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def post(authority: Authority) -> Iterator[Post]:
    with serving_mail(authority, Temper()) as there:
        yield there


@pytest.fixture
def wire(post: Post) -> Iterator[Wire]:
    with wired(post.port) as there:
        yield there


@pytest.fixture
def home(tmp_path: Path, post: Post, wire: Wire, authority: Authority) -> Path:
    place = tmp_path / "desk"
    office = opened(place)
    door = Endpoint("127.0.0.1", wire.port, Tls.STARTTLS, authority.pem)
    office.accounts.add(post.account(authority, id=AccountId(0), smtp=door), PASSWORD)
    office.close()
    return place


def approve(home: Path, *keys: str, at: timedelta = timedelta()) -> None:
    office = opened(home)
    office.watch.stand(NOW + at)
    for key in keys:
        kept = office.proposals.propose(proposal(key)).value
        office.proposals.approve(kept.id)
    office.close()


def rows(home: Path) -> list[OutboxItem]:
    office = opened(home)
    found = office.sending.all()
    office.close()
    return found


def begin(
    context: ForkServerContext, home: Path, at: timedelta
) -> tuple[BaseProcess, Callable[[], str]]:
    """A process that opens the desk and sends; when it is ready it says so."""
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=sending.send_on, args=(home, NOW + at, theirs))
    child.start()
    theirs.close()
    return child, ours.recv


def run(context: ForkServerContext, home: Path, at: timedelta) -> None:
    child, hear = begin(context, home, at)
    assert hear() == "ready"
    child.join(timeout=60)
    assert child.exitcode == 0


def copies(post: Post) -> Counter[str]:
    return Counter(message_from_bytes(each.content)["Message-ID"] for each in post.taken)


def test_killed_between_the_mail_and_its_answer(
    context: ForkServerContext, home: Path, post: Post
) -> None:
    approve(home, "reply:1")
    child, hear = begin(context, home, STEP)
    died = threading.Event()

    def kill() -> None:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join(timeout=30)
        died.set()

    post.temper.before_answer = kill
    assert hear() == "ready"
    assert died.wait(30)
    post.temper.before_answer = None
    assert len(post.taken) == 1
    assert rows(home)[0].state is OutboxState.SENDING
    for turn in (2, 3, 60):
        run(context, home, turn * STEP)
    (item,) = rows(home)
    assert item.state is OutboxState.UNCERTAIN
    assert copies(post) == {item.message_id: 1}
    office = opened(home)
    (told,) = office.notices.latest()
    assert told.title == "Was “Re: Question” sent?"
    office.close()


def test_two_processes_at_once_send_once(
    context: ForkServerContext, home: Path, post: Post
) -> None:
    approve(home, *(f"reply:{number}" for number in range(6)))
    both = [begin(context, home, STEP) for _ in range(2)]
    for child, _ in both:
        child.join(timeout=60)
        assert child.exitcode == 0
    assert {each.state for each in rows(home)} == {OutboxState.SENT}
    assert copies(post) == {each.message_id: 1 for each in rows(home)}


def test_faults_at_random(context: ForkServerContext, home: Path, post: Post, wire: Wire) -> None:
    chance = random.Random(20261124)
    turn = 0
    seen: Counter[str] = Counter()
    for number in range(FAULTS):
        turn += 1
        approve(home, f"reply:{number}", at=turn * STEP)
        turn += 1
        seen[fault(chance, context, home, post, wire, turn * STEP)] += 1
        wire.heal()
        post.temper.hangs_up.clear()
        post.temper.says.clear()
        look(home, post)
    assert len(seen) == 6, "every kind of fault came"
    for _ in range(12):
        turn += 1
        run(context, home, turn * STEP)
        look(home, post)
    found = settle(home, post, turn * STEP)
    assert found[OutboxState.UNCERTAIN], "some ended where nobody can know"
    assert found[OutboxState.SENT], "some recovered by themselves"
    turn += 1
    run(context, home, turn * STEP)
    states = Counter(each.state for each in rows(home))
    assert states == {OutboxState.SENT: FAULTS}
    assert copies(post) == {each.message_id: 1 for each in rows(home)}


def fault(
    chance: random.Random,
    context: ForkServerContext,
    home: Path,
    post: Post,
    wire: Wire,
    at: timedelta,
) -> str:
    """Something goes wrong while a process sends; what."""
    kind = chance.choice(["kill", "kill", "cut", "cut", "garble", "dot", "data", "refuse"])
    if kind in {"cut", "garble"}:
        answers, after = chance.random() < 0.5, chance.randint(1, 4500)
        wire.cut(answers=answers, after=after, garble=kind == "garble")
    elif kind in {"dot", "data"}:
        post.temper.hangs_up.append(kind)
    elif kind == "refuse":
        stage = chance.choice(["mail", "data", "rcpt jonas@brueckner.example"])
        post.temper.says[stage] = [chance.choice(["451 4.7.1 Later", "550 5.7.1 No"])]
    child, hear = begin(context, home, at)
    assert hear() == "ready"
    if kind == "kill":
        child.join(timeout=chance.uniform(0, 0.25))
        assert child.pid is not None
        with contextlib.suppress(ProcessLookupError):  # it was through before
            os.kill(child.pid, signal.SIGKILL)
    child.join(timeout=60)
    return kind


def look(home: Path, post: Post) -> None:
    """The desk claims nothing that the server does not know, and nobody has two."""
    here = copies(post)
    assert max(here.values(), default=0) <= 1
    for item in rows(home):
        if item.state is OutboxState.SENT:
            assert here[item.message_id] == 1
        elif item.state in {OutboxState.WAITING, OutboxState.FAILED}:
            assert here[item.message_id] == 0


def settle(home: Path, post: Post, at: timedelta) -> Counter[OutboxState]:
    """The person looks into each doubt, and tries again what failed; how all stood."""
    here = copies(post)
    office = opened(home)
    office.watch.stand(NOW + at)
    asked = {each.record.id for each in office.notices.latest() if each.record is not None}
    items = office.sending.all()
    for item in items:
        if item.state is OutboxState.UNCERTAIN:
            assert item.id in asked or len(asked) == 50
            word = (
                office.sending.it_was_sent if here[item.message_id] else office.sending.send_again
            )
            word(item.id)
        elif item.state is OutboxState.FAILED:
            office.sending.try_again(item.id)
        elif item.hold:
            office.sending.send_now(item.id)
    office.close()
    return Counter(each.state for each in items)
