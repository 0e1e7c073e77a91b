"""What a reader of a stream is told of events: which of them, and in which form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ghostly.projections import timeline
from ghostly.projections.timeline import Frame

Form = Literal["sse", "ndjson"]
"""How messages look: server-sent events, or a JSON object a line."""

BLOCK = 64 * 1024


class Wording(NamedTuple):
    """Of which types a reader is told, in which form, and whether its response goes in chunks."""

    types: frozenset[str]
    form: Form
    chunked: bool

    def at_once(self, frames: Sequence[Frame]) -> bytes | None:
        """What the connection carries for these frames; None if they fill a block, which is too much for once."""
        block, *more = self.blocks(frames)
        if more:
            return None
        return b"%x\r\n%b\r\n" % (len(block), block) if block and self.chunked else block

    def blocks(self, frames: Sequence[Frame]) -> Iterator[bytes]:
        """The frames of these types in few writes, each of which keeps little for a reader who is behind.

        What is left after the last full block comes too, also if it is nothing.
        """
        block, size = [], 0
        for frame in frames:
            if frame.type not in self.types:
                continue
            block.append(self.said(frame.bytes))
            size += len(frame.bytes)
            if size >= BLOCK:
                yield b"".join(block)
                block, size = [], 0
        yield b"".join(block)

    def said(self, message: bytes) -> bytes:
        """The message in this form."""
        return message if self.form == "sse" else timeline.line(message)
