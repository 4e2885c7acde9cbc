"""`--cluster` and `--certificates`: whether work may leave this machine, and for where."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.model.config import Config


@dataclass(frozen=True, slots=True)
class ClusterChoice:
    """Where a cluster is, and the folder with our certificate; no address: this machine alone."""

    address: str | None = None
    certificates: Path | None = None

    @contextlib.contextmanager
    def connect(self, config: Config, *, must_answer: bool = True) -> Iterator[Elsewhere | None]:
        """The cluster, for as long as it is needed; raises `ClusterFault`."""
        if self.address is None:
            yield None
            return
        from hopdocs.cluster.connection import connect_cluster  # noqa: PLC0415 - few have one
        from hopdocs.model.config import PdfChoice  # noqa: PLC0415
        from hopdocs.rendering.pdf import worker_pool  # noqa: PLC0415

        makes_pdf = config.documents.pdf is not PdfChoice.NONE and worker_pool.missing() is None
        place = connect_cluster(self.address, self.certificates, makes_pdf=makes_pdf, must_answer=must_answer)
        with place as elsewhere:
            yield elsewhere


ALONE: Final = ClusterChoice()


def certificates_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--certificates`: what shows others who we are."""
    return click.option(
        "--certificates",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="HOPDOCS_CERTIFICATES",
        metavar="DIR",
        help=both(
            en="ca.pem, cert.pem and key.pem for tls:// (docs/cluster.md).",
            da="ca.pem, cert.pem og key.pem til tls:// (docs/cluster.md).",
        ),
    )


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--cluster` and `--certificates`."""
    address = click.option(
        "--cluster",
        metavar="ADDRESS",
        help=both(
            en="Let other machines make the documents: tls://HOST:PORT.",
            da="Lad andre maskiner lave dokumenterne: tls://HOST:PORT.",
        ),
    )
    return address(certificates_option()(command))
