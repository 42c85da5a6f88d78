# shellcheck shell=bash
# Debian's archive as this machine's own apt sources name it: to be sourced. Signatures are checked as ever; their age is not, so
# that a mirror that is a snapshot will do. Whoever sources this has die(), and sets archive_work before apt_of_our_own is called.
archive_work=${archive_work:-}

# The URLs of Debian's archive in the machine's apt sources, likeliest first. Other repositories may stand beside it.
debian_mirrors() { debian_entries '!security' | sort -s -n -k 1,1 | cut -d ' ' -f 2; }

# The same of Debian's security archive.
debian_security_mirrors() { debian_entries security | cut -d ' ' -f 2; }

# debian_entries security|!security
debian_entries() {
  local file kind=$1
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    case $file in
      *.list) sed -nE 's/^deb +(\[[^]]*\] *)?/list /p' "$file" | awk '{ print $2, $3, $0 }' ;;
      *.sources) deb822_entries "$file" ;;
    esac
  done | awk -v kind="$kind" '
    $1 ~ /^cdrom/ || $2 ~ /\/$/ || $0 !~ / main( |$)/ { next }
    ($2 ~ /security/) != (kind == "security") { next }
    seen[$1]++ { next }
    kind == "security" || $1 ~ /\/debian\/?$/ { print 1, $1; next }
    { print 2, $1 }'
}

deb822_entries() {
  awk '
    function flush(   u, i, n) {
      if (enabled && types ~ /(^| )deb( |$)/) { n = split(uris, u, " "); for (i = 1; i <= n; i++) print u[i], suites, components }
      types = uris = suites = components = field = ""; enabled = 1
    }
    BEGIN { enabled = 1 }
    /^#/ { next }
    /^[ \t]*$/ { flush(); next }
    /^[^ \t]/ { field = tolower($1); sub(/^[^:]*:[ \t]*/, "") }
    field == "types:" { types = types " " $0 }
    field == "uris:" { uris = uris " " $0 }
    field == "suites:" { suites = suites (suites == "" ? "" : ",") $1 }
    field == "components:" { components = components " " $0 }
    field == "enabled:" && tolower($1) == "no" { enabled = 0 }
    END { flush() }' "$1"
}

debian_keyring() {
  local keyring
  for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp} /etc/apt/trusted.gpg.d/debian-archive-*.gpg; do
    [ ! -r "$keyring" ] || { printf '%s\n' "$keyring"; return; }
  done
  die "Debian's archive key is not on this machine; install debian-archive-keyring"
}

# An apt with lists and a cache of its own, which sees what archive_sees named. The machine's proxy and netrc settings still hold.
apt_of_our_own() {
  local tool=$1
  shift
  "$tool" -o Dir::State="$archive_work" -o Dir::State::status="$archive_work/status" -o Dir::Cache="$archive_work/cache" \
    -o Dir::Etc::sourcelist="$archive_work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::Check-Valid-Until=false "$@"
}

# archive_sees MIRROR SUITE [ARCHITECTURE]: from then on, apt_of_our_own knows this suite alone.
archive_sees() {
  local architecture=${3:-$(dpkg --print-architecture)}
  rm -rf "$archive_work"
  mkdir -p "$archive_work"/{lists,cache/archives}/partial
  : >"$archive_work/status"
  printf 'deb [arch=%s target=Packages signed-by=%s] %s %s main\n' "$architecture" "$(debian_keyring)" "$1" "$2" \
    >"$archive_work/sources.list"
  apt_of_our_own apt-get -q update -o APT::Update::Error-Mode=any
}
