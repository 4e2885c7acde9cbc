"""The theme part: the colours and fonts that Word offers to whoever edits a template.

The letters name their own colours and fonts, so nothing in them changes with it. But Word asks for the part (Open XML
SDK's rules; ECMA-376, part 1, 14.2.7), and without one it offers the colours of Word's own instead of the letters'.
"""

from __future__ import annotations

from typing import Final

from tools.letters.styles import HAIR, INK, MIST, PETROL, SKY, SLATE, TAG

_COLOURS: Final = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": PETROL,
    "lt2": MIST,
    "accent1": PETROL,
    "accent2": SLATE,
    "accent3": HAIR,
    "accent4": SKY,
    "accent5": TAG,
    "accent6": INK,
    "hlink": PETROL,
    "folHlink": SLATE,
}
_FONT: Final = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_part() -> str:
    """`word/theme/theme1.xml`: what its schema demands, three of each."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS.items())
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Breve"><a:themeElements>'
        f'<a:clrScheme name="Breve">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Breve"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>{_FONT}</a:minorFont>'
        "</a:fontScheme>"
        f'<a:fmtScheme name="Breve"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
