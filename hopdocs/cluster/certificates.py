"""The three files by which the parts of a cluster know each other.

Whoever has a certificate of the cluster's own authority can have any program run on the workers and send anything to
the owner: that is how Dask works. So the authority signs for nothing else, and a key is readable to its owner alone.
"""

from __future__ import annotations

import ssl
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.errors import ClusterFault

if TYPE_CHECKING:
    from distributed import Security

    from hopdocs.cluster.addresses import ClusterAddress

AUTHORITY: Final = "ca.pem"
CERTIFICATE: Final = "cert.pem"
KEY: Final = "key.pem"
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def security_for(address: ClusterAddress, folder: Path | None) -> Security:
    """What Dask is to demand and to show; raises `ClusterFault` where something is missing or open to others."""
    from distributed import Security  # noqa: PLC0415 - half a second, only for who has a cluster

    if not address.is_encrypted:
        return Security(require_encryption=False)
    if folder is None:
        raise ClusterFault("HD772", address=str(address))
    authority, certificate, key = (str(_find(folder / name)) for name in (AUTHORITY, CERTIFICATE, KEY))
    if Path(key).stat().st_mode & _FOR_OTHERS:
        raise ClusterFault("HD778", file=key)
    _try(authority, certificate, key)
    return Security(
        require_encryption=True,
        tls_ca_file=authority,
        tls_min_version=ssl.TLSVersion.TLSv1_3,
        **{f"tls_{part}_cert": certificate for part in ("client", "worker", "scheduler")},
        **{f"tls_{part}_key": key for part in ("client", "worker", "scheduler")},
    )


def _find(path: Path) -> Path:
    if not path.is_file():
        raise ClusterFault("HD779", file=str(path), reason="–")
    return path


def _try(authority: str, certificate: str, key: str) -> None:
    """Whether these are certificates, and the key is this one's."""
    for file, context in ((authority, None), (certificate, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))):
        try:
            if context is None:
                ssl.create_default_context(cafile=file)
            else:
                context.load_cert_chain(certificate, key)
        except (OSError, ValueError) as err:
            raise ClusterFault("HD779", file=file, reason=type(err).__name__) from err
