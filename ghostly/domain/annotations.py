"""What people said of a run beside it: the facts, and the rules of saying them.

They stand in a stream of their own, which bears an id that is made of the run's: a run that has ended takes no
further event, and people look at it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias, get_args
from uuid import UUID, uuid5

from eventsourcing.domain import DomainEvent
from msgspec import Struct
from msgspec.structs import replace

from ghostly.domain.errors import HealNotReviewable
from ghostly.domain.events import UnknownFact
from ghostly.domain.heals import Heal

KIND = "annotations"

Verdict = Literal["approved", "rejected"]


@dataclass(frozen=True)
class AnnotationEvent(DomainEvent):
    """Something that was said of ``run``, as event number ``originator_version`` of its annotations.

    ``timestamp`` is UTC, cut to milliseconds, and never earlier than that of the event before. ``actor`` is who
    said it: ``user:<id>``.
    """

    TOPIC: ClassVar[str]
    STORED_WHOLE: ClassVar[bool] = True

    actor: str
    run: str


@dataclass(frozen=True)
class HealReviewed(AnnotationEvent):
    """Somebody looked at the heal ``heal_id``, which did a step with ``selector`` in the place of ``lost``."""

    VERDICT: ClassVar[Verdict]

    heal_id: str
    lost: str
    selector: str
    note: str | None = None


@dataclass(frozen=True)
class HealApproved(HealReviewed):
    """It was right: later runs use its selector at once."""

    TOPIC = "heal-approved"
    VERDICT = "approved"


@dataclass(frozen=True)
class HealRejected(HealReviewed):
    """It was wrong: no later run uses it."""

    TOPIC = "heal-rejected"
    VERDICT = "rejected"


Annotation: TypeAlias = HealApproved | HealRejected

ANNOTATIONS: tuple[type[AnnotationEvent], ...] = get_args(Annotation)
"""Every class that this program writes to the annotations of a run."""

ANNOTATION_TOPICS: dict[str, type[AnnotationEvent]] = {fact.TOPIC: fact for fact in ANNOTATIONS}

_FACTS: dict[Verdict, type[Annotation]] = {"approved": HealApproved, "rejected": HealRejected}


def stream_of(run: UUID) -> UUID:
    """The stream of the run's annotations: the same for everybody who knows the run's id."""
    return uuid5(run, KIND)


class Review(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The last word on a heal: whose, when, and perhaps why."""

    verdict: Verdict
    by: str
    at: datetime
    note: str | None = None


class Annotations(Struct, frozen=True, kw_only=True):
    """What was said of one run so far; ``reviews`` are by the heal's id."""

    run: UUID
    seq: int = 0
    at: datetime | None = None
    reviews: Mapping[str, Review] = {}

    def review(
        self, at: datetime, *, heal: Heal, verdict: Verdict, by: UUID, note: str | None = None, counts: bool = True
    ) -> list[Annotation]:
        """Somebody says whether the heal was right; the last word counts, whoever had one before.

        Refused unless its step worked. Quiet if that is what was said last, with no other note, and it still
        ``counts``: another heal of the same selector may have been reviewed since.
        """
        repair = heal.repair
        if repair is None:
            raise HealNotReviewable(f"heal {heal.id} {heal.outcome}")
        said = self.reviews.get(str(heal.id))
        if counts and said is not None and said.verdict == verdict and note in {None, said.note}:
            return []
        time = max(at, self.at or at)
        where = (stream_of(self.run), self.seq + 1, time, f"user:{by}", str(self.run))
        return [_FACTS[verdict](*where, str(heal.id), *repair, note)]


def fold(annotations: Annotations, events: Iterable[Annotation | UnknownFact]) -> Annotations:
    """The annotations after these events; ``Annotations(run=...)`` is a run of which nothing was said yet."""
    for event in events:
        annotations = evolve(annotations, event)
    return annotations


def evolve(annotations: Annotations, event: Annotation | UnknownFact) -> Annotations:
    """The annotations after this event; nothing is refused here."""
    reviews = annotations.reviews
    if not isinstance(event, UnknownFact):
        by = event.actor.removeprefix("user:")
        reviews = {**reviews, event.heal_id: Review(event.VERDICT, by, event.timestamp, event.note)}
    return replace(annotations, seq=event.originator_version, at=event.timestamp, reviews=reviews)
