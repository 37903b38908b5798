"""One thread that does all the setting: changes that come while it works are collected and
done together.
"""

import gc
import os
import traceback
from collections import Counter
from threading import Condition, Thread
from typing import Final

from reportcard.preview.session import Session

#: So long after the last work (in seconds) garbage is collected.
_QUIET: Final = 2.0
#: Objects made and not freed after which it is collected at once, though nobody pauses: what a
#: score leaves is a fifth of it.
_MUCH: Final = 150_000
#: So long, at most, a new page has this machine to itself before the checks begin; and so long for
#: a second one.
_FIRST_LOOK, _SECOND_LOOK = 0.4, 0.03


class Worker:
    """Keeps the snapshots of a session up to date with the files, for the cards that somebody looks
    at.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._open: Counter[str] = Counter()
        self._changed: set[str] = set()
        self._is_due = True
        self._is_stopped = False
        self._is_seen = False
        self._turn = Condition()
        self._thread = Thread(target=self._work, name="setting", daemon=True)

    def start(self) -> None:
        """Begins with what is there."""
        self._thread.start()

    def stop(self) -> None:
        """No further work is begun. What is being done is not waited for: nothing of it is kept
        anywhere.
        """
        with self._turn:
            self._is_stopped = True
            self._turn.notify()

    def changed(self, paths: set[str]) -> None:
        """Files changed: their paths in the workspace."""
        with self._turn:
            self._changed |= paths
            self._is_due = True
            self._turn.notify()

    def seen(self) -> None:
        """A page was drawn for somebody."""
        with self._turn:
            self._is_seen = True
            self._turn.notify()

    def opened(self, country: str) -> None:
        """Somebody looks at a card, or at the list of cards (empty)."""
        with self._turn:
            self._open[country] += 1
            self._is_due = True
            self._turn.notify()

    def closed(self, country: str) -> None:
        """Somebody looks no longer."""
        with self._turn:
            self._open[country] -= 1

    def _work(self) -> None:
        while True:
            with self._turn:
                if not self._turn.wait_for(lambda: self._is_due or self._is_stopped, _QUIET):
                    gc.collect()
                    self._turn.wait_for(lambda: self._is_due or self._is_stopped)
                if self._is_stopped:
                    return
                changed, self._changed = frozenset(self._changed), set()
                wanted = [country for country, count in self._open.items() if country and count > 0]
                is_list_open = self._open[""] > 0
                self._is_due = False
            self._refresh(changed, wanted, is_list_open=is_list_open)
            if gc.get_count()[0] > _MUCH:
                gc.collect()

    def _refresh(self, changed: frozenset[str], wanted: list[str], *, is_list_open: bool) -> None:
        """Makes the next snapshots; for the list, the cards not laid out yet one by one. A fault is
        shown, and work goes on.
        """
        session = self._session
        number, self._is_seen = session.snapshot.number, False
        try:
            session.lay_out(changed, wanted)
            if session.snapshot.number != number and self._is_interrupted():
                return
            session.check()
            waiting = [
                card.country
                for card in session.snapshot.cards.values()
                if not card.faces and not card.broken
            ]
            if waiting and is_list_open and not self._is_due:
                session.lay_out(frozenset(), waiting[:1])
                with self._turn:
                    self._is_due = True
        except Exception as error:
            if os.environ.get("REPORTCARD_DEBUG"):
                traceback.print_exc()
            session.failed(f"{type(error).__name__}: {error}")

    def _is_interrupted(self) -> bool:
        """Leaves the machine to the browser until it has the new page; whether there is other
        work by then.
        """
        with self._turn:
            self._turn.wait_for(
                lambda: self._is_seen or self._is_due or self._is_stopped, _FIRST_LOOK
            )
            return self._turn.wait_for(lambda: self._is_due or self._is_stopped, _SECOND_LOOK)
