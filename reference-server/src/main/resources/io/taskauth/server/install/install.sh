#!/usr/bin/env bash
# Installs taskauth, the command line, for you alone: no root, nothing outside your home directory.
# A second run brings it up to date. What it downloads comes from the server that made this script,
# and is only kept if it is, byte for byte, what that server had then.
set -euo pipefail

# In a function, so that half a script, cut off on its way, does nothing.
main() {
  local server=@SERVER@
  local sha256=@SHA256@
  local size=@SIZE@

  [ -n "${HOME:-}" ] || fail "HOME is not set, so there is no place to install to"
  local prefix=$HOME/.local
  require_java
  command -v curl >/dev/null || fail "curl is missing; install it first"

  mkdir -p "$prefix/bin" "$prefix/share/taskauth"
  # Beside its later place, so that it gets there in one step, and taken away whatever happens.
  temporary=$(mktemp -d "$prefix/share/taskauth/.install.XXXXXX")
  trap 'rm -rf "$temporary"' EXIT

  download "$server" "$size" "$temporary/taskauth.jar"
  local got
  got=$(checksum "$temporary/taskauth.jar")
  [ "$got" = "$sha256" ] ||
    fail "what was downloaded is not what $server promised (SHA-256 $got); nothing was changed. Run its /cli/install.sh once more."
  starter >"$temporary/taskauth"
  printf '%s\n' "$server" >"$temporary/server"

  chmod 644 "$temporary/taskauth.jar" "$temporary/server"
  chmod 755 "$temporary/taskauth"
  # The same jar stays where it is: what Java has prepared for a quick start is for that very file.
  cmp -s "$temporary/taskauth.jar" "$prefix/share/taskauth/taskauth.jar" ||
    mv -f "$temporary/taskauth.jar" "$prefix/share/taskauth/taskauth.jar"
  mv -f "$temporary/server" "$prefix/share/taskauth/server"
  mv -f "$temporary/taskauth" "$prefix/bin/taskauth"

  local version
  version=$("$prefix/bin/taskauth" --version) || fail "it is installed and does not start"
  printf '%s is installed as %s\n' "$version" "$prefix/bin/taskauth"
  case ":${PATH:-}:" in
    *":$prefix/bin:"*) printf 'Sign in with: taskauth login\n' ;;
    *)
      printf 'It is not on your PATH yet. Add this line to the start-up file of your shell:\n'
      # shellcheck disable=SC2016 # for the shell of whoever reads it
      printf '  export PATH="$HOME/.local/bin:$PATH"\n'
      printf 'Then sign in with: taskauth login\n'
      ;;
  esac
}

fail() {
  printf 'taskauth is not installed: %s\n' "$1" >&2
  exit 1
}

require_java() {
  local java
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) || fail "there is no Java; install Java 17 or later first"
  fi
  local answer number
  answer=$("$java" -version 2>&1) || fail "$java does not start; install Java 17 or later first"
  number=${answer#*version \"}
  number=${number%%[!0-9]*}
  [ "${number:-0}" -ge 17 ] || fail "$java is Java ${number:-of no known version}; it takes Java 17 or later"
}

# Only this protocol and only this server: no redirect is followed to anywhere else.
download() {
  curl --proto "=${1%%:*}" --fail --silent --show-error --retry 2 --connect-timeout 20 \
    --max-time 300 --max-filesize "$2" --output "$3" -- "$1/cli/download" ||
    fail "the download from $1/cli/download did not succeed"
}

checksum() {
  if command -v sha256sum >/dev/null; then
    sha256sum <"$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null; then
    shasum -a 256 <"$1" | cut -d ' ' -f 1
  else
    fail "neither sha256sum nor shasum is there to check the download with"
  fi
}

starter() {
  cat <<'END_OF_STARTER'
@STARTER@
END_OF_STARTER
}

# Nothing in it reads the rest of the pipe that it may have come through.
main "$@" </dev/null
