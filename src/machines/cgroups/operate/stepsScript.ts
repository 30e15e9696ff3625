import { startTimeFunction } from '../../host/process.ts';

/**
 * Constant text for `sh -c`, which is run with more privileges than this user has. Parameters: the steps, each with its kind, the
 * directory in which it is done, the identity that the directory must have, or nothing, and its own. Between the
 * decision and this moment a person may have typed a password, a group may have been made anew and a number may belong to another
 * process: so the script stands in the directory before it looks at it, and looks at a process right before it acts, without
 * starting another program in between. Lists of processes are read anew, and v1 may give one that is a second old, so each number
 * is looked up once more: to empty means the group itself, to kill means all below it, too. 0 is a process of another PID
 * namespace, and to kill would mean ourselves. What is frozen dies when it thaws. tee says why the kernel refuses, which a
 * redirection of the shell's does not. Of what is not what was meant it says the path or the number only: whoever ran it looks
 * what has become of that, and says it in the language of the user.
 */
export const stepsScript = `
set -u
refuse() {
  printf '%s\\n' "$1" >&2
  exit 1
}
enter() {
  cd -P -- "$1" || exit 1
  [ "$(pwd -P)" = "$1" ] || refuse "$1"
  [ -z "$2" ] || [ "$(stat -c %d:%i .)" = "$2" ] || refuse "$1"
}
${startTimeFunction}same_process() {
  [ -n "$2" ] || return 0
  started=
  start_time "$1" 2>/dev/null
  [ "$started" = "$2" ] || refuse "$1"
}
tell() {
  [ -f "./$1" ] && [ ! -L "./$1" ] || refuse "$PWD/$1"
  printf '%s\\n' "$2" | tee -- "./$1" >/dev/null || exit 1
}
is_in() {
  found=
  while IFS= read -r line; do
    path=\${line#*:*:}
    [ "$path" != "$2" ] || found=yes
    case "$3$path" in below"$2"/*) found=yes ;; esac
  done <"/proc/$1/cgroup"
  [ -n "$found" ]
}
empty() {
  rounds=0
  while read -r pid <./cgroup.procs && [ "$rounds" -lt 10 ]; do
    grep -vx 0 ./cgroup.procs | while read -r pid; do
      if is_in "$pid" "$1" only 2>/dev/null && ! { printf '%s\n' "$pid" >"./$2/cgroup.procs"; } 2>/dev/null; then
        [ "$rounds" -lt 9 ] || tell "$2/cgroup.procs" "$pid"
      fi
    done
    rounds=$((rounds + 1))
  done
}
kill_all() {
  rounds=0
  while [ "$rounds" -lt 50 ]; do
    rounds=$((rounds + 1))
    pids=$(find . -name cgroup.procs -exec cat {} + | grep -vx 0)
    [ -n "$pids" ] || return 0
    for pid in $pids; do
      if is_in "$pid" "$1" below 2>/dev/null; then kill -s KILL "$pid" 2>/dev/null; fi
    done
    find . -name freezer.state -exec sh -c 'echo THAWED >"$1"' sh {} \\;
    sleep 0.1
  done
  exit 1
}
while [ "$#" -gt 0 ]; do
  kind=$1
  enter "$2" "$3"
  shift 3
  case "$kind" in
    make)
      mkdir -- "./$1" || exit 1
      shift ;;
    remove)
      [ -z "$2" ] || [ "$(stat -c %d:%i "./$1")" = "$2" ] || refuse "$1"
      rmdir -- "./$1" || exit 1
      shift 2 ;;
    empty)
      empty "$1" "$2"
      shift 2 ;;
    write)
      tell "$1" "$2"
      shift 2 ;;
    move)
      same_process "$1" "$2"
      tell cgroup.procs "$1"
      shift 2 ;;
    signal)
      same_process "$1" "$2"
      kill -s "$3" "$1" || exit 1
      shift 3 ;;
    killAll)
      kill_all "$1"
      shift ;;
    *) exit 2 ;;
  esac
done
`;
