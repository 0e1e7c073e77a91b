"""Proof: all that can be computed from the log, computed anew and compared with what is stored."""

from __future__ import annotations

from ghostly.projections.audit.check import verify
from ghostly.projections.audit.differences import Difference, Verification
from ghostly.projections.audit.lines import log_lines

__all__ = ["Difference", "Verification", "log_lines", "verify"]
