// Constant text for `sh -c`, run as root; directories, names and files come as parameters. What is in an archive, and in a container, is
// a stranger's: no link of theirs is followed, and nothing is unpacked but into a directory of its own that only root can enter.

/** What a script ends with where there is no container that it could pack or bring back. */
export const noContainerCode = 65;

/** Every owner, mode, capability of a file and access list stays what it is, by number, and a colon in a name means no other host. */
const everything = ['--numeric-owner', '--acls', '--xattrs', "'--xattrs-include=*'", '--force-local'].join(' ');

const rootfsLine = "'s/^[[:blank:]]*lxc\\.rootfs\\.path[[:blank:]]*=[[:blank:]]*//p'";

/**
 * Parameters: LXC's directory, the name, the file, and whose it is to be. Beside that file a new one is written, which takes its place when it
 * is whole. Snapshots are left out.
 */
export const backUpScript = `cd -- "$1" || exit
tree=$1/$2/rootfs
if [ -L "./$2" ] || [ -L "./$2/rootfs" ] || [ ! -d "./$2/rootfs" ]; then exit ${noContainerCode}; fi
case $(sed -n ${rootfsLine} "./$2/config" | tail -n 1) in
  "$tree" | "dir:$tree" | "btrfs:$tree") ;;
  *) exit ${noContainerCode} ;;
esac
new=$(mktemp -- "$3.XXXXXX") || exit
trap 'rm -f -- "$new"' EXIT
trap 'exit 130' INT TERM HUP
tar --create --gzip "--file=$new" ${everything} --anchored --no-wildcards "--exclude=$2/snaps" "--directory=$1" -- "$2" &&
  chown -- "$4" "$new" && mv -f -- "$new" "$3"
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

/**
 * Parameters: LXC's directory, the name, the file, the name in the archive, the name of a directory to unpack in, and the program for awk.
 * tar itself takes no member that leads out of there. All is there under its name only when it is whole.
 */
export const bringBackScript = `cd -- "$1" || exit
path=$1 name=$2 packed=$4 fresh=./$5
if [ -e "./$name" ] || [ -L "./$name" ]; then exit 1; fi
mkdir -m 700 -- "$fresh" || exit
trap 'rm -rf --one-file-system -- "$fresh"' EXIT
trap 'exit 130' INT TERM HUP
tar --extract "--file=$3" --preserve-permissions --same-owner ${everything} "--directory=$fresh" || exit
in=$fresh/$packed
if [ "$(ls -A -- "$fresh")" != "$packed" ] || [ -L "$in" ] || [ ! -d "$in" ] || [ -L "$in/config" ] || [ ! -f "$in/config" ] ||
  [ -L "$in/rootfs" ] || [ ! -d "$in/rootfs" ]; then
  exit ${noContainerCode}
fi
OLD=$(sed -n ${rootfsLine} "$in/config" | tail -n 1)
OLD=\${OLD#*:}
case $OLD in
  /*"/$packed/rootfs") OLD=\${OLD%/rootfs} ;;
  *) OLD= ;;
esac
NOW=$path/$name NAME=
[ "$name" = "$packed" ] || NAME=$name
[ "$OLD" != "$NOW" ] || OLD=
export OLD NOW NAME
awk "$6" "$in/config" >"$fresh/config" && cat "$fresh/config" >"$in/config" && mv -n -T -- "$in" "./$name" || exit
[ ! -e "$in" ]
`;
