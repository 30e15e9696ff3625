# What every judge has in common (see judge.ts): files come on standard input and answers go to standard output. Both ways: a
# decimal number and a newline, then that many bytes; an answer is the number of its records, then each record.
use strict;
use warnings;

$| = 1;
binmode STDIN;
binmode STDOUT;
%ENV = (PATH => '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL => 'C.UTF-8');

# Calls $judge with the text of every file that comes, and answers with the records that it gives.
sub exchange {
  my ($judge) = @_;
  while (defined(my $length = <STDIN>)) {
    my $text = '';
    while (length $text < $length) {
      read(STDIN, $text, $length - length $text, length $text) or die 'a file ended early';
    }
    my @records = $judge->($text);
    print scalar @records, "\n", map { length($_) . "\n" . $_ } @records;
  }
}

sub writeFile {
  my ($path, $text) = @_;
  open(my $file, '>:raw', $path) or die "$path: $!";
  print $file $text;
  close $file or die "$path: $!";
}

# Runs a command that is given nothing to read. Returns its wait status and all that it said; $enter is called in the child first.
sub runSaying {
  my ($enter, @command) = @_;
  my $child = fork // die "fork: $!";
  if ($child == 0) {
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/tmp/said';
    open STDERR, '>&', \*STDOUT;
    $enter->();
    exec @command or exit 127;
  }
  waitpid $child, 0;
  my $status = $?;
  open(my $said, '<:raw', '/tmp/said') or die "said: $!";
  return ($status, join '', <$said>);
}

1;
