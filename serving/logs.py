"""The server's log: JSON lines for machines, plain lines for a terminal (LOG_FORMAT), nothing of visitors.

A request is told by its id, the rule that matched, the names of its query keys, status, time and bytes: no
address, no browser, no path or value as asked. An error has the id of its request, so that both can be found.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from gunicorn.glogging import Logger as Base

from serving.watch import SEEN, Seen

FORMATS = ("json", "plain")
TOLD = ("request", "route", "query", "method", "status", "ms", "bytes", "keys", "callback")
"""What a record may carry beside its message."""


def form() -> str:
    """`json` or `plain`: LOG_FORMAT, else plain at a terminal. RuntimeError if it is something else."""
    named = os.environ.get("LOG_FORMAT") or ("plain" if sys.stderr.isatty() else "json")
    if named not in FORMATS:
        raise RuntimeError(f"LOG_FORMAT is {named}, expected one of {', '.join(FORMATS)}")
    return named


class Json(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "pid": record.process,
            **_told(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class Plain(logging.Formatter):
    """A record as a line for people; a trace follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        told = " ".join(f"{key}={value}" for key, value in _told(record).items())
        line = f"{_time(record)} [{record.process}] {record.levelname.lower()} {record.getMessage()} {told}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return line.rstrip() + trace


class Logger(Base):
    """gunicorn's logger with our lines."""

    def setup(self, cfg: Any) -> None:
        formatter = Json() if form() == "json" else Plain()
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.setFormatter(formatter)
        logging.getLogger().handlers = [*self.error_log.handlers]  # what libraries say goes the same way

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        if not self.access_log_enabled:
            return
        seen: Seen = environ.get(SEEN) or Seen("", "refused")
        told = {
            "request": seen.id,
            "route": seen.route,
            "method": str(req.method) if req is not None else "",
            "status": int(str(resp.status).split(None, 1)[0]),
            "ms": round(request_time / timedelta(milliseconds=1), 1),
            "bytes": getattr(resp, "sent", 0),
            "keys": ",".join(seen.keys),
            "callback": seen.callback,
        }
        self.access_log.info("request", extra={key: value for key, value in told.items() if value != ""})

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        # gunicorn tells a bad request with the address that it came from and its bytes.
        if msg.startswith("Invalid request from ip="):
            msg = "Invalid request"
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        # ... and a failed one with its path and query.
        if msg.startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _told(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key in TOLD if (value := getattr(record, key, None)) is not None}
