"""Putting the accounts of a candidate on the record with its event, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.models import Citation, Commitment, Event, Evidence, Point, Publisher, Readout
from news.canonical import address_key
from news.models import Candidate, CandidateCommitment, CandidatePoint, CandidateReadout
from news.models.readouts import Passage

LONGEST_SLUG = 90


def record_readouts(event: Event, candidate: Candidate, *, url: str) -> list[int]:
    """Publish a candidate's accounts with their points, commitments and evidence.

    What an editor left out stays out, and so does an account without an address, or one that the
    event has already from there. `url` is that of the candidate's first article. Returns ids of
    evidence, for `forget_readouts`. To be called in a transaction, once the event cites the
    articles. Raises ValidationError when a government is not among the countries of the event.
    """
    evidence: list[int] = []
    concerned = set(event.involvements.values_list("country_id", flat=True))
    for row in candidate.readouts.with_parts().filter(is_left_out=False, readout=None):
        own = row.article.url if row.article.is_citable else ""
        address = url if row.article_id == candidate.article_id else own
        if not address or _is_there(event, row, address):
            continue
        if row.issuer_id not in concerned:
            message = _(
                "%(country)s published the account, so it must be among the countries. Or leave "
                "the account out."
            )
            raise ValidationError(message % {"country": row.issuer.name})
        evidence += _record(event, row, address)
    return evidence


def forget_readouts(candidate: Candidate, evidence: Iterable[int]) -> None:
    """Take back what `record_readouts` has left, but for what somebody has changed since.

    To be called in a transaction.
    """
    Evidence.objects.filter(pk__in=list(evidence)).delete()
    for row in candidate.readouts.with_parts().filter(is_left_out=False):
        for promise in row.commitments.all():
            if promise.commitment is not None and _is_untouched_commitment(row, promise):
                promise.commitment.delete()
        if row.readout is not None and _is_untouched(row):
            row.readout.delete()


def _is_there(event: Event, row: CandidateReadout, address: str) -> bool:
    known = event.readouts.filter(issuer=row.issuer).values_list("url", flat=True)
    return address_key(address) in {address_key(url) for url in known}


def _record(event: Event, row: CandidateReadout, address: str) -> list[int]:
    publisher = Publisher.objects.at(address)
    readout = Readout.objects.create(
        slug=_free_slug(Readout, f"{event.slug}-{row.issuer_id.lower()}"),
        event=event,
        issuer=row.issuer,
        issuing_body=row.issuing_body,
        url=address,
        publisher=publisher,
        language=row.article.language,
        published_on=row.published_on,
        published_time=row.published_time,
        time_zone=row.time_zone,
        is_whole=row.is_whole,
    )
    row.readout = readout
    row.save(update_fields=["readout"])
    said = [point for point in row.points.all() if point.goes_on_record(row.article.language)]
    for position, point in enumerate(sorted(said, key=lambda one: one.position), start=1):
        point.point = Point.objects.create(
            readout=readout, position=position, **_columns(row, point)
        )
        point.save(update_fields=["point"])
    promised = [one for one in row.commitments.all() if one.goes_on_record(row.article.language)]
    for promise in sorted(promised, key=lambda one: one.position):
        promise.commitment = Commitment.objects.create(
            slug=_free_slug(Commitment, f"{event.slug}-c", first=1),
            event=event,
            url=address,
            publisher=publisher,
            **_commitment_columns(row, promise),
        )
        promise.save(update_fields=["commitment"])
    return _cite(event, row, address, [*said, *promised])


def _columns(row: CandidateReadout, point: CandidatePoint) -> dict[str, Any]:
    return {
        "topic": point.topic,
        "stance": point.stance,
        **point.texts(row.article.language),
    }


def _commitment_columns(row: CandidateReadout, promise: CandidateCommitment) -> dict[str, Any]:
    return {
        "due_text": promise.due_text,
        "due_on": promise.due_on,
        "due_precision": promise.due_precision,
        **promise.texts(row.article.language),
    }


def _cite(event: Event, row: CandidateReadout, address: str, said: list[Any]) -> list[int]:
    """The sentence behind each point and commitment; ids of what is new."""
    citation = Citation.objects.filter(event=event, url=address).first()
    if citation is None:
        return []
    before = set(citation.evidence.values_list("pk", flat=True))
    Evidence.objects.bulk_create(
        [_evidence(citation, row, passage) for passage in said], ignore_conflicts=True
    )
    after = citation.evidence.order_by("pk").values_list("pk", flat=True)
    return [pk for pk in after if pk not in before]


def _evidence(citation: Citation, row: CandidateReadout, passage: Passage) -> Evidence:
    is_point = isinstance(passage, CandidatePoint)
    value = _value(passage) if isinstance(passage, CandidatePoint) else ""
    return Evidence(
        citation=citation,
        field="point" if is_point else "commitment",
        value=value[:160],
        sentence=passage.sentence,
        quote=passage.quote,
        starts_at=passage.starts_at,
        ends_at=passage.ends_at,
        text_sha256=row.article.text_sha256,
        language=row.article.language,
        rule=passage.rule,
        confidence=passage.confidence,
    )


def _value(point: CandidatePoint) -> str:
    """ "north_korea agreed"; without a topic only the stance."""
    topic = point.topic.slug if point.topic else ""
    return f"{topic} {point.stance.lower()}".strip()


def _free_slug(model: type[Readout] | type[Commitment], stem: str, first: int = 0) -> str:
    """The stem with the first number that is free: "…-jp", "…-jp-2"; "…-c1", "…-c2"."""
    stem = stem[: LONGEST_SLUG - 4]
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    if not first and stem not in taken:
        return stem
    number = first or 2
    joint = "" if first else "-"
    while f"{stem}{joint}{number}" in taken:
        number += 1
    return f"{stem}{joint}{number}"


def _is_untouched(row: CandidateReadout) -> bool:
    """Whether the readout on record is still as it was left."""
    assert row.readout is not None
    points = {point.pk: point for point in row.readout.points.all()}
    left = [point for point in row.points.all() if point.point_id is not None]
    return set(points) == {one.point_id for one in left} and all(
        _has(points[one.point_id or 0], _columns(row, one)) for one in left
    )


def _is_untouched_commitment(row: CandidateReadout, promise: CandidateCommitment) -> bool:
    assert promise.commitment is not None
    return promise.commitment.status == Commitment.Status.OPEN and _has(
        promise.commitment, _commitment_columns(row, promise)
    )


def _has(stored: Point | Commitment, columns: dict[str, Any]) -> bool:
    return all(getattr(stored, name) == value for name, value in columns.items())
