#!/bin/sh
# from-debian.sh SUITE FOLDER PROGRAM PACKAGE...
#
# Puts a program of another Debian release into a folder, without touching the system: packages and all they depend on
# are only downloaded and unpacked, and the program is told to use the folder's own libraries. A folder that is there
# already with the same request is left alone. Needs apt and the network; nothing of it runs as part of the program.
set -eu

suite=$1 folder=$2 program=$3
shift 3

fail() { echo "from-debian.sh: $program from Debian $suite: $*" >&2; exit 1; }

command -v apt-get >/dev/null || fail "this needs apt-get, so a Debian or a relative of it"
stamp="$suite $program $*"
[ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ] && exit 0

mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
[ -n "$mirror" ] || fail "apt knows no mirror; run apt-get update first"

rm -rf "$folder"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/apt/sources"
folder=$(cd "$folder" && pwd)
: >"$folder/apt/status" # nothing counts as installed, so that the C library comes along
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/apt/sources.list"
apt() {
    apt-get -qq -o Dir::State="$folder/apt" -o Dir::State::status="$folder/apt/status" \
        -o Dir::Cache="$folder/apt" -o Dir::Etc::sourcelist="$folder/apt/sources.list" \
        -o Dir::Etc::sourceparts="$folder/apt/sources" -o Dir::Etc::preferencesparts="$folder/apt/sources" \
        -o Dir::Etc::preferences=/dev/null -o APT::Get::List-Cleanup=0 -o APT::Sandbox::User="$(id -un)" \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@"
}
apt update || fail "its list of packages cannot be had from $mirror"
apt install --yes --no-install-recommends --download-only "$@" patchelf >"$folder/apt/log" 2>&1 ||
    { cat "$folder/apt/log" >&2; fail "its packages cannot be had from $mirror"; }
for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder"
done

loader=$(find "$folder" -name 'ld-linux-*.so.*' | sort | head -n 1)
[ -n "$loader" ] || fail "there is no loader among its packages"
libraries=$(find "$folder/usr/lib" "$folder/lib" -name '*.so*' -printf '%h\n' 2>/dev/null |
    grep -E 'linux-gnu[a-z0-9]*$' | sort -u | paste -sd :)
# The release's own patchelf, through its own loader: the system need not have one.
"$loader" --library-path "$libraries" "$folder/usr/bin/patchelf" \
    --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$folder/$program" ||
    fail "its libraries cannot be set"
rm -rf "$folder/apt"
echo "$stamp" >"$folder/.stamp"
