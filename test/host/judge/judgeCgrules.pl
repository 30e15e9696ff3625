# Runs inside the root file system of a suite (see cgrulesJudge.ts). For every cgrules.conf it runs cgrulesengd, and answers
# with how that ended, as a number like $?, and with what it printed. The daemon reads its rules, then the templates of
# cgconfig.conf; that file is a mistake here, so it always ends before it looks at any process.
use strict;
use warnings;
require '/tmp/exchange.pl';

mkdir $_ for '/proc/self', '/sys/fs', '/sys/fs/cgroup';
writeFile('/proc/cgroups', "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t1\t1\nmemory\t1\t1\t1\n");
my $mounts = "cgroup /sys/fs/cgroup cgroup rw,cpu,memory 0 0\n";
writeFile($_, $mounts) for '/proc/mounts', '/proc/self/mounts';
writeFile('/tmp/cgconfig.conf', "mistake\n");

# Every name that a file may mean exists; numbers are names of nobody.
my $provideUsers = sub {
  my ($text) = @_;
  my %names = map { $_ => 1 } grep { !/^\d*$/ && !/^[*%]/ } map { ($_, s/"//gr) } $text =~ /[^\s:#@,\0]+/g;
  writeFile('/tmp/passwd', join '', map { "$_:x:1000:1000::/:/bin/sh\n" } 'root', sort keys %names);
  writeFile('/tmp/group', join '', map { "$_:x:1000:\n" } 'root', sort keys %names);
};

$ENV{CGROUP_LOGLEVEL} = 'WARNING';

exchange(sub {
  my ($text) = @_;
  writeFile('/tmp/cgrules.conf', $text);
  $provideUsers->($text);
  return runSaying(sub { }, qw(cgrulesengd -n -q));
});
