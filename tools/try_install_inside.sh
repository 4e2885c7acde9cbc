#!/bin/bash
# The part of try_install.sh that runs in the new system, as root, beside its systemd.
set -euo pipefail

cd /root/try
workspace=/var/lib/hopdocs/workspace
family=$workspace/families/hop-2026-007.yaml
out=$workspace/out/hop-2026-007
port=$((20000 + RANDOM % 20000))  # the network is this machine's own
hopdocs() { runuser -u hopdocs -- /opt/hopdocs/bin/hopdocs -w "$workspace" "$@"; }
mails() { find /var/tmp/mails/new -type f 2>/dev/null | wc -l; }
say() { echo "  $*"; }
fail() { echo "try-install: $*" >&2; journalctl -u hopdocs --no-pager -n 30 >&2; exit 1; }

# The commands under a heading of the manual, as they stand there.
follow() {
    say "$1"
    awk -v heading="## $1" '/^## /{inside = $0 == heading} /^```/{code = inside && /^```sh$/; next} code' operation.md >block
    [ -s block ] || fail "the manual has no commands under $1"
    (cd "$2" && bash -euo pipefail ../block) >log 2>&1 || { cat log >&2; fail "$1 ended with an error"; }
}
# Waits until a condition holds; a minute or two on a slow machine.
until_true() {
    local what=$1; shift
    for _ in $(seq 600); do if "$@" >/dev/null 2>&1; then return; fi; sleep 0.5; done
    fail "$what did not come about"
}
# Every path on disk, but those of the machine's own bookkeeping.
list_files() {
    find / -xdev \( -path /root/try -o -path /var/tmp -o -path /tmp -o -path /var/log -o -path /var/cache \
        -o -path /var/lib/systemd -o -path /var/lib/apt -o -path /proc -o -path /sys -o -path /dev -o -path /run \) -prune \
        -o -print | grep -vxE '/etc/(passwd|shadow|group|gshadow|subuid|subgid)-|/etc/\.(pwd|updated).*' | sort
    grep -H hopdocs /etc/passwd /etc/group /etc/shadow || true
    find /run -name '*hopdocs*'
}
nothing_left() {
    list_files >after
    diff before after >difference || { cat difference >&2; fail "something was left behind"; }
    say "nothing is left behind ($(wc -l <after) paths before and after)"
}
open_relay() {
    install -d /var/tmp/mails/new /var/tmp/mails/cur /var/tmp/mails/tmp
    systemd-run --quiet --collect --unit="relay-$SECONDS" --working-directory=/var/tmp /opt/hopdocs/bin/python -m aiosmtpd -n -l "localhost:$port" \
        -c aiosmtpd.handlers.Mailbox /var/tmp/mails
    sed -i "s/hold: 10m/hold: 1s/; s/port: 1025/port: $port/" $workspace/config.yaml
}
close_relay() { systemctl stop 'relay-*'; rm -rf /var/tmp/mails; }
is_settled() { [ "$(systemctl show -p StatusText --value hopdocs)" ] && ! grep -q '^hopdocs_pdfs_waiting [1-9]' /run/hopdocs/hopdocs.prom; }
has_more_mails() { [ "$(mails)" -gt "$1" ]; }
was_restarted() { [ "$(systemctl show -p NRestarts --value hopdocs)" -ge 1 ]; }
is_at_rest() { local count; count=$(mails); sleep 5; [ "$(mails)" = "$count" ]; }
ledger() { /opt/hopdocs/bin/python -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]), sep="\n")' "$workspace/.hopdocs/ledger.db" "$1"; }

until_true "systemd" systemctl list-units
echo "Debian $(cat /etc/debian_version), $(systemctl --version | head -n 1)"
apt-get update -qq
export DEBIAN_FRONTEND=noninteractive
follow "What it needs" new
install -d -m 700 /etc/credstore.encrypted  # Debian 13 has it
list_files >before

echo "A new machine"
follow Install new
open_relay
systemd-analyze verify /opt/hopdocs/lib/systemd/system/hopdocs.service
follow Start new
until_true "the first PDF" bash -c "ls $out/*.pdf"
began=$SECONDS
systemctl stop hopdocs
[ "$(systemctl show -p Result --value hopdocs)" = success ] || fail "it had to be killed"
[ -z "$(find /proc -maxdepth 1 -user hopdocs 2>/dev/null)" ] || fail "a process is left"
say "stopped in the midst of its PDFs within $((SECONDS - began + 1)) s"
systemctl start hopdocs
until_true "the end of the first build" is_settled
until_true "mail" has_more_mails 0
until_true "the mail's end" is_at_rest
[ "$(mails)" -gt 0 ] || fail "no mail came"
say "$(find $out -name '*.docx' | wc -l) Word files, $(find $out -name '*.pdf' | wc -l) PDFs, $(mails) mails"
say "systemctl status: $(systemctl show -p StatusText --value hopdocs)"
say "$(systemd-analyze security hopdocs --no-pager | tail -n 1)"
id=$(stat -c %U /proc/"$(systemctl show -p MainPID --value hopdocs)")
[ "$id" = hopdocs ] || fail "it runs as $id"

before_edit=$(mails)
sed -i 's/start: "10.00"/start: "10.15"/' $family
until_true "news of a moved meeting" has_more_mails "$before_edit"
until_true "the mail's end" is_at_rest
say "a saved edit: $(($(mails) - before_edit)) mails"

# A service that hangs, and a password that only systemd can read.
mkdir -p /etc/systemd/system/hopdocs.service.d
printf '[Service]\nWatchdogSec=6\nRestartSec=1\n' >/etc/systemd/system/hopdocs.service.d/quick.conf
echo secret | systemd-creds encrypt --name=smtp-password - /etc/credstore.encrypted/hopdocs.smtp-password 2>/dev/null
systemctl daemon-reload
systemctl restart hopdocs
process=$(systemctl show -p MainPID --value hopdocs)
[ "$(nsenter --target "$process" --mount cat /run/credentials/hopdocs.service/smtp-password)" = secret ] || fail "no password"
runuser -u nobody -- test -r /run/credentials/hopdocs.service/smtp-password && fail "anybody may read the password"
say "the password is there for the service alone"
count=$(mails)
kill -STOP "$process"
until_true "a restart by the watchdog" was_restarted
until_true "the service at work again" systemctl is-active hopdocs
until_true "the end of the cycle" is_settled
[ "$(mails)" = "$count" ] || fail "mail was sent again after the watchdog"
say "a hung service is started anew, and sends nothing twice"

close_relay
follow Remove new
[ -s $family ] && [ -s $workspace/.hopdocs/ledger.db ] && [ -e $out/familieplan-nadira.pdf ] || fail "more than the program went"
! systemctl cat hopdocs >/dev/null 2>&1 || fail "the unit is still there"
say "families, documents and ledger stay"
follow Purge new
nothing_left

echo "A machine with an earlier version"
follow Install old
open_relay
hopdocs build >/dev/null
hopdocs notices start >/dev/null
systemd-run --quiet --collect --unit=hopdocs --uid=hopdocs --working-directory=$workspace /opt/hopdocs/bin/hopdocs watch
until_true "mail" has_more_mails 0
until_true "the mail's end" is_at_rest
count=$(mails)
rows='SELECT id, uid, sequence, state, message_id FROM notice ORDER BY id'
ledger "$rows" >rows.before
find $out -type f ! -name '*.html' | sort >out.before
follow Upgrade new
until_true "the end of the first build" is_settled
sleep 5
[ "$(mails)" = "$count" ] || fail "the new version told people again"
ledger "$rows" | head -n "$(wc -l <rows.before)" | diff rows.before - || fail "the ledger is another"
find $out -type f ! -name '*.html' | sort | comm -23 out.before - >missing
[ -s missing ] && { cat missing >&2; fail "documents are gone"; }
say "$(wc -l <rows.before) notices and $(wc -l <out.before) documents kept, $count mails, none twice"
sed -i 's/start: "10.00"/start: "10.15"/' $family
until_true "news of a moved meeting" has_more_mails "$count"
say "the next edit is told as a change"
close_relay
follow Remove new
follow Purge new
nothing_left
