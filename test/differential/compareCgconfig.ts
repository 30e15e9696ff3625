import { TextDocument } from 'vscode-languageserver-textdocument';
import { readTokens } from '../../src/language/cgconfig/tokens.ts';
import { defaultContext } from '../../src/language/context.ts';
import type { LibcgroupVersion } from '../../src/language/context.ts';
import type { Finding } from '../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import type { Difference } from './difference.ts';

/** What cgconfigparser did with a file. */
export interface CgconfigVerdict {
  /** `unmounted`: refused since 3.0, because it names a controller that is mounted nowhere. */
  readonly outcome: 'taken' | 'refused' | 'unmounted' | 'crashed';
  /** The one that it named. It does not count those inside of quotes. */
  readonly line?: number;
  /** A mount, a namespace or a call to systemd failed before it could look at all of them. */
  readonly isStoppedEarly?: boolean;
  /** How long it ran, in milliseconds. */
  readonly ms?: number;
  /** Milliseconds from its start to its end. */
  readonly wallMs?: number;
  /** Its words. */
  readonly said?: readonly string[];
}

export const findingsOfCgconfig = (text: string, libcgroupVersion: LibcgroupVersion): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///etc/cgconfig.conf', 'cgconfig', 0, text), 'cgconfig');
  if (file === undefined) throw new Error('there is no language called cgconfig');
  return languageFeatures.diagnose(file, { ...defaultContext, libcgroupVersion });
};

/** What only the loader refuses, after it has mounted what the file wants mounted and asked systemd for what stands above. */
const judgedAfterMounting = new Set(['systemd-incomplete', 'repeated-namespace']);

/** A hierarchy without controllers, of which the judge knows two and we take every one as mounted. */
const namesHierarchy = /"name=(?!(?:web|db)?")/u;

/** The line as libcgroup counts it. */
const countedLine = (text: string, { start, line }: Finding): number =>
  readTokens(text)
    .tokens.filter((token) => token.kind === 'string' && token.end <= start)
    .reduce((rest, token) => rest - (token.text.split('\n').length - 1), line);

/** Whether we and cgconfigparser of that version take and refuse the same, and we show the mistake not behind its line. */
export const compareCgconfig = (text: string, real: CgconfigVerdict, version: LibcgroupVersion): Difference[] => {
  const findings = findingsOfCgconfig(text, version);
  const refusals = findings.filter(
    ({ effect, rule }) => effect === 'file-refused' && !(real.isStoppedEarly === true && judgedAfterMounting.has(rule)),
  );
  const unmounted = version === '2.0.2' ? [] : findings.filter(({ rule }) => rule === 'unknown-controller');
  if (real.outcome === 'unmounted')
    return unmounted.length > 0 || namesHierarchy.test(text)
      ? []
      : [{ kind: 'file', only: 'real', findings: refusals }];
  if (real.outcome === 'crashed' && findings.some(({ rule }) => rule === 'mount-names-too-long')) return [];
  const isRefused = real.outcome !== 'taken';
  const ours = isRefused ? refusals : [...refusals, ...unmounted];
  if (ours.length > 0 !== isRefused)
    return [{ kind: 'file', only: isRefused ? 'real' : 'ours', findings: isRefused ? [] : ours }];
  const [first] = refusals;
  if (first === undefined || real.line === undefined || countedLine(text, first) <= real.line) return [];
  return [{ kind: 'line', line: real.line, only: 'real', findings: [first] }];
};
