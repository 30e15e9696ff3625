# Runs inside the root file system of a suite, in namespaces of its own (see startsJudge.ts). For every settings file it starts
# a machine with that file beside a tiny image, in which BusyBox is the program, and answers with the wait status and with what
# the program found itself to be, or with what systemd-nspawn said when it did not come so far.
use strict;
use warnings;
use IO::Socket::UNIX;
require '/tmp/exchange.pl';

system('ip', 'link', 'set', 'lo', 'up');
# What settings about the network may name: a bridge, and something that is none.
system('ip', 'link', 'add', 'br0', 'type', 'bridge') == 0 or die 'br0';
system('ip', 'link', 'add', 'outside', 'type', 'veth', 'peer', 'name', 'other') == 0 or die 'outside';
writeFile('/tmp/id', "0123456789abcdef0123456789abcdef\n");
system('mount', '--bind', '/tmp/id', '/etc/machine-id') == 0 or die 'machine-id';
mkdir $_ for '/run/systemd', '/run/systemd/inaccessible', '/run/systemd/inaccessible/dir';
writeFile('/run/systemd/inaccessible/reg', '');
system('mknod', '/run/systemd/inaccessible/chr', 'c', 0, 0) == 0 or die 'chr';
system('mkfifo', '/run/systemd/inaccessible/fifo') == 0 or die 'fifo';
my $socket = IO::Socket::UNIX->new(Local => '/run/systemd/inaccessible/sock', Listen => 1) or die 'sock';

# Where an overlay may have its upper directory: in memory, on an overlay, and a directory that is a mount of its own.
system('mount', '-t', 'tmpfs', 'tmpfs', '/var/tmp') == 0 or die '/var/tmp';
mkdir "/tmp/$_" for qw(up over over/below over/changes over/work over/all mounted);
my $layers = 'lowerdir=/tmp/over/below,upperdir=/tmp/over/changes,workdir=/tmp/over/work';
system('mount', '-t', 'overlay', '-o', $layers, 'overlay', '/tmp/over/all') == 0 or die '/tmp/over/all';
mkdir '/tmp/over/all/up';
system('mount', '-t', 'tmpfs', 'tmpfs', '/tmp/mounted') == 0 or die '/tmp/mounted';

# Of a user whom a machine may have or not.
mkdir '/tmp/owned';
chown 1000, 1000, '/tmp/owned';

my $image = '/tmp/m';
my $makeImage = sub {
  system('rm', '-rf', $image);
  system('mkdir', '-p', map { "$image/$_" } qw(etc dev proc sys tmp run root mnt usr/bin usr/lib var/log));
  symlink("usr/$_", "$image/$_") for qw(bin lib);
  symlink('usr/bin', "$image/sbin");
  system('cp', '/bin/busybox', "$image/usr/bin/busybox");
  symlink('busybox', "$image/usr/bin/$_") for qw(sh cat grep stat);
  writeFile("$image/etc/os-release", "ID=busybox\n");
  writeFile("$image/etc/passwd", "root::0:0:root:/root:/bin/sh\n");
  writeFile("$image/etc/group", "root:x:0:\n");
};

my $probe = 'grep CapBnd /proc/self/status; cat /proc/self/uid_map; stat -c "mnt %u:%g" /mnt; true';
$ENV{SYSTEMD_NSPAWN_UNIFIED_HIERARCHY} = 1;
$ENV{SYSTEMD_LOG_LEVEL} = 'err';
my @command = (
  qw(systemd-nspawn --quiet --directory=/tmp/m --machine=m --settings=trusted --register=no --keep-unit --),
  '/bin/sh', '-c', $probe
);

# The kernel takes the interfaces of a machine away some time after the machine has ended: the next one has the same names.
my $waitForInterfaces = sub {
  for (1 .. 100) {
    return unless grep { m{/v[eb]-m$} } glob('/sys/class/net/*');
    select(undef, undef, undef, 0.05);
  }
};

exchange(sub {
  my ($text) = @_;
  $waitForInterfaces->();
  # The owner of its files may have been changed by the last start.
  $makeImage->();
  writeFile('/tmp/m.nspawn', $text);
  return runSaying(sub { }, @command);
});
