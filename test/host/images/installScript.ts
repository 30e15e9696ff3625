/**
 * Runs inside the host, given the nasty name and the nasty os-release. One script and not thirty commands, because that
 * is ten times quicker. Each image is made under a hidden name and renamed when whole, so that an interrupted run can be
 * repeated.
 */
export const installScript = String.raw`
set -euo pipefail
nasty_name=$1 nasty_os_release=$2
shift 2
wanted="$(printf '|%s' "$@")|"
pool=/var/lib/machines
cd "$pool"

# wants NAME: whether it was asked for; without any names all are
wants() {
  [ "$wanted" != '||' ] || return 0
  case "$wanted" in *"|$1|"*) return 0 ;; esac
  return 1
}
# make NAME FUNCTION: a subvolume filled by the function, unless it is there or not wanted
make() {
  wants "$1" && [ ! -e "$pool/$1" ] || return 0
  local part="$pool/.#part-$2"
  [ ! -e "$part" ] || btrfs -q subvolume delete "$part"
  btrfs -q subvolume create "$part"
  "$2" "$part"
  mv -T "$part" "$pool/$1"
}

busybox_tree() {
  mkdir -p "$1"/{bin,sbin,etc,dev,proc,sys,tmp,run,root,home/alice,mnt,usr/bin,usr/sbin,usr/lib,var/log}
  cp /bin/busybox "$1/bin/busybox"
  # One process for four hundred links: in a virtual machine each ln would take a while.
  chroot "$1" /bin/busybox --install -s /bin
  ln -sf ../bin/busybox "$1/sbin/init"
  printf '%s\n' 'ID=busybox' 'NAME="Infinite BusyBox"' 'PRETTY_NAME="Infinite BusyBox 1.0"' 'VERSION_ID=1.0' \
    'HOME_URL="https://busybox.net/"' > "$1/etc/os-release"
  printf '%s\n' '::sysinit:/etc/rc' '::respawn:/bin/busybox sleep 86400' '::ctrlaltdel:/bin/busybox poweroff -f' \
    '::shutdown:/bin/busybox true' > "$1/etc/inittab"
  printf '%s\n' '#!/bin/sh' 'echo booted > /run/booted' > "$1/etc/rc"
  chmod +x "$1/etc/rc"
  printf '%s\n' 'root::0:0:root:/root:/bin/sh' 'alice:x:1000:1000::/home/alice:/bin/sh' > "$1/etc/passwd"
  printf '%s\n' 'root:x:0:' 'alice:x:1000:' > "$1/etc/group"
  chown 1000:1000 "$1/home/alice"
}
debian_tree() {
  cp -a --reflink=auto /srv/base-image/. "$1/"
  rm -f "$1/.complete"
  echo debian > "$1/etc/hostname"
  : > "$1/etc/machine-id"
  # Without a password on its root account a console can be logged in to.
  chroot "$1" passwd -q -d root
  # It gets its address from the network of the host, below.
  systemctl -q --root="$1" enable systemd-networkd.service
}
no_init_tree() {
  busybox_tree "$1"
  rm "$1/sbin/init" "$1/bin/init" "$1/bin/sh"
}
linked_tree() {
  busybox_tree "$1"
  mkdir -p "$1/usr/lib/os"
  sed -e 's/^NAME=.*/NAME="Linked OS"/' -e 's/^PRETTY_NAME=.*/PRETTY_NAME="Linked OS 2.0"/' \
    "$1/etc/os-release" > "$1/usr/lib/os/release"
  ln -sf /usr/lib/os/release "$1/etc/os-release"
}
nasty_tree() {
  busybox_tree "$1"
  printf '%s' "$nasty_os_release" > "$1/etc/os-release"
}

make busybox busybox_tree
make debian debian_tree
make frozen busybox_tree
make noinit no_init_tree
make linked linked_tree
make nasty nasty_tree
make "$nasty_name" nasty_tree
if wants raw-disk && [ ! -e raw-disk.raw ]; then
  truncate -s 16M '.#raw-disk.raw'
  tree=$(mktemp -d)
  busybox_tree "$tree"
  mke2fs -q -F -t ext4 -d "$tree" '.#raw-disk.raw'
  rm -r "$tree"
  mv '.#raw-disk.raw' raw-disk.raw
fi
! wants frozen || machinectl read-only frozen true
! wants debian || systemctl start systemd-networkd.service

# Settings that let BusyBox start in the host, and no KillSignal. The template wants a veth and user namespaces, which
# these images do as well without.
mkdir -p /etc/systemd/nspawn
for name in busybox raw-disk noinit linked nasty; do
  [ -e "/etc/systemd/nspawn/$name.nspawn" ] ||
    printf '%s\n' '[Exec]' 'Boot=yes' 'PrivateUsers=no' '[Network]' 'VirtualEthernet=no' > "/etc/systemd/nspawn/$name.nspawn"
done
`;
