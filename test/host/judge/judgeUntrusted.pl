# Runs inside the root file system of a suite (see untrustedJudge.ts). For every settings file it runs systemd-nspawn on an empty
# directory with that file beside it, which is not trusted there, and answers with all that it says. The option --link-journal=
# does not go with Ephemeral=, and BindUser= does not go without a user namespace: so it says whether these lines count, and nothing is started.
use strict;
use warnings;
require '/tmp/exchange.pl';

mkdir '/tmp/m';
@ENV{qw(SYSTEMD_LOG_LEVEL SYSTEMD_NSPAWN_UNIFIED_HIERARCHY)} = ('debug', 1);
my @command = qw(systemd-nspawn --quiet --directory=/tmp/m --machine=m --link-journal=host --register=no --keep-unit);

exchange(sub {
  my ($text) = @_;
  writeFile('/tmp/m.nspawn', $text);
  my (undef, $said) = runSaying(sub { }, @command);
  return $said;
});
