"""Marks a finished Word file as historic: a watermark on every page, and a line at the top that says why.

Nothing is rendered anew: the file's own parts are kept, and only the marks are added. Marking a marked file gives the
same file again, or the same with other words.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from markupsafe import escape

from hopdocs.rendering.docx.package import write_members
from hopdocs.rendering.docx.zip_member import ZipMember

if TYPE_CHECKING:
    from re import Match

_BODY: Final = "word/document.xml"
_HEADER: Final = re.compile(r"word/header\d*\.xml")
_MARK: Final = "_historisk"
_LINE: Final = (
    '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="8" w:space="6" w:color="595959"/>'
    '<w:left w:val="single" w:sz="8" w:space="6" w:color="595959"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="6" w:color="595959"/>'
    '<w:right w:val="single" w:sz="8" w:space="6" w:color="595959"/></w:pBdr>'
    '<w:spacing w:after="240"/><w:ind w:left="113" w:right="113"/></w:pPr>'
    f'<w:bookmarkStart w:id="99136" w:name="{_MARK}"/><w:r><w:rPr><w:b/></w:rPr>'
    '<w:t xml:space="preserve">%s</w:t></w:r><w:bookmarkEnd w:id="99136"/></w:p>'
)
_OLD_LINE: Final = re.compile(
    rf'(?<=<w:body>)<w:p><w:pPr><w:pBdr>(?:(?!</w:p>).)*?w:name="{_MARK}".*?</w:p>', re.DOTALL
)
_WATERMARK: Final = (
    '<w:r><w:rPr><w:noProof/></w:rPr><w:pict xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    f'<v:shape id="{_MARK}" o:spid="_x0000_s2049" type="#_x0000_t136" alt="Historisk"'
    ' style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:100pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#e6e6e6" stroked="f">'
    '<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="Historisk"/></v:shape></w:pict></w:r>'
)
_FIRST_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*[^/])?>(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)


def mark_historic(docx: bytes, words: str) -> bytes:
    """The same Word file with the watermark, and `words` at the top of its first page."""
    with ZipFile(BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    headers = [name for name in parts if _HEADER.fullmatch(name)]
    for name in headers:
        parts[name] = _with_watermark(parts[name].decode("utf-8")).encode("utf-8")
    body = _OLD_LINE.sub("", parts[_BODY].decode("utf-8"))
    line = _LINE % escape(words)
    if not headers:  # then on the first page alone
        line = line.replace("</w:pPr>", f"</w:pPr>{_WATERMARK}", 1)
    parts[_BODY] = body.replace("<w:body>", f"<w:body>{line}", 1).encode("utf-8")
    return write_members([ZipMember(name, data) for name, data in parts.items()])


def _with_watermark(header: str) -> str:
    if f'id="{_MARK}"' in header:
        return header

    def add(match: Match[str]) -> str:
        return match[0] + _WATERMARK

    marked, count = _FIRST_PARAGRAPH.subn(add, header, count=1)
    return marked if count else header.replace("</w:hdr>", f"<w:p>{_WATERMARK}</w:p></w:hdr>", 1)
