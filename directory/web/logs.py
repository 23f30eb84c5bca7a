"""The log: what happened to the service, and nothing of who asked or what.

No address, query, place, reader or browser is ever handed to it. A fault is logged as
its kind and the lines of code it came through: its message might hold what was sent.
"""

import sys
import traceback

import structlog

_LOG = structlog.get_logger()


def configure() -> None:
    """One JSON object a line, on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def fault(error: BaseException) -> None:
    """An unforeseen error, without its message and without any value."""
    _LOG.error(
        "fault",
        kind=type(error).__name__,
        through=[
            f"{frame.name}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
        ],
    )
