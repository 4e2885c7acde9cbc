// One person's calendar, fed with mails. It knows RFC 5546 (iTIP) and RFC 6047 (iMIP), and nothing of hopdocs:
// the mail is taken apart by postal-mime and the calendar part by ical.js, the library behind Thunderbird's calendar.
//
// Standard input: {"modules": folder, "jobs": [{"owner": address, "mails": [path, ...], "answer": PARTSTAT or null, "aliases": [address, ...]}]}
// Standard output: for each job {"entries": [...], "log": [what became of each mail], "replies": [calendar text, ...]}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const task = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${task.modules}/`);
const ICAL = require("ical.js").default ?? require("ical.js");
const PostalMime = require("postal-mime").default ?? require("postal-mime");

const address = (text) => text.replace(/^mailto:/i, "").toLowerCase();

/** The calendar object of a mail, or why it is none (RFC 6047, 2.4). */
async function openMail(path) {
  if (!opened.has(path)) opened.set(path, await readMail(path));
  return opened.get(path);
}

const opened = new Map();
const sources = new Map();

async function readMail(path) {
  const mail = await PostalMime.parse(readFileSync(path));
  const parts = mail.attachments.filter((part) => part.mimeType === "text/calendar");
  if (parts.length !== 1) return { fault: `${parts.length} calendar parts` };
  const text = new TextDecoder("utf-8", { fatal: true }).decode(parts[0].content);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = calendar.getFirstPropertyValue("method");
  if (!method || parts[0].method !== method) return { fault: `method mismatch: ${parts[0].method}, ${method}` };
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length !== 1) return { fault: `${events.length} events` };
  const organizer = events[0].getFirstPropertyValue("organizer");
  if (address(organizer ?? "") !== mail.from.address.toLowerCase()) return { fault: "not from its organizer" };
  const entry = readEvent(calendar, events[0]);
  sources.set(entry, [calendar, events[0]]);
  return { method, entry };
}

/** A moment by the rules that the mail itself brings, and by those of this machine's own time zone database. */
function moment(event, name) {
  const property = event.getFirstProperty(name);
  const zone = property.getParameter("tzid");
  const value = property.getFirstValue();
  const wall = value.toString();
  const seconds = zone ? value.convertToZone(ICAL.Timezone.utcTimezone).toUnixTime() : value.toUnixTime();
  return { wall, zone, utc: new Date(seconds * 1000).toISOString(), shownInCopenhagen: shown(seconds) };
}

function shown(seconds) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen", dateStyle: "short", timeStyle: "medium" });
  return format.format(new Date(seconds * 1000)).replace(" ", "T");
}

function readEvent(calendar, event) {
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    const known = new ICAL.Timezone(zone);
    for (const name of ["dtstart", "dtend"]) {
      const property = event.getFirstProperty(name);
      if (property.getParameter("tzid") === known.tzid) property.getFirstValue().zone = known;
    }
  }
  return {
    uid: event.getFirstPropertyValue("uid"),
    sequence: event.getFirstPropertyValue("sequence") ?? 0,
    dtstamp: event.getFirstPropertyValue("dtstamp").toUnixTime(),
    summary: event.getFirstPropertyValue("summary"),
    location: event.getFirstPropertyValue("location"),
    description: event.getFirstPropertyValue("description"),
    status: event.getFirstPropertyValue("status"),
    starts: moment(event, "dtstart"),
    ends: moment(event, "dtend"),
    attendees: event.getAllProperties("attendee").map((who) => ({
      email: address(who.getFirstValue()),
      name: who.getParameter("cn"),
      partstat: who.getParameter("partstat") ?? "",
    })),
  };
}

/** RFC 5546, 2.1.5: by SEQUENCE, and where that is the same, by DTSTAMP. Above 0 where `fresh` is the newer one. */
const compare = (fresh, known) => fresh.sequence - known.sequence || fresh.dtstamp - known.dtstamp;

class PersonalCalendar {
  constructor(owner, aliases) {
    this.addresses = new Set([owner, ...aliases].map((one) => one.toLowerCase()));
    this.entries = new Map();
    this.gone = new Map(); // what was cancelled, so that a late request doesn't bring it back
    this.log = [];
  }

  async take(path) {
    const mail = await openMail(path);
    if (mail.fault) return this.log.push(`rejected: ${mail.fault}`);
    const fresh = mail.entry;
    const known = this.entries.get(fresh.uid) ?? this.gone.get(fresh.uid);
    const isMine = fresh.attendees.some((who) => this.addresses.has(who.email));
    if (!isMine) return this.log.push("ignored: the owner is no attendee");
    const age = known ? compare(fresh, known) : 1;
    if (age < 0) return this.log.push("ignored: out of date");
    if (age === 0) return this.log.push("ignored: known already");
    if (mail.method === "REQUEST") {
      if (fresh.status === "CANCELLED") return this.log.push("rejected: a request can't cancel");
      this.log.push(this.entries.has(fresh.uid) ? "updated" : "added");
      this.entries.set(fresh.uid, fresh);
      this.gone.delete(fresh.uid);
    } else if (mail.method === "CANCEL") {
      if (known && fresh.sequence <= known.sequence) return this.log.push("rejected: a cancellation must raise SEQUENCE");
      this.log.push(this.entries.delete(fresh.uid) ? "removed" : "nothing to remove");
      this.gone.set(fresh.uid, fresh);
    } else {
      this.log.push(`rejected: ${mail.method}`);
    }
  }
}

/** What the owner's program mails back: METHOD:REPLY, the owner alone, nothing that the organizer decides (3.2.3). */
function reply(calendar, event, owner, answer) {
  const back = new ICAL.Component("vcalendar");
  back.updatePropertyWithValue("prodid", "-//someone else//calendar//EN");
  back.updatePropertyWithValue("version", "2.0");
  back.updatePropertyWithValue("method", "REPLY");
  const answered = new ICAL.Component("vevent");
  for (const name of ["uid", "sequence", "dtstamp", "dtstart", "organizer"]) {
    answered.addProperty(ICAL.Property.fromString(event.getFirstProperty(name).toICALString()));
  }
  const who = new ICAL.Property("attendee");
  who.setValue(`mailto:${owner}`);
  who.setParameter("partstat", answer);
  answered.addProperty(who);
  for (const zone of calendar.getAllSubcomponents("vtimezone")) back.addSubcomponent(ICAL.Component.fromString(zone.toString()));
  back.addSubcomponent(answered);
  return back.toString();
}

const results = [];
for (const job of task.jobs) {
  const calendar = new PersonalCalendar(job.owner, job.aliases);
  for (const path of job.mails) await calendar.take(path);
  const entries = [...calendar.entries.values()];
  const replies = job.answer ? entries.map((entry) => reply(...sources.get(entry), job.owner, job.answer)) : [];
  results.push({ entries, log: calendar.log, replies });
}
process.stdout.write(JSON.stringify(results));
