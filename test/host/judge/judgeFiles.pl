# Runs inside the root file system of a suite, in namespaces of its own (see nspawnJudge.ts). For every settings file it runs
# systemd-nspawn on an empty directory with that file beside it, and answers with everything that it logged. Records are taken
# from a journal socket of our own: there every message has the function that it came from and the line of the settings file
# as fields, and nothing has to be guessed from its text.
use strict;
use warnings;
use Socket;
require '/tmp/exchange.pl';

my $journal = '/run/systemd/journal/socket';
mkdir $_ for '/run/systemd', '/run/systemd/journal', '/tmp/m';
socket(my $log, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
bind($log, pack_sockaddr_un($journal)) or die "bind: $!";
setsockopt($log, SOL_SOCKET, SO_RCVBUF, pack('i', 8 << 20));

@ENV{qw(SYSTEMD_LOG_TARGET SYSTEMD_LOG_LEVEL SYSTEMD_NSPAWN_UNIFIED_HIERARCHY)} = ('journal', 'warning', 1);
my $settings = -e '/tmp/untrusted' ? 'yes' : 'trusted';
my @command = (
  qw(systemd-nspawn --quiet --directory=/tmp/m --machine=m --register=no --keep-unit), "--settings=$settings"
);

my $takeRecords = sub {
  my ($records) = @_;
  my $record;
  push @$records, $record while defined recv($log, $record, 1 << 17, MSG_DONTWAIT);
};

exchange(sub {
  my ($text) = @_;
  writeFile('/tmp/m.nspawn', $text);

  # The writing end is closed when the child and all that it may have started have ended.
  pipe(my $ended, my $alive) or die "pipe: $!";
  my $child = fork // die "fork: $!";
  if ($child == 0) {
    $^F = fileno $alive;
    fcntl($alive, 2, 0);
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>&', \*STDOUT;
    exec @command or exit 127;
  }
  close $alive;
  my @records;
  while (1) {
    my $wanted = '';
    vec($wanted, fileno $log, 1) = 1;
    vec($wanted, fileno $ended, 1) = 1;
    select($wanted, undef, undef, undef);
    $takeRecords->(\@records);
    last if vec($wanted, fileno $ended, 1);
  }
  waitpid $child, 0;
  push @records, "MESSAGE=systemd-nspawn ended with wait status $?\nCODE_FUNC=judge\n" if $? & 127 || $? >> 8 == 127;
  $takeRecords->(\@records);
  return @records;
});
