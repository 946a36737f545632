#!/bin/bash
# clean_root.sh PACKAGE.deb OUT: the package on a Debian 12 that has nothing else, no Python either.
# As root; needs debootstrap, xvfb, xdotool and imagemagick on the Debian around it. The other one is
# made in a folder of its own, which is removed in the end. OUT: pictures of the window and of the
# inspector, taken from an X server's screen, what apt said, and the files that came and stayed.
set -euo pipefail
package=$(realpath "$1") out=$(realpath -m "$2")
display=:96 wide=1400 high=900
product='Tamariska Orchid Day Cream, lavender' # what the photo of the self-test shows
if [[ -n $(ls -A "$out" 2> /dev/null) ]]; then
    printf 'clean_root.sh: %s is not empty; name a new folder.\n' "$out" >&2
    exit 2
fi
root=$(mktemp -d /var/tmp/clean-root.XXXXXX)
chmod 755 "$root"
mkdir -p "$out"

leave() {
    for child in $(jobs -p); do kill "$child" 2> /dev/null || true; done
    wait || true
    for place in tmp/.X11-unix dev proc; do
        if mountpoint -q "$root/$place"; then umount -R "$root/$place"; fi
    done
    rm -rf --one-file-system "$root"
}
trap leave EXIT

say() { printf '== %s\n' "$*"; }
fail() { printf 'clean_root.sh: %s\n' "$*" >&2 && exit 1; }
inside=(chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive
    PATH=/usr/sbin:/usr/bin:/sbin:/bin ${http_proxy:+http_proxy="$http_proxy"}
    ${https_proxy:+https_proxy="$https_proxy"})
person=(chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/home/person LANG=C.UTF-8
    PATH=/usr/bin:/bin DISPLAY="$display")
apt() { "${inside[@]}" apt-get -q -y "$@" >> "$out/apt.log" 2>&1 || fail "apt-get $1: see $out/apt.log"; }
files() { # but for what people and apt keep
    (cd "$root" && find . -xdev \( -path ./home -o -path ./tmp -o -path ./var/cache -o -path ./var/log \
        -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | sort)
}
# shellcheck disable=SC2016  # the braces are dpkg-query's
packages() { "${inside[@]}" dpkg-query -W -f '${Package}\n' | sort; }
no_python() {
    "${inside[@]}" sh -c '! command -v python3 && ! command -v python' || fail "there is a Python"
}
wait_for() { # SECONDS COMMAND…
    local ends=$((SECONDS + $1))
    shift
    until "$@" > /dev/null 2>&1; do
        ((SECONDS < ends)) || fail "this did not come true: $*"
        sleep 0.5
    done
}

say "a Debian 12 of its least"
debootstrap --variant=minbase bookworm "$root" ${MIRROR:+"$MIRROR"} > "$out/debootstrap.log" 2>&1 \
    || fail "see $out/debootstrap.log"
mount --rbind /dev "$root/dev" # with /dev/shm
mount --make-rslave "$root/dev"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/"
if [[ -z ${MIRROR:-} ]]; then # as apt is set up here
    cp -r /etc/apt/sources.list* "$root/etc/apt/"
fi
"${inside[@]}" useradd --create-home --uid 1000 person
apt update
no_python
packages > "$out/packages-before.txt"
files > "$out/files-before.txt"

say "apt install"
cp "$package" "$root/tmp/beautyfinder.deb"
apt install --no-install-recommends /tmp/beautyfinder.deb
no_python
"${inside[@]}" dpkg --verify beautyfinder > "$out/verify.txt"
[[ ! -s $out/verify.txt ]] || fail "dpkg --verify: see $out/verify.txt"
"${inside[@]}" dpkg -s beautyfinder | grep -E '^(Version|Installed-Size):'
for file in bin/beautyfinder share/applications/beautyfinder.desktop share/man/man1/beautyfinder.1.gz \
    share/metainfo/beautyfinder.metainfo.xml share/icons/hicolor/scalable/apps/beautyfinder.svg; do
    [[ -e $root/usr/$file ]] || fail "/usr/$file is missing"
done

say "self-test off screen"
"${person[@]}" QT_QPA_PLATFORM=offscreen beautyfinder --self-test --json > "$out/self-test.json" \
    2> "$out/self-test.txt" || fail "see $out/self-test.json"
"${person[@]}" QT_QPA_PLATFORM=offscreen beautyfinder demo --products 20 --screenshot /home/person/demo.png \
    > "$out/demo.txt" 2>&1 || fail "see $out/demo.txt"
cp "$root/home/person/demo.png" "$out/"

say "the window, on an X server outside"
Xvfb $display -screen 0 ${wide}x${high}x24 -nolisten tcp -ac -noreset > "$out/xvfb.txt" 2>&1 &
wait_for 20 test -S /tmp/.X11-unix/X${display#:}
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
samples=/usr/lib/beautyfinder/_internal/beautyfinder/resources/self_test
"${person[@]}" sh -c "mkdir ~/sample && cp -r $samples/catalogue.lance ~/sample/ && cp $samples/photo.jpg ~/"
"${person[@]}" beautyfinder --self-test --json --screenshots /home/person > "$out/self-test-x11.json" \
    2> "$out/self-test-x11.txt" || fail "see $out/self-test-x11.json"
"${person[@]}" beautyfinder --store /home/person/sample /home/person/photo.jpg \
    > "$out/window.txt" 2>&1 &
program=$!
export DISPLAY=$display
named() { xdotool search --onlyvisible --name "$1" | tail -1; }
shown() { [[ -n $(named "$1") ]]; }
inspect() { # Ctrl+I does nothing until the look-up is done; the inspector is called as its product
    xdotool windowfocus --sync "$(named 'sample – BeautyFinder')" key ctrl+i
    sleep 2
    shown "$product"
}
wait_for 60 shown 'sample – BeautyFinder'
wait_for 60 inspect
sleep 3
import -window root "$out/inspector.png"
xdotool windowraise "$(named 'sample – BeautyFinder')"
sleep 1
import -window root "$out/window.png"
kill "$program"
wait "$program" || true

say "what a desktop makes of it"
apt install --no-install-recommends desktop-file-utils
grep 'image/jpeg=.*beautyfinder.desktop' "$root/usr/share/applications/mimeinfo.cache" \
    || fail "no MIME type was registered"
apt purge --autoremove desktop-file-utils

say "apt purge"
apt purge --autoremove beautyfinder
mapfile -t stayed < <(packages | comm -13 "$out/packages-before.txt" -)
if ((${#stayed[@]})); then
    say "stay, as others here recommend them: ${stayed[*]}"
    apt purge "${stayed[@]}"
fi
files > "$out/files-after.txt"
comm -13 "$out/files-before.txt" "$out/files-after.txt" > "$out/files-left.txt"
if grep beautyfinder "$out/files-left.txt"; then fail "these stayed"; fi
echo "$(wc -l < "$out/files-left.txt") files of other packages stayed: files-left.txt"
say "all passed; pictures in $out"
