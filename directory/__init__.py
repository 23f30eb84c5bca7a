"""Handrail: a directory of help for people touched by child sexual abuse."""

from pathlib import Path

__version__ = "0.1.0"

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: `resources/`, `templates/` and `i18n/` stand in it."""
