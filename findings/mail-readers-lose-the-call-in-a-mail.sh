#!/bin/sh
# A call to a meeting is a third way to read the mail (RFC 6047: text/calendar among the alternatives, without a file
# name). imap-tools 1.16.0 has it nowhere: not in the text, not in the HTML, not among the attachments. mail-parser 4.8.0
# has it in the letter itself: its body is text, HTML and the calendar's lines in one string.
# Seen: imap-tools text False, html False, attachments ['dagsorden.pdf']; mail-parser body True, ['dagsorden.pdf']
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check imap-tools==1.16.0 mail-parser==4.8.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
from email.message import EmailMessage
from email.mime.text import MIMEText

import mailparser
from imap_tools import MailMessage

CALL = "\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Eksempel//DA", "METHOD:REQUEST", "BEGIN:VEVENT"),
        *("UID:1@by.example", "DTSTAMP:20261101T080000Z", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z"),
        *("SUMMARY:Opfølgningsmøde", "ORGANIZER:mailto:rigmor@by.example", "ATTENDEE:mailto:bo@by.example"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
)
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = "rigmor@by.example", "bo@by.example", "Opfølgningsmøde"
mail.set_content("Kære Bo\n")
mail.add_alternative("<p>Kære Bo</p>", subtype="html")
call = MIMEText(CALL, "calendar", "utf-8")
call.set_param("method", "REQUEST")
mail.attach(call)
mail.make_mixed()
mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="dagsorden.pdf")
sent = mail.as_bytes()

box = MailMessage.from_bytes(sent)
parsed = mailparser.parse_from_bytes(sent)
first = "VCALENDAR" in box.text, "VCALENDAR" in box.html, [item.filename for item in box.attachments]
second = "VCALENDAR" in parsed.body, [item["filename"] for item in parsed.attachments]
print("imap-tools text {}, html {}, attachments {}".format(*first), "; mail-parser body {}, {}".format(*second), sep="")
raise SystemExit((first, second) != ((False, False, ["dagsorden.pdf"]), (True, ["dagsorden.pdf"])))
PY
