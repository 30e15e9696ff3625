# Runs inside the root file system of a suite (see cgconfigJudge.ts). For every cgconfig.conf it runs cgconfigparser as nobody,
# and answers with how that ended, as a number like $?, with what it printed, and with the milliseconds of
# processor time that it took and those from its start to its end. libcgroup takes from /proc which
# controllers there are and where they are mounted: that is written here, and they are mounted nowhere.
use strict;
use warnings;
use Time::HiRes;
require '/tmp/exchange.pl';

my $nobody = 65534;
my @controllers = qw(
  cpuset cpu cpuacct io blkio memory devices freezer net_cls perf_event net_prio hugetlb pids rdma misc dmem
);
# The hierarchy that systemd has for itself is none that libcgroup sees.
my @named = qw(web db);

my $groups = '/sys/fs/cgroup';
mkdir $_ for '/proc/self', '/sys/fs', $groups, map { "$groups/$_" } @controllers, @named;
writeFile('/proc/cgroups', join '', "#subsys_name\thierarchy\tnum_cgroups\tenabled\n", map { "$_\t1\t1\t1\n" } @controllers);
my $mounts = join '', map { "cgroup $groups/$_ cgroup rw,$_ 0 0\n" } @controllers;
$mounts .= join '', map { "cgroup $groups/$_ cgroup rw,name=$_ 0 0\n" } @named;
writeFile($_, $mounts) for '/proc/mounts', '/proc/self/mounts';

# Every name that a file may mean exists: libcgroup only looks up what does not begin with a number. A placeholder of a template
# is no name of anybody.
my $provideUsers = sub {
  my ($text) = @_;
  (my $withoutComments = $text) =~ s/^(?:[ \t]*#|\*).*$//mg;
  my @words = map { s/"//gr } map { /"[^"]*"|[A-Za-z0-9_\-\/.,%\@\\]+/g } $text, $withoutComments;
  my %names = map { $_ => 1 } grep { /^[^ \t:\n\0][^:\n\0]*$/ && !/^[+-]?\d/ && !/%[uUgGpP]/ } @words;
  writeFile('/tmp/passwd', join '', map { "$_:x:1000:1000::/:/bin/sh\n" } 'root', sort keys %names);
  writeFile('/tmp/group', join '', map { "$_:x:1000:\n" } 'root', sort keys %names);
};

# Only so it says which controller it does not find.
$ENV{CGROUP_LOGLEVEL} = 'DEBUG' unless -e '/tmp/quiet';

my $becomeNobody = sub {
  ($(, $)) = ($nobody, "$nobody $nobody");
  ($<, $>) = ($nobody, $nobody);
};

# Seconds, user and system, of all that was run and has ended.
sub childTime {
  my (undef, undef, $user, $system) = times;
  return $user + $system;
}

exchange(sub {
  my ($text) = @_;
  writeFile('/tmp/cgconfig.conf', $text);
  $provideUsers->($text);
  my ($began, $start) = (childTime(), Time::HiRes::time());
  my ($status, $said) = runSaying($becomeNobody, qw(cgconfigparser -l /tmp/cgconfig.conf));
  my ($took, $wall) = (childTime() - $began, Time::HiRes::time() - $start);
  my $words = join '', grep { !/^(?:[Ff]ound |controller )/ } split /^/, $said;
  return ($status, $words, 1000 * $took, 1000 * $wall);
});
