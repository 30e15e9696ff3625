// Constant text for `sh -c`, run as root; directories and names come as parameters. Directories of images may belong to anybody, so no
// link is followed, and whoever renames something meanwhile cannot have another directory meant.

const hex = '[0-9a-f]'.repeat(16);

/**
 * `is_left_over`: a name as systemd-nspawn makes it up for a copy, of something that is no link. `is_locked`: systemd-nspawn holds a lock on
 * the file beside its copy. That lock is one of fcntl(2), which flock(1) does not see, but /proc/locks has it, by the device of
 * the file system, which btrfs does not give to stat(1). What cannot be told counts as locked. `is_used`: a machine is registered on the copy, or a process
 * has it mounted, open, as its root or its directory; the random end of the name stands for all of it.
 */
const looks = `LC_ALL=C
export LC_ALL
is_left_over() {
  case $1 in
    */*) return 1 ;;
    .#machine.*${hex} | .#snapshot.*${hex}) ;;
    *) return 1 ;;
  esac
  [ ! -L "./$1" ] && { [ -d "./$1" ] || [ -f "./$1" ]; }
}
is_locked() {
  lock=./.#$1.lck
  if [ ! -e "$lock" ] && [ ! -L "$lock" ]; then return 1; fi
  if [ -L "$lock" ] || [ ! -f "$lock" ] || [ ! -r /proc/locks ]; then return 0; fi
  mount= inode= device=
  {
    while read -r key value; do
      [ "$key" != mnt_id: ] || mount=$value
    done <"/proc/$$/fdinfo/9"
    inode=$(stat -L -c %i "/proc/$$/fd/9")
  } 9<"$lock"
  while read -r id parent device rest; do
    [ "$id" != "$mount" ] || break
    device=
  done </proc/self/mountinfo
  if [ -z "$inode" ] || [ -z "$device" ]; then return 0; fi
  grep -qF " $(printf '%02x:%02x:%s' "\${device%:*}" "\${device#*:}" "$inode") " /proc/locks
}
is_used() {
  code=\${1#"\${1%????????????????}"}
  ! grep -qsF -- "$code" /proc/[0-9]*/mountinfo /run/systemd/machines/* || return 0
  [ -n "$(find /proc/[0-9]*/root /proc/[0-9]*/cwd /proc/[0-9]*/fd -maxdepth 1 -lname "*$code*" -print -quit 2>/dev/null)" ]
}
is_subvolume() {
  [ -d "./$1" ] && [ "$(stat -c %i "./$1")" = 256 ] && [ "$(stat -f -c %T "./$1")" = btrfs ]
}
`;

/**
 * Parameters: directories. Prints of each left-over, with a NUL behind each: free or used, what it is, its directory and which one that is,
 * its name, since when it is there (its lock was made with it), and how many bytes it holds, where that is soon counted.
 */
export const listScript = `${looks}
for directory in "$@"; do
  cd -P -- "$directory" 2>/dev/null || continue
  identity=$(stat -c %d:%i .) || continue
  for name in .#machine.* .#snapshot.*; do
    is_left_over "$name" || continue
    state=used bytes= kind=directory
    if [ -f "./$name" ]; then kind=file; elif is_subvolume "$name"; then kind=subvolume; fi
    if ! is_locked "$name" && ! is_used "$name"; then
      state=free
      bytes=$(timeout 10 du -s --block-size=1 -- "./$name" 2>/dev/null) || bytes=
    fi
    made=$(stat -c %Y "./.#$name.lck" 2>/dev/null || stat -c %W "./$name")
    printf '%s\\0' "$state" "$kind" "$directory" "$identity" "$name" "$made" "\${bytes%%[!0-9]*}"
  done
done
`;

/**
 * Parameters, of each: directory, which one that was, name. Looks at everything once more, and prints for each, with a NUL behind each, what came of it
 * (removed, used, gone, failed; another: the directory is no longer the one that was seen) and why it failed.
 */
export const removeScript = `${looks}
make_writable() (
  here=$(pwd -P)
  is_subvolume "$1" && cd -P -- "./$1" && [ "$(pwd -P)" = "$here/$1" ] && [ ! -w . ] || exit 0
  btrfs property set -t subvol . ro false
)
while [ $# -ge 3 ]; do
  reason=
  if ! cd -P -- "$1" 2>/dev/null || [ "$(stat -c %d:%i .)" != "$2" ]; then
    outcome=another
  elif ! is_left_over "$3"; then
    outcome=gone
  elif is_locked "$3" || is_used "$3"; then
    outcome=used
  else
    outcome=failed
    reason=$({ make_writable "$3" && rm -rf -- "./$3"; } 2>&1)
    if [ ! -e "./$3" ] && [ ! -L "./$3" ]; then
      rm -f -- "./.#$3.lck"
      outcome=removed reason=
    fi
  fi
  printf '%s\\0' "$outcome" "$reason"
  shift 3
done
`;
