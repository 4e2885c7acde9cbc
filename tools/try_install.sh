#!/bin/bash
# docs/operation.md on a Debian with nothing of ours in it, command by command: a root that debootstrap makes, with a
# systemd of its own as its first process, in namespaces, so that no mount and no process outlives the run.
#
#   make try-install RELEASE=trixie           bookworm is Debian 12, trixie is 13
#   BEFORE=7d44fb2   the commit that is upgraded from
#   SHARE="/a /b"    folders of this machine that are to be read there at the same place: wheels, certificates
#   KEEP=1           leave the root, for a look around by chroot
set -euo pipefail

release=${1:-trixie} before=${BEFORE:-7d44fb2}
for program in debootstrap unshare nsenter; do
    command -v "$program" >/dev/null || { echo "try-install needs $program: apt-get install $program" >&2; exit 3; }
done
if [ "$(id -u)" != 0 ] || ! unshare --mount --pid --fork --cgroup true 2>/dev/null; then
    echo "try-install needs root, with leave to mount; without, follow docs/operation.md on a fresh Debian machine" >&2
    exit 3
fi

here=$(git rev-parse --show-toplevel)
root=$(mktemp -d "/var/tmp/hopdocs-install-$release-XXXXXX")
chmod 755 "$root"
init=
leave() {
    if [ "$init" ]; then kill -KILL "$init" 2>/dev/null || true; wait 2>/dev/null || true; fi
    if [ "${KEEP:-}" ]; then echo "Left in $root"; else rm -rf --one-file-system "$root"; fi
}
trap leave EXIT
trap 'exit 130' INT TERM

echo "Making a root of Debian $release in $root"
debootstrap --variant=minbase --include=ca-certificates,dbus,systemd,systemd-sysv "$release" "$root" \
    >"$root.log" 2>&1 || { tail "$root.log" >&2; rm -f "$root.log"; exit 1; }
rm -f "$root.log"
# A network that this machine reaches by settings of its own is reached by the same ones there.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"

# The wheel of this commit, and of the one before, each with what it needs.
mkdir -p "$root/root/try/new" "$root/root/try/old"
python=$here/.venv/bin/python
for side in new:HEAD "old:$before"; do
    source=$(mktemp -d) into=$root/root/try/${side%%:*}
    git -C "$here" archive "${side#*:}" | tar -x -C "$source"
    (cd "$source" && "$python" -m hatchling build -t wheel -d "$into" >/dev/null 2>&1)
    cp "$source/requirements/run.txt" "$into/requirements.txt"
    rm -rf "$source"
done
git -C "$here" show HEAD:docs/operation.md >"$root/root/try/operation.md"
git -C "$here" show HEAD:tools/try_install_inside.sh >"$root/root/try/inside.sh"

# shellcheck disable=SC2016 - the inner shell expands it
root=$root share=${SHARE:-} unshare --mount --propagation private --pid --fork --kill-child --ipc --uts --cgroup sh -euc '
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,ro,bind "$root/proc/sys"  # the kernel is this machine'"'"'s own
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for name in null zero full random urandom tty; do
        touch "$root/dev/$name"
        mount --bind "/dev/$name" "$root/dev/$name"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    for folder in $share; do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    hostname try-install
    cd "$root"
    mkdir -p run/outside
    pivot_root . run/outside
    umount -l /run/outside
    rmdir /run/outside
    mount --make-rshared /
    exec env -i container=other /lib/systemd/systemd --log-level=warning
' >/dev/null 2>&1 &
unshared=$!
for _ in $(seq 100); do
    init=$(pgrep -P "$unshared" | head -n 1) || true
    [ "$init" ] && [ "$(readlink "/proc/$init/exe")" != "$(readlink -f /bin/sh)" ] && break
    sleep 0.1
done

network=$(env | grep -iE '^(PIP_|SSL_|https?_proxy|no_proxy|REQUESTS_)' || true)
readarray -t settings <<<"$network"
nsenter --target "$init" --all env -i HOME=/root LANG=C.UTF-8 "${settings[@]:-NOTHING=1}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash /root/try/inside.sh
echo "Debian $release: installed, upgraded from $before, removed"
