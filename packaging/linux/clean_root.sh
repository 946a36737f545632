#!/bin/bash
# clean_root.sh PACKAGE.deb OUT: the package on a Debian that has nothing else, above all no Python.
# As root; needs debootstrap, and xvfb, x11-apps, xdotool, imagemagick outside of that Debian, which
# is made in a folder of its own and removed in the end. Pictures of the window and the inspector,
# taken on an X server, lie in OUT. MIRROR: where Debian's packages are, if not where they are here.
set -euo pipefail
package=$(realpath "$1") out=$(realpath -m "$2")
root=$(mktemp -d /var/tmp/clean-root.XXXXXX)
display=:96
mkdir -p "$out"

leave() {
    [[ -n ${server:-} ]] && kill "$server"
    for place in tmp/.X11-unix dev proc; do mountpoint -q "$root/$place" && umount "$root/$place"; done
    rm -rf "$root"
}
trap leave EXIT

in_root() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() { chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/home/person LANG=C.UTF-8 \
    PATH=/usr/bin:/bin DISPLAY=$display "$@"; }
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp \
    -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
    -o -path ./home \) -prune -o -print | sort); }
say() { printf '== %s\n' "$*"; }

say "Debian 12, as small as it goes"
debootstrap --variant=minbase bookworm "$root" ${MIRROR:+"$MIRROR"} > "$out/debootstrap.log" 2>&1
mount --bind /dev "$root/dev"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
rm -rf "$root/etc/apt/sources.list" "$root/etc/apt/sources.list.d"
cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d "$root/etc/apt/"
cp -r /usr/local/share/ca-certificates /etc/ssl/certs "$out/../" 2>/dev/null || true
in_root apt-get -q update > "$out/apt.log"
in_root sh -c 'useradd --create-home --uid 1000 person'
if in_root sh -c 'command -v python3 || command -v python'; then
    echo "this Debian has a Python" >&2
    exit 1
fi

say "apt install"
cp "$package" "$root/tmp/package.deb"
in_root apt-get install -y --no-install-recommends adduser desktop-file-utils >> "$out/apt.log" 2>&1
