"""Traces and metrics of OpenTelemetry's, by the libraries' own instrumentation: nothing of an article goes out."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from opentelemetry.sdk.trace import ReadableSpan

    from factcheck.settings import Telemetry

_SERVICE = "factcheck"
_TOLD = frozenset(
    (
        "db.system", "db.system.name", "db.statement", "db.query.text", "db.name", "db.namespace", "error.type",
        "http.method", "http.request.method", "http.response.status_code", "http.route", "http.scheme",
        "http.status_code", "messaging.destination.name", "messaging.message.id", "messaging.operation.name",
        "messaging.operation.type", "messaging.system", "net.peer.name", "net.peer.port", "server.address",
        "server.port", "url.scheme",
    )
)  # fmt: skip
"""What spans tell. Statements hold places for values and no values; addresses, errors' words and all else stay here."""


@contextmanager
def telemetry(asked: Telemetry) -> Iterator[None]:
    """Within it, what is asked of databases, models, browsers and the queue of workers is traced and counted.

    Where the extra is not installed nothing is.
    """
    try:
        from opentelemetry import metrics, trace
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
        from opentelemetry.instrumentation.httpx import HTTPX2ClientInstrumentor
        from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError:
        yield
        return
    resource = Resource.create({"service.name": asked.service or _SERVICE})
    spans, readings = _exporter("traces", asked.traces), _exporter("metrics", asked.metrics)
    tracers = TracerProvider(resource=resource)
    if spans is not None:
        tracers.add_span_processor(BatchSpanProcessor(discreet(spans)))
    meters = MeterProvider([PeriodicExportingMetricReader(readings)] if readings is not None else (), resource)
    trace.set_tracer_provider(tracers)
    metrics.set_meter_provider(meters)
    for one in (SQLAlchemyInstrumentor(), HTTPX2ClientInstrumentor(), FastAPIInstrumentor()):
        with suppress(ModuleNotFoundError):  # nobody is served where the extra `web` is not installed
            one.instrument(skip_dep_check=True)  # it asks for a SQLAlchemy before 2.1, and speaks to this one as well
    with suppress(ModuleNotFoundError):
        from factcheck.jobs.engine import trace_jobs

        trace_jobs()
    try:
        yield
    finally:
        tracers.shutdown()
        meters.shutdown()


def _exporter(signal: str, name: str | None) -> Any:  # noqa: ANN401 - one of spans or of metrics
    """What sends the signal, by the name that OpenTelemetry has for it; the console is stderr. Raises InputError."""
    from importlib.metadata import entry_points

    from factcheck.errors import InputError

    if name is None:
        return None
    known = "otlp_proto_http" if name == "otlp" else name
    found = entry_points(group=f"opentelemetry_{signal}_exporter", name=known)
    if not found:
        variable = f"OTEL_{signal.upper()}_EXPORTER"
        raise InputError(f"{variable} is {name[:40]!r}, which is not installed; set it to otlp, console or none")
    made = next(iter(found)).load()
    return made(out=sys.stderr) if name == "console" else made()


def discreet(exporter: Any) -> Any:  # noqa: ANN401 - the classes load late
    """An exporter that is given spans with what may be told of them alone."""
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.sdk.trace.export import SpanExportResult as Exported

    class Discreet(SpanExporter):
        def export(self, spans: Sequence[ReadableSpan]) -> Exported:
            result: Exported = exporter.export([_told_of(one) for one in spans])
            return result

        def shutdown(self) -> None:
            exporter.shutdown()

    return Discreet()


def _told_of(span: ReadableSpan) -> ReadableSpan:
    from opentelemetry.sdk.trace import ReadableSpan as Span
    from opentelemetry.trace.status import Status

    told: Mapping[str, Any] = {name: value for name, value in (span.attributes or {}).items() if name in _TOLD}
    # An error's words are the driver's, which quotes the values that it could not store.
    return Span(
        span.name.partition("?")[0],
        span.context,
        span.parent,
        span.resource,
        told,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
