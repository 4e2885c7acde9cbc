#!/bin/sh
# jicson 1.0.2 turns a meeting into JSON under the text before the first colon: of two people who are invited alike
# (same parameters) only the last is left, a name with a colon in it splits its line there, and the rest of a folded
# line becomes a property of its own. Two with different parameters are both there.
# Seen: invited ['mailto:eva@by.example'], alike but for the name 2, organiser ' leder":mailto:rigmor@by.example',
# place 'Mødelokale 2 på Ternevang Rådhus\\, som ', rest {'  stueetagen': ' til højre'}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check jicson==1.0.2
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import jicson


def event(*lines):
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Eksempel//DA", "BEGIN:VEVENT", "UID:1@by.example")
    text = "\r\n".join((*head, "DTSTART:20261201T090000Z", *lines, "END:VEVENT", "END:VCALENDAR", ""))
    (found,) = jicson.fromText(text)["VCALENDAR"][0]["VEVENT"]
    return found


def values(found, name):
    return [value for key, value in found.items() if key.startswith(name)]


alike = event("ATTENDEE;RSVP=TRUE:mailto:bo@by.example", "ATTENDEE;RSVP=TRUE:mailto:eva@by.example")
named = event("ATTENDEE;CN=Bo:mailto:bo@by.example", "ATTENDEE;CN=Eva:mailto:eva@by.example")
quoted = event('ORGANIZER;CN="Rimfrost: leder":mailto:rigmor@by.example')
folded = event("LOCATION:Mødelokale 2 på Ternevang Rådhus\\, som ", "  stueetagen: til højre")
seen = (
    values(alike, "ATTENDEE"),
    len(values(named, "ATTENDEE")),
    values(quoted, "ORGANIZER")[0],
    values(folded, "LOCATION")[0],
    {key: value for key, value in folded.items() if "stue" in key},
)
print("invited {}, alike but for the name {}, organiser {!r}, place {!r}, rest {}".format(*seen))
expected = (
    ["mailto:eva@by.example"], 2, ' leder":mailto:rigmor@by.example',
    "Mødelokale 2 på Ternevang Rådhus\\, som ", {"  stueetagen": " til højre"},
)
raise SystemExit(seen != expected)
PY
