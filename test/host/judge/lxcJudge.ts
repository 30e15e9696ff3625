import { decodeUtf8 } from '../../../src/hostFacts/readText.ts';
import type { LxcRelease } from '../../../src/schema/lxcTypes.ts';
import type { LxcVerdict } from '../../differential/compareLxc.ts';
import type { Suite } from '../boot/debootstrap.ts';
import type { JudgeKind } from './judge.ts';

const versions: Readonly<Record<Suite, string>> = { bookworm: '5.0.2', trixie: '6.0.4', forky: '7.0.0' };

export const lxcReleases: Readonly<Record<Suite, LxcRelease>> = { bookworm: '5.0', trixie: '6.0', forky: '7.0' };

const outcomes: Readonly<Record<string, LxcVerdict['outcome']>> = { t: 'taken', r: 'refused' };

/** How the program writes a line that is refused. */
const refused = 'r'.charCodeAt(0);

const verdictOf = ([outcome, lines, ...items]: readonly Buffer[]): LxcVerdict => ({
  outcome: outcomes[outcome?.toString() ?? ''] ?? 'crashed',
  refusedLines: [...(lines ?? [])].flatMap((one, index) => (one === refused ? [index + 1] : [])),
  items: new Map(
    items.map((item) => {
      const [key = '', ...value] = decodeUtf8(item).split('\0');
      return [key, value.join('\0')];
    }),
  ),
});

/** Reads configurations of containers with liblxc; nothing is started. */
export const lxcJudge: JudgeKind<LxcVerdict> = {
  name: (suite) => `liblxc ${versions[suite]}`,
  program: 'judgeLxc',
  isOfLxc: true,
  prepare: `
mount -t proc -o ro proc "$base/proc"
mount -t sysfs -o ro sysfs "$base/sys"
`,
  verdictOf,
};
