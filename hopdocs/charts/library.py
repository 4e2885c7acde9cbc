"""The library that draws, brought in when the first chart is drawn: it takes most of a second.

Matplotlib looks at the machine while it is imported: it lists the installed fonts, and keeps the list in the home
folder. A chart knows the fonts alone that come with the library, so that it has the same bytes on every machine; and
hopdocs writes nowhere but where it was told to.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.font_manager import FontProperties

ONE_AT_A_TIME: Final = RLock()
"""The library's settings and fonts belong to the process, and several threads make documents."""
_REGULAR: Final = "DejaVuSans.ttf"
_BOLD: Final = "DejaVuSans-Bold.ttf"
_SETTINGS: Final = {"svg.fonttype": "path", "svg.hashsalt": "hopdocs", "path.simplify": False, "text.hinting": "none"}
"""Text as outlines: no machine has to have the font. Names in the file follow from what they name. Letters fitted to
whole dots would be wider in the picture of dots than they are measured, and reach over its edge."""


@cache
def load_library() -> Any:
    """Matplotlib itself, with a folder of its own that is gone afterwards."""
    with ONE_AT_A_TIME, TemporaryDirectory(prefix="hopdocs-charts-") as folder:
        kept = {name: os.environ.get(name) for name in ("MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS")}
        os.environ.update(MPLCONFIGDIR=folder, MPL_IGNORE_SYSTEM_FONTS="1")
        try:
            import matplotlib.backends.backend_agg  # noqa: PLC0415 - only whoever draws waits for it
            import matplotlib.backends.backend_svg  # noqa: PLC0415
            import matplotlib.figure  # noqa: PLC0415
            import matplotlib.font_manager  # noqa: PLC0415
        finally:
            for name, value in kept.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
    return matplotlib


@contextmanager
def own_settings() -> Iterator[None]:
    """The library as it comes, whatever the machine or the caller has set, and for as long as this lasts."""
    library = load_library()
    with ONE_AT_A_TIME, library.rc_context():
        library.rcdefaults()
        library.rcParams.update(_SETTINGS)
        yield


@cache
def font(points: float, *, is_bold: bool = False) -> FontProperties:
    """A font that comes with the library."""
    library = load_library()
    path = Path(library.get_data_path(), "fonts", "ttf", _BOLD if is_bold else _REGULAR)
    properties: FontProperties = library.font_manager.FontProperties(fname=str(path), size=points)
    return properties
