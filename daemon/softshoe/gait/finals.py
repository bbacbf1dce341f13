"""Contacts that wait for their neighbours, for running to begin, and for body weight."""

from collections.abc import Iterator

from msgspec import Struct

from softshoe.gait.contact import Contact


class Footing(Struct, eq=False):
    """A contact that is ready to be final, with the neighbours it has."""

    before: Contact | None
    contact: Contact
    after: Contact | None


class Finals:
    """Numbers contacts once running has begun and hands them out in order."""

    def __init__(self) -> None:
        self.last: Contact | None = None
        self._before_last: Contact | None = None
        self._ready: list[Footing] = []
        self._uncounted: list[Contact] = []
        self._count = 0

    def add(self, contact: Contact) -> None:
        """The newest accepted contact; the one before it has all its neighbours now."""
        before = self.last
        self.close_last(contact if contact.chained else None)
        self._before_last = before if contact.chained else None
        self.last = contact
        self._uncounted.append(contact)

    def close_last(self, after: Contact | None) -> None:
        """No more can be known of the last contact than what it and ``after`` tell."""
        if self.last is not None:
            self._ready.append(Footing(self._before_last, self.last, after))
            self.last = None

    def count(self) -> Contact | None:
        """While there is running: give numbers, from 1, to who has none. The first of them."""
        counted, self._uncounted = self._uncounted, []
        for contact in counted:
            self._count += 1
            contact.number = self._count
        return counted[0] if counted else None

    def drop_uncounted(self) -> list[Contact]:
        """Running did not begin: what waits for it, but for the newest contact, is no step."""
        dropped = [contact for contact in self._uncounted if contact is not self.last]
        self._uncounted = [contact for contact in self._uncounted if contact is self.last]
        self._ready = [one for one in self._ready if not any(one.contact is d for d in dropped)]
        return dropped

    def take(self) -> Iterator[Footing]:
        """Counted contacts that are ready, in order, each once."""
        while self._ready and self._ready[0].contact.number is not None:
            yield self._ready.pop(0)
