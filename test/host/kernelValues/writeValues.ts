import assert from 'node:assert/strict';
import type { CommandHost } from '../host.ts';
import type { Cases } from './cases.ts';

/** What the kernel did with one value in a new group. */
export interface Written {
  readonly controller: string;
  readonly parameter: string;
  readonly value: string;
  readonly isTaken: boolean;
  /** What the file holds afterwards, its lines joined by blanks. */
  readonly shown: string;
}

/** One line for each case: whether it was taken, and what is shown. A file that this kernel does not have says `missing`. */
const script = `
set -f
while IFS='	' read -r directory parameter value; do
  group=$directory/nspawn-test-values
  mkdir "$group" || exit 1
  if [ ! -e "$group/$parameter" ]; then answer=missing
  elif printf %s "$value" 2>/dev/null >"$group/$parameter"; then answer=taken
  else answer=refused
  fi
  shown=$(tr '\\n' ' ' <"$group/$parameter" 2>/dev/null)
  [ "$parameter" = freezer.state ] && echo THAWED >"$group/$parameter"
  rmdir "$group"
  printf '%s\\t%s\\n' "$answer" "$shown"
done
`;

const deviceOf = async (host: CommandHost): Promise<string> => {
  const { stdout } = await host.run('sh', ['-c', 'cat /sys/block/*/dev']);
  return stdout.split('\n')[0] ?? '';
};

/**
 * Writes each value to a group that is made for it and removed again.
 * @param directoryOf where the groups of a controller are made
 */
export const writeValues = async (
  host: CommandHost,
  cases: Cases,
  directoryOf: (controller: string) => string,
): Promise<readonly Written[]> => {
  const device = await deviceOf(host);
  const all = Object.entries(cases).flatMap(([controller, parameters]) =>
    Object.entries(parameters).flatMap(([parameter, values]) =>
      values.map((value) => ({ controller, parameter, value: value.replace('DEVICE', device) })),
    ),
  );
  const input = all.map((one) => `${directoryOf(one.controller)}\t${one.parameter}\t${one.value}\n`).join('');
  const { exitCode, stdout, stderr } = await host.run('sh', ['-c', script], { input, timeoutMs: 300_000 });
  assert.equal(exitCode, 0, stderr);
  const answers = stdout.split('\n').slice(0, -1);
  assert.equal(answers.length, all.length, stderr);
  return all.flatMap((one, index) => {
    const [answer = '', shown = ''] = answers[index]?.split('\t') ?? [];
    return answer === 'missing' ? [] : [{ ...one, isTaken: answer === 'taken', shown: shown.trim() }];
  });
};
