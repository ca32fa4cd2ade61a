# Sourced in this folder by what needs Node and the packages: says what is missing, and installs them when their lock file
# has changed since.

if ! command -v npm >/dev/null || ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'; then
    echo "editors/vscode: Node 20.19 or later with npm is needed: https://nodejs.org, or your system's packages nodejs and npm" >&2
    exit 1
fi
if ! cmp -s package-lock.json node_modules/installed.json; then
    npm ci --no-audit --no-fund
    cp package-lock.json node_modules/installed.json
fi
