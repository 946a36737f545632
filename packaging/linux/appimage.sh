#!/bin/bash
# appimage.sh FOLDER OUT.AppImage: the frozen folder as one file. Needs `appimagetool` (on the PATH
# or in $APPIMAGETOOL); with --appdir-only as third argument only the AppDir is laid out, in OUT.
set -euo pipefail
folder=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [[ ${3:-} == --appdir-only ]]; then appdir=$out; else appdir=$(mktemp -d)/BeautyFinder.AppDir; fi

mkdir -p "$appdir/usr/lib" "$appdir/usr/share/metainfo" "$appdir/usr/share/applications"
cp -a "$folder" "$appdir/usr/lib/beautyfinder"
cp "$here/beautyfinder.desktop" "$appdir/"
cp "$here/beautyfinder.desktop" "$appdir/usr/share/applications/"
cp "$root/build/package/icons/beautyfinder-256.png" "$appdir/beautyfinder.png"
ln -sf beautyfinder.png "$appdir/.DirIcon"
cat > "$appdir/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/beautyfinder/beautyfinder" "$@"
RUN
chmod 755 "$appdir/AppRun"
[[ ${3:-} == --appdir-only ]] && exit 0
"${APPIMAGETOOL:-appimagetool}" --no-appstream "$appdir" "$out"
