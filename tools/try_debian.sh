#!/bin/sh
# `make demo` and `make test` on a Debian with nothing of ours in it: what is committed here, cloned into a root that
# debootstrap makes, in namespaces of its own, so that no mount and no process outlives the run.
#
#   make try-debian RELEASE=trixie            bookworm is Debian 12, trixie is 13
#   TARGETS=demo     only these targets
#   SHARE="/a /b"    folders of this machine that are to be read there at the same place: wheels, certificates
#   KEEP=1           leave the root, for a look around by chroot
set -eu

release=${1:-trixie} targets=${TARGETS:-demo test}
for program in debootstrap unshare; do
    command -v "$program" >/dev/null || { echo "try-debian needs $program: apt-get install $program" >&2; exit 3; }
done
if [ "$(id -u)" != 0 ] || ! unshare --mount --pid --fork true 2>/dev/null; then
    echo "try-debian needs root, with leave to mount; without, run make demo and make test on a fresh Debian machine" >&2
    exit 3
fi

here=$(git rev-parse --show-toplevel)
root=$(mktemp -d "/var/tmp/hopdocs-$release-XXXXXX")
chmod 755 "$root"
leave() { if [ "${KEEP:-}" ]; then echo "Left in $root"; else rm -rf --one-file-system "$root"; fi; }
trap leave EXIT
trap 'exit 130' INT TERM

echo "Making a root of Debian $release in $root"
debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-venv "$release" "$root" \
    >"$root.log" 2>&1 || { tail "$root.log" >&2; rm -f "$root.log"; exit 1; }
rm -f "$root.log"
# A network that this machine reaches by settings of its own is reached by the same ones there.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
git clone --quiet --no-hardlinks "$here" "$root/src/hopdocs"

# shellcheck disable=SC2016 - the inner shell expands it
root=$root targets=$targets share=${SHARE:-} unshare --mount --propagation private --pid --fork --kill-child sh -euc '
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t sysfs -o ro sysfs "$root/sys"
    for folder in $share; do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    export HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    unset KEEP MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES
    for target in $targets; do
        echo "Debian $(cat "$root/etc/debian_version"): make $target"
        chroot "$root" make -C /src/hopdocs --no-print-directory "$target"
    done
'
echo "Debian $release: make $targets passed"
