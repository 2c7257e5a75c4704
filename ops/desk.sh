# The Desk's part of ./run and ./test: sourced after setup.sh.
desk="$root/desk"
desk_made="$desk/shell/dist/index.html"

# What the built Desk is made of; tests are not.
desk_sources() {
    find "$desk" "$root/docs/openapi.json" \
        \( -name node_modules -o -name dist -o -name e2e -o -name testing -o -name '*.test.*' -o -name '*.gen.ts' \) -prune \
        -o -type f "$@" -print
}
desk_is_built() {
    [ -f "$desk_made" ] || return 1
    [ "$(desk_sources | LC_ALL=C sort | cksum)" = "$(cat "$desk/shell/dist/.files" 2>/dev/null)" ] &&
        [ -z "$(desk_sources -newer "$desk_made" | head -1)" ]
}

desk_packages() {
    cmp -s "$desk/package-lock.json" "$desk/node_modules/.lock-installed" && return 0
    say "fetching what the Desk is built with (once) ..."
    (cd "$desk" && npm ci --ignore-scripts --loglevel=error >&2) || return 1
    cp "$desk/package-lock.json" "$desk/node_modules/.lock-installed"
}

build_desk() {
    local why
    why=$(without_node)
    if [ -n "$why" ]; then
        say "the Desk is not built, since $why: the API is served alone."
        return 0
    fi
    desk_packages || stop "what the Desk is built with could not be fetched." "Look at npm's lines above."
    say "building the Desk (once; again only when its sources change) ..."
    local files
    files=$(desk_sources | LC_ALL=C sort | cksum)
    (cd "$desk" && npm run build --silent >&2) || stop "the Desk could not be built." "The lines above say why."
    echo "$files" > "$desk/shell/dist/.files"
}

# Puts the built Desk beside a program that was built before it; the page comes last, when all that it names is there.
place_desk() {      # folder of the program
    [ -f "$desk_made" ] && ! cmp -s "$desk_made" "$1/desk/index.html" || return 0
    mkdir -p "$1/desk"
    cp -R "$desk/shell/dist/." "$1/desk.new-$$"
    rm -f "$1/desk.new-$$/index.html" "$1/desk.new-$$/.files"
    cp -R "$1/desk.new-$$/." "$1/desk/"
    rm -rf "$1/desk.new-$$"
    cp "$desk_made" "$1/desk/index.html"
}
