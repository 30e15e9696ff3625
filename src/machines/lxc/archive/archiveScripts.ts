// Constant text for `sh -c`, run as root; directories, names and files come as parameters. What is in an archive, and in a container, is
// a stranger's, and so may be what lies beside the file: no link of theirs is followed, and nothing is unpacked but into a directory that
// only root can enter.

/** What a script ends with where there is no container that it could pack or bring back. */
export const noContainerCode = 65;
/** And where there is already something of the name. */
export const takenCode = 66;

/** Every owner, mode, capability of a file and access list stays what it is, by number, and a colon in a name means no other host. */
const everything = ['--numeric-owner', '--acls', '--xattrs', "'--xattrs-include=*'", '--force-local'].join(' ');

/** As LXC reads it: the last line counts, without the blanks and the quotes around it. */
const rootfsOf = `rootfs_of() {
  tree=$(sed -n 's/^[[:blank:]]*lxc\\.rootfs\\(\\.path\\)\\{0,1\\}[[:blank:]]*=[[:blank:]]*//p' "$1" | tail -n 1 | sed 's/[[:blank:]]*$//')
  case $tree in
    '"'*'"' | "'"*"'") tree=\${tree#?} tree=\${tree%?} ;;
  esac
}
`;

/**
 * Parameters: LXC's directory, the name, the file, whose it is to be, and the name of a new file beside it, which takes its place when it is
 * whole. Others may write in that directory: the new file is opened once, where there is nothing, and then known by its descriptor.
 * Snapshots are left out, and what else is mounted in there; volumes below one of btrfs are a part of it.
 */
export const backUpScript = `${rootfsOf}cd -- "$1" || exit
[ -x "./$2" ] || exit 1
if [ -L "./$2" ] || [ -L "./$2/rootfs" ] || [ ! -d "./$2/rootfs" ]; then exit ${noContainerCode}; fi
rootfs_of "./$2/config"
case $tree in
  dir:/*) tree=\${tree#dir:} ;;
  btrfs:/*) tree=\${tree#btrfs:} ;;
  /*) ;;
  *) exit ${noContainerCode} ;;
esac
[ "$tree" -ef "./$2/rootfs" ] || exit ${noContainerCode}
alone=--one-file-system
[ "$(stat -f -c %T -- "./$2")" != btrfs ] && [ "$(stat -c %d -- "./$2")" = "$(stat -c %d -- "./$2/rootfs")" ] || alone=
if [ -d "$3" ] && [ ! -L "$3" ]; then
  cat -- "$3"
  exit 1
fi
umask 077
set -C
exec 3>"$5"
[ -f /proc/self/fd/3 ] || exit 1
trap 'rm -f -- "$5"' EXIT
trap 'exit 130' INT TERM HUP
tar --create --gzip --file=- ${everything} $alone --anchored --no-wildcards "--exclude=$2/snaps" "--directory=$1" -- "$2" >&3 &&
  chown -- "$4" /proc/self/fd/3 && mv -f -T -- "$5" "$3"
`;

/**
 * Of every line of a configuration: the tree is where it is now, and what stood below the container's old directory stands below its new one.
 * Under another name it has another host name, and addresses of interfaces that the first one does not have, too.
 */
export const movedConfigProgram = `function moved(text,    at, before) {
  while (old != "" && (at = index(text, old "/")) > 0) {
    before = before substr(text, 1, at - 1) now "/"
    text = substr(text, at + length(old) + 1)
  }
  return before text
}
BEGIN { old = ENVIRON["OLD"]; now = ENVIRON["NOW"]; name = ENVIRON["NAME"] }
/^[ \\t]*lxc\\.rootfs(\\.path)?[ \\t]*=/ { next }
name != "" && /^[ \\t]*lxc\\.(uts\\.name|utsname|net\\.[0-9]+\\.hwaddr)[ \\t]*=/ { next }
{ print moved($0) }
END {
  print "lxc.rootfs.path = dir:" now "/rootfs"
  if (name != "") print "lxc.uts.name = " name
}
`;

/** Of a configuration with a user namespace: the group that its root has on the host. */
const mappedGroup =
  "'s/^[[:blank:]]*lxc\\.id_\\{0,1\\}map[[:blank:]]*=[[:blank:]]*[gb][[:blank:]]\\{1,\\}0[[:blank:]]\\{1,\\}\\([0-9]\\{1,\\}\\)[[:blank:]].*/\\1/p'";

/**
 * Parameters: LXC's directory, the name, the file, the name in the archive, which is empty where the container lies on top, the name of a
 * directory to unpack in, and the program for awk.
 * tar itself takes no member that leads out of there. Only the tree keeps the owners and modes that it has in the archive: the container's
 * directory and all that lies beside the tree are made anew and are root's, or whoever has packed it could say who may write there. Links,
 * snapshots and what LXC notes for itself are left out. Where root of the container is another on the host, it may pass the directory.
 * All is there under its name only when it is whole.
 */
export const bringBackScript = `${rootfsOf}cd -- "$1" || exit
path=$1 name=$2 packed=$4 fresh=./$5
if [ -e "./$name" ] || [ -L "./$name" ]; then exit ${takenCode}; fi
umask 022
mkdir -m 700 -- "$fresh" || exit
trap 'rm -rf --one-file-system -- "$fresh"' EXIT
trap 'exit 130' INT TERM HUP
in=$fresh/in out=$fresh/out
mkdir -- "$in" && mkdir -m 770 -- "$out" || exit
tar --extract "--file=$3" --preserve-permissions --same-owner ${everything} "--directory=$in" || exit
if [ -n "$packed" ]; then
  [ "$(ls -A -- "$in")" = "$packed" ] || exit ${noContainerCode}
  in=$in/$packed
fi
if [ -L "$in" ] || [ ! -d "$in" ] || [ -L "$in/config" ] || [ ! -f "$in/config" ] || [ -L "$in/rootfs" ] || [ ! -d "$in/rootfs" ]; then
  exit ${noContainerCode}
fi
rootfs_of "$in/config"
OLD=\${tree#*:}
case $packed:$OLD in
  :/*/*/rootfs | "$packed":/*"/$packed/rootfs") OLD=\${OLD%/rootfs} ;;
  *) OLD= ;;
esac
[ -n "$packed" ] || packed=\${OLD##*/}
NOW=$path/$name NAME=
[ "$name" = "$packed" ] || NAME=$name
[ "$OLD" != "$NOW" ] || OLD=
export OLD NOW NAME
awk "$6" "$in/config" >"$out/config" && mv -- "$in/rootfs" "$out/rootfs" || exit
for beside in "$in"/* "$in"/.[!.]*; do
  case \${beside##*/} in
    config | snaps | partial | lxc_snapshots | lxc_rdepends) continue ;;
  esac
  if [ ! -L "$beside" ] && { [ -f "$beside" ] || [ -d "$beside" ]; }; then cp -R -P -- "$beside" "$out/" || exit; fi
done
group=$(sed -n ${mappedGroup} "$out/config" | tail -n 1)
[ -z "$group" ] || { chgrp -- "$group" "$out" && chmod 710 -- "$out"; } || exit
mv -n -T -- "$out" "./$name"
[ ! -e "$out" ] || exit ${takenCode}
`;
