import manifest from '../../package.json' with { type: 'json' };

export interface LintOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const help = `Usage: nspawn-lint [OPTION] FILE…

Checks .nspawn files as systemd-nspawn reads them.

  --help     show this and exit
  --version  show the version and exit

Exit code: 0 nothing found, 1 problems found, 2 the check could not be made.
`;

/** The whole program but for the process: returns its exit code. */
export const runLint = (args: readonly string[], { out, error }: LintOutput): 0 | 2 => {
  if (args.includes('--help') || args.includes('-h')) {
    out(help);
    return 0;
  }
  if (args.includes('--version')) {
    out(`nspawn-lint ${manifest.version}\n`);
    return 0;
  }
  const option = args.find((arg) => arg.startsWith('-') && arg !== '-');
  if (option !== undefined) error(`nspawn-lint: unknown option ${option}; see nspawn-lint --help\n`);
  else if (args.length === 0) error('nspawn-lint: no file given; see nspawn-lint --help\n');
  else error(`nspawn-lint: version ${manifest.version} has no rules yet, so nothing was checked\n`);
  return 2;
};
