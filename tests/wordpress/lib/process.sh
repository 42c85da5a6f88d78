# shellcheck shell=bash
# Processes of a site: each is the leader of its own group, works in the site's folder, and is known by a pid file there.
# Nothing is ever stopped that does not work in that folder.

start_process() {
  local name=$1
  shift
  (
    cd "$site" || exit
    exec setsid "$@" >>"$site/log/$name.log" 2>&1 </dev/null
  ) &
  printf '%s\n' "$!" >"$site/run/$name.pid"
}

# The living processes of a group that work inside the site's folder.
group_members() {
  local stat line fields pid
  for stat in /proc/[0-9]*/stat; do
    { read -r line <"$stat"; } 2>/dev/null || continue
    pid=${line%% *}
    read -ra fields <<<"${line##*) }"
    [[ ${fields[2]} == "$1" && ${fields[0]} != Z ]] || continue
    [[ $(readlink "/proc/$pid/cwd")/ == "$site"/* ]] && printf '%s\n' "$pid"
  done
  return 0
}

process_group() {
  local pid_file=$site/run/$1.pid
  [ ! -s "$pid_file" ] || cat "$pid_file"
}

is_running() {
  local group
  group=$(process_group "$1")
  [ -n "$group" ] && [ -n "$(group_members "$group")" ]
}

is_stopped() { ! is_running "$1"; }

# A process that was just started is no leader of its group yet: dead is only one whose own number is nobody's, too.
is_dead() { is_stopped "$1" && ! kill -0 "$(process_group "$1")" 2>/dev/null; }

stop_process() {
  local name=$1 group
  group=$(process_group "$name")
  if [ -n "$group" ] && is_running "$name"; then
    kill -TERM -- "-$group" 2>/dev/null || true
    if ! wait_for 10 is_stopped "$name"; then
      kill -KILL -- "-$group" 2>/dev/null || true
      wait_for 5 is_stopped "$name" || die "$name (process group $group) does not end"
    fi
  fi
  rm -f "$site/run/$name.pid"
}

is_ready_or_dead() {
  local name=$1
  shift
  "$@" || is_dead "$name"
}

# await_process NAME SECONDS COMMAND...: a death is reported at once, not at the end of the wait.
await_process() {
  local name=$1 seconds=$2
  shift 2
  wait_for "$seconds" is_ready_or_dead "$name" "$@" && "$@" && return
  show_tail "$site/log/$name.log"
  if ! is_dead "$name"; then
    die "$name did not answer within $seconds seconds"
  fi
  die "$name ended while it was starting"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port WANTED: that port of the loopback if nobody has it, else one that the system hands out.
free_port() {
  php -n -r '
    $server = @stream_socket_server("tcp://127.0.0.1:" . $argv[1]) ?: stream_socket_server("tcp://127.0.0.1:0");
    echo substr(strrchr(stream_socket_get_name($server, false), ":"), 1);' -- "$1"
}
