/**
 * For other scripts: goes along a path below `$root` name by name, and says in `found` and `at` what is there. What lies in an image (of
 * the directories in `images`) or, with `containers=yes`, in the root file system `$tree` of a container is unknown.
 */
export const look = `
look() {
  rest=$1
  at=
  links=0
  while [ -n "$rest" ]; do
    rest=\${rest#/}
    part=\${rest%%/*}
    rest=\${rest#"$part"}
    case $part in
      '' | .) continue ;;
      ..) at=\${at%/*}; continue ;;
    esac
    if [ -n "$at" ]; then
      case $images in *"$newline\${at%/*}$newline"*) found=unknown; return ;; esac
      if [ "$containers" = yes ]; then
        case $at in "$tree" | */rootfs) found=unknown; return ;; esac
      fi
    fi
    next=$at/$part
    if [ -L "$root$next" ]; then
      links=$((links + 1))
      target=$(readlink "$root$next")
      if [ "$links" -gt 40 ] || [ -z "$target" ]; then found=unknown; return; fi
      case $target in /*) at= ;; esac
      rest=/$target$rest
    elif [ -e "$root$next" ]; then
      at=$next
    elif [ -d "$root$at/" ] && [ ! -x "$root$at/" ]; then
      found=unknown
      return
    else
      found=absent
      return
    fi
  done
  found=other
  [ ! -d "$root$at/" ] || found=directory
}
`;

/**
 * Constant text for `sh -c`. A process of its own looks, because a thread of ours that waits for a file system which does not answer
 * could not be taken back. Parameters: the root, `yes` where interfaces are asked for, the machine or nothing, the directories of images
 * with line feeds between them, the users with blanks between them, how many of the paths are upper directories, `yes` for a container of
 * LXC, how many texts are read, its root file system and in how many paths of that is looked, and the paths, the upper directories
 * first, then the texts, then those of the root file system. What lies in the root file system of a container is only looked at from
 * its own root. A path is gone along name by name: so no link is followed that a machine has made, and
 * what may not be looked into is told from what is not there. A user is looked up as systemd does, which asks the C library and its own
 * records.
 */
export const lookScript = `
root=$1
interfaces=$2
machine=$3
newline='
'
images=$newline$4$newline
users=$5
uppers=$6
containers=$7
texts=$8
tree=$9
shift 9
insides=$1
shift
[ -z "$machine" ] || [ ! -e "$root/run/systemd/machines/$machine" ] || printf 'runs\\n'
if [ "$interfaces" = yes ] && [ -d "$root/sys/class/net" ]; then
  printf 'seen\\n'
  for path in "$root"/sys/class/net/*; do
    [ -d "$path" ] || continue
    kind=other
    [ ! -d "$path/bridge" ] || kind=bridge
    printf '%s %s\\n' "$kind" "\${path##*/}"
  done
  for path in "$root"/run/udev/data/n*; do
    [ -f "$path" ] || continue
    while IFS= read -r line; do
      case $line in E:ID_NET_NAME*=*) printf 'unknown %s\\n' "\${line#*=}" ;; esac
    done <"$path"
  done
fi
${look}
closer() {
  [ "$(stat -f -c %T "$root$at/" 2>/dev/null)" != overlayfs ] || found=onOverlay
  while read -r _ _ _ _ point _; do
    [ "$point" != "$at" ] || [ "$found" = onOverlay ] || found=mountPoint
  done <"$root/proc/self/mountinfo"
}
plain() {
  kind=
  [ "$found" = other ] && [ -f "$root$at" ] || return
  case $(stat -c %A "$root$at" 2>/dev/null) in
    '') ;;
    *x* | *s*) kind=program ;;
    *) kind=plain ;;
  esac
}
if [ "$containers" = yes ] && [ -r "$root/proc/net/unix" ]; then
  printf 'containers\\n'
  sed -n 's,^.* @\\(.*\\)/command$,container \\1,p' "$root/proc/net/unix"
fi
host=$root
paths=$(($# - texts - insides))
for path do
  if [ "$paths" -gt 0 ]; then
    paths=$((paths - 1))
    look "$path"
    if [ "$uppers" -gt 0 ]; then
      uppers=$((uppers - 1))
      [ "$found" != directory ] || closer
    fi
    kind=
    [ "$containers" != yes ] || plain
    printf 'path %s %s\\n' "$found" "$kind"
  elif [ "$texts" -gt 0 ]; then
    texts=$((texts - 1))
    look "$path"
    if [ "$found" = other ] && [ -f "$root$at" ] && [ -r "$root$at" ]; then
      printf 'text read\\n'
      head -c 65536 "$root$at" 2>/dev/null | sed 's/^/|/'
      printf '\\n'
    else
      printf 'text unknown\\n'
    fi
  else
    if [ -n "$tree" ]; then
      look "$tree"
      [ "$found" = directory ] || break
      root=$root$at
      images=
      containers=
      tree=
    fi
    look "$path"
    plain
    printf 'inside %s %s\\n' "$found" "$kind"
  fi
done
root=$host
for user in $users; do
  line=$(getent passwd "$user" 2>/dev/null)
  code=$?
  if [ "$code" = 2 ]; then
    found=absent
    for record in etc run run/host usr/lib; do [ ! -e "$root/$record/userdb/$user.user" ] || found=unknown; done
    userdbctl user "$user" >/dev/null 2>&1 && found=unknown
  elif [ "$code" = 0 ]; then
    IFS=: read -r _ _ uid gid _ home _ <<line
$line
line
    look "$home"
    case $found in
      absent) found=homeless ;;
      directory | other) found=fits ;;
    esac
    [ "$uid" = "$gid" ] || found=otherGroup
  else
    found=unknown
  fi
  printf 'user %s %s\\n' "$found" "$user"
done
`;
