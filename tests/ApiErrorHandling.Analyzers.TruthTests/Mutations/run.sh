#!/usr/bin/env bash
# Shows that the tests would notice a wrong engine: applies each patch of this folder, one at a time and to a copy of the
# working tree, runs the truth tests and the rule tests, and prints which of them failed. Names of patches as arguments
# restrict it to these. Exits with 1 if a patch survives or does not apply.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git -C "$root" ls-files -z --cached --others --exclude-standard | (cd "$root" && xargs -0 cp --parents -t "$copy")
cd "$copy" || exit 2
git init -q .
export DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off DOTNET_CLI_UI_LANGUAGE=en
truth=tests/ApiErrorHandling.Analyzers.TruthTests
rules=tests/ApiErrorHandling.Analyzers.Tests
build() { dotnet build "$truth" -c Release -v q >"$copy/build.log" 2>&1; }

# "passed", "failed" or, where the tests were not run to their end, "broken"
try() {
    if timeout 600 dotnet test "$1" -c Release --no-build --filter "$2" >"$copy/test.log" 2>&1; then
        echo passed
    elif grep -qE '^Failed! ' "$copy/test.log"; then
        echo failed
    else
        echo broken
    fi
}

failures=0
[ $# -eq 0 ] && set -- "$here"/*.patch
for argument in "$@"; do
    name=$(basename "$argument" .patch)
    patch=$here/$name.patch
    if ! git apply "$patch"; then
        echo "$name: does not apply"
        failures=1
        continue
    fi

    if build; then
        by_truth=$(try "$truth" "FullyQualifiedName~Claims_are_deeds")
        by_rules=$(try "$rules" "FullyQualifiedName~.Rules.|FullyQualifiedName~.Flow.")
        caught=""
        [ "$by_truth" != passed ] && caught="truth tests ($by_truth)"
        [ "$by_rules" != passed ] && caught="${caught:+$caught, }rule tests ($by_rules)"
        [ -z "$caught" ] && failures=1
        echo "$name: $(head -1 "$patch"): ${caught:-SURVIVED}"
    else
        echo "$name: does not compile"
        grep -m1 'error' "$copy/build.log"
        failures=1
    fi

    git apply -R "$patch"
done

exit $failures
