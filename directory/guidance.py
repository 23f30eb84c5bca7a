"""A page of advice: its words are a template, its sources stand here."""

import hashlib
from base64 import b32encode

from .record import Record
from .source import Source


class Guidance(Record, frozen=True):
    """`id` names the template under `templates/guidance/`, and is never shown: the
    page's address is opaque, as a service's is."""

    id: str
    sources: tuple[Source, ...]

    @property
    def page(self) -> str:
        """Six letters for the page's address."""
        digest = hashlib.sha256(f"guidance {self.id}".encode()).digest()
        return b32encode(digest[:5]).decode().lower()[:6]
