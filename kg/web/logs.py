"""Structured logs: one JSON object a line on standard error, without people's questions unless the operator asks for them."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

LOGGER = logging.getLogger("certkg.web")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time, level, event, and what `log` was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            # The frames and the type say where it broke; the message may quote a question.
            line |= {"error": record.exc_info[0].__name__, "frames": traceback.format_tb(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


def start_logs(level: str) -> None:
    """Send all logs through the formatter; uvicorn's access log is off, because the addresses of permanent links hold questions."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    LOGGER.handlers, LOGGER.propagate = [handler], False
    LOGGER.setLevel(level)
    for name in ("certkg.ask", "uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = [handler]
        logging.getLogger(name).propagate = False
        # Its start and stop messages are ours already.
        logging.getLogger(name).setLevel("WARNING" if level == "INFO" else level)
    logging.getLogger("uvicorn.access").disabled = True


def log(event: str, level: int = logging.INFO, **fields: object) -> None:
    """Log an event with its fields."""
    LOGGER.log(level, event, extra={"fields": fields})
