# shellcheck shell=bash
# The stand-in for Amazon, one for each site.

sandbox_binary() {
  local binary=${SANDBOX_BINARY:-$target/debug/sandbox}
  [ -x "$binary" ] || die "the stand-in for Amazon is not built: $binary is missing (cargo build -p sandbox)"
  printf '%s\n' "$binary"
}

sandbox_url() { printf 'http://127.0.0.1:%s\n' "$(<"$site/run/sandbox.port")"; }

start_sandbox() {
  local binary
  binary=$(sandbox_binary)
  rm -f "$site/run/sandbox.port"
  sandbox_port=$(free_port "${sandbox_port:-${SANDBOX_PORT:-8099}}")
  start_process sandbox "$binary" --port "$sandbox_port" --port-file "$site/run/sandbox.port"
  await_process sandbox 20 test -s "$site/run/sandbox.port"
}
