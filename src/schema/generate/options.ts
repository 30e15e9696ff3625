/** The options of systemd-nspawn's command line, to see that what we say about them is still true. */
import { functionBody } from './cText.ts';

/** With their dashes; `nspawn` is nspawn.c without comments, of any version. */
export const parseOptions = (nspawn: string): ReadonlySet<string> => {
  const options = new Set<string>();
  const add = (dashes: string, name: string | undefined): void => {
    if (name !== undefined && name !== '') options.add(dashes + name);
  };
  // Since 262: OPTION('a', "as-pid2", …), OPTION_LONG("bind", …), OPTION_LONG_FLAGS(FLAGS, "volatile", …), OPTION_SHORT('U', …)
  for (const [, short, long] of nspawn.matchAll(
    /\bOPTION(?!_GROUP)\w*\((?:[A-Z_|\s]+,\s*)?(?:'(\w)')?(?:,?\s*"([a-z0-9-]+)")?/gu,
  )) {
    add('-', short);
    add('--', long);
  }
  // Before: getopt's table, and its string of letters.
  for (const [, long] of nspawn.matchAll(/\{\s*"([a-z0-9-]+)",\s*(?:no|required|optional)_argument\b/gu))
    add('--', long);
  const letters = /getopt_long\(argc,\s*argv,\s*"([^"]+)"/u.exec(functionBody(nspawn, 'parse_argv') ?? '')?.[1] ?? '';
  for (const [letter] of letters.matchAll(/\w/gu)) add('-', letter);
  return options;
};
