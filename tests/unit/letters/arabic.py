"""An invitation in Arabic as somebody writes it who knows nothing of Word's settings for its direction."""

from __future__ import annotations

from tools.letters.frame import address_block, letterhead
from tools.letters.package import Letter, pack_letter
from tools.letters.wordml import box, bullets, each, heading, paragraph, row, rows_each, steps, table, title

_WHO_MM = (62, 52, 52)


def arabic_invitation() -> bytes:
    """`invitation.ar.docx`."""
    body = "".join((
        letterhead("هاتف"),
        address_block(),
        title("أنتم مدعوون إلى اجتماع خطة الأسرة"),
        box(paragraph("**هذه ترجمة.** الرسالة الدنماركية هي المعتمدة.", "Bokstekst"), description="ترجمة"),
        paragraph("عزيزتي {{ recipient.first_name }}", "EfterTabel"),
        box(
            paragraph("متى وأين؟", "Bokshoved"),
            paragraph("**{{ meeting.date|lang_dato }}** (الأسبوع {{ meeting.date|uge }})", "Bokstekst"),
            paragraph("**{{ meeting.start|tidsrum(meeting.end) }}**", "Bokstekst"),
            paragraph("{{ meeting.place }}", "Bokstekst"),
            description="متى وأين",
        ),
        heading("من سيحضر؟"),
        table(
            row(["الاسم", "ماذا يعمل؟", "القسم"], _WHO_MM, header=True)
            + rows_each(
                "person in participants",
                ["{{ person.name }}", "{{ person.title }}", "{{ person.area or '–' }}"],
                _WHO_MM,
            ),
            _WHO_MM,
            description="من سيحضر",
        ),
        heading("عمّ سنتحدث؟"),
        each("item in agenda", steps("{{ item.point }}")),
        bullets("ما الذي يسير بشكل جيد؟", "ما هو الصعب؟"),
        paragraph("هاتف {{ tovholder.phone }}  ·  {{ tovholder.email }}"),
    ))  # fmt: skip
    return pack_letter(
        Letter(title="دعوة", body=body, header=paragraph("دعوة", "Header"), footer=paragraph("سري", "Footer"))
    )
