#!/usr/bin/env bash
# Measures a newcomer's first start: a fresh Debian (debootstrap), a plain user, empty caches, a clean clone, ./run.
# As root, on a machine with debootstrap, git, the .NET 10 SDK and Node; these two are copied in, nothing else is.
#   ops/clean-room.sh [--keep] [--root] [FOLDER]     FOLDER takes about 3 GB and is removed afterwards
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
keep="" user=newcomer room=/var/tmp/business-m-clean-room
for word in "$@"; do
    case "$word" in --keep) keep=1 ;; --root) user=root ;; *) room=$word ;; esac
done
[ "$(id -u)" = 0 ] || { echo "clean-room: needs root (debootstrap, chroot)"; exit 1; }
command -v debootstrap >/dev/null || { echo "clean-room: debootstrap is not here. As root: apt-get install debootstrap"; exit 1; }

if [ ! -e "$room/.made" ]; then
    rm -rf "$room"
    debootstrap --variant=minbase --include=ca-certificates,git bookworm "$room" "${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | head -1)}" >"$room.log" 2>&1 ||
        { tail -5 "$room.log"; exit 1; }
    sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
    mkdir -p "$room/usr/share/dotnet" "$room/usr/lib/node_modules"
    cp -a "$sdk/." "$room/usr/share/dotnet/"
    ln -sf /usr/share/dotnet/dotnet "$room/usr/bin/dotnet"
    cp -L "$(command -v node)" "$room/usr/bin/node"
    cp -a "$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")")/npm" "$room/usr/lib/node_modules/"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$room/usr/bin/npm"
    ldd "$room/usr/bin/node" | awk '$3 ~ /^\// { print $3 }' | while read -r lib; do
        [ -e "$room$lib" ] || { mkdir -p "$room$(dirname "$lib")"; cp -L "$lib" "$room$lib"; }
    done
    cp -L /etc/ssl/certs/ca-certificates.crt "$room/etc/ssl/certs/"
    chroot "$room" useradd --create-home newcomer
    touch "$room/.made"
fi
cp -L /etc/resolv.conf /etc/hosts "$room/etc/"
home=$(chroot "$room" getent passwd $user | cut -d: -f6)
rm -rf "${room:?}${home:?}/m" "$room$home/.nuget" "$room$home/.npm" "$room$home/.dotnet" "$room$home/.local" "$room"/tmp/*
git clone -q --no-hardlinks "$here" "$room$home/m"
git -C "$room$home/m" remote remove origin
chroot "$room" chown -R $user: "$home/m"

cat > "$room/tmp/measure.sh" <<'IN'
set -u
cd ~/m
now() { date +%s.%N; }
ready() {       # began, process: seconds until /health/ready answers 200
    node -e '
        const began = Number(process.argv[1]) * 1000;
        (async () => {
            for (;;) {
                try { if ((await fetch("http://127.0.0.1:5080/health/ready")).status === 200) break; } catch {}
                try { process.kill(Number(process.argv[2]), 0); } catch { console.log("NEVER: it ended"); return; }
                await new Promise((r) => setTimeout(r, 50));
            }
            console.log(((Date.now() - began) / 1000).toFixed(1));
        })();' "$1" "$2"
}
once() {
    began=$(now)
    ./run > "/tmp/run.$1" 2>&1 &
    run=$!
    echo "$1: ready after $(ready "$began" $run) s"
    sleep 5
    for p in /proc/[0-9]*; do
        case "$(tr '\0' ' ' < "$p/cmdline" 2>/dev/null)" in *business-m.dll*) awk -v n="$1" '/VmRSS/ { printf "%s: host memory %d MB\n", n, $2 / 1024 }' "$p/status" ;; esac
    done
    [ "$2" = -9 ] && kill -9 $run || kill $run
    wait $run 2>/dev/null
}
once first -15
once second -15
once before-a-kill -9
once after-a-kill -15
echo "--- first start said:"; cat /tmp/run.first
echo "--- after the kill:"; cat /tmp/run.after-a-kill
IN
mkdir -p "$room/dev/shm"
# network settings of this machine travel along, caches and configuration do not
pass=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
    [ -n "${!name:-}" ] && pass+=("$name=${!name}")
done
unshare --mount --pid --fork --kill-child bash -euc '
    room=$1 user=$2
    shift 2
    mount -t proc proc "$room/proc"
    mount -t tmpfs -o size=1g,mode=1777 shm "$room/dev/shm"
    exec chroot "$room" setpriv --reuid="$user" --regid="$user" --init-groups env -i "$@" bash /tmp/measure.sh
' _ "$room" "$user" HOME="$home" USER="$user" LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt PATH=/usr/local/bin:/usr/bin:/bin ${pass[@]+"${pass[@]}"}
[ -n "$keep" ] || rm -rf "$room" "$room.log"
