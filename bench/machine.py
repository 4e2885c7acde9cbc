"""On what was measured: a table of milliseconds says nothing without it."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import hopdocs
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.office import find_office

_COMPARED = ("docxtpl", "pyyaml", "jinja2", "aiosmtpd")


def describe_machine() -> str:
    """Processor, cores, memory, system; hopdocs and what it is compared with in its own environment."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = f", load {os.getloadavg()[0]:.1f} before the run" if hasattr(os, "getloadavg") else ""
    programs = ", ".join(f"{name} {version(name)}" for name in _COMPARED)
    return (
        f"Machine: {_processor()}, {cores} cores, {_memory()}, {platform.system()} {platform.release()}{load}\n"
        f"Versions: hopdocs {hopdocs.__version__}, Python {platform.python_version()}, {programs}, {_office()}"
    )


def _processor() -> str:
    return _find_line(Path("/proc/cpuinfo"), "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    kilobytes = _find_line(Path("/proc/meminfo"), "MemTotal").removesuffix(" kB")
    return f"{int(kilobytes) / 1024**2:.0f} GB memory" if kilobytes.isdigit() else "memory unknown"


def _find_line(path: Path, name: str) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _office() -> str:
    try:
        return "LibreOffice " + find_office().version.partition(",")[0]
    except ConverterFault:
        return "no LibreOffice"
