"""Lays the single files that hopdocs comes with inside its package in the wheel.

hatchling's `sources` moves folders alone. Without this, `config.yaml` and its like lay beside all packages of the
machine, where another program's file of that name could take their place.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("config.yaml", "indikatorer.yaml", "project.yaml", "docs/foerste-familie.md")


class ShippedFiles(BuildHookInterface[Any]):
    """An editable install reads the checkout itself and gets no copy, which would grow old."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds them to a wheel that is no editable one."""
        if version == "standard":
            build_data["force_include"].update({name: f"hopdocs/shipped/{name}" for name in SHIPPED})
