import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../src/language/context.ts';
import type { Context } from '../../src/language/context.ts';
import type { Finding } from '../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import type { Difference } from './difference.ts';
import { isJudgedElsewhere } from './exceptions.ts';

/** What systemd-nspawn did with a file, as far as we want to agree: in lines, not in words. */
export interface RealVerdict {
  /** Lines of which it said something, ascending, each once. */
  readonly lines: readonly number[];
  readonly refusedAt?: number;
  /** Why settings do not go together, in its words. */
  readonly verify?: string;
}

export const nspawnContext = (systemdVersion: number, trust: 'trusted' | 'untrusted' = 'trusted'): Context => ({
  ...defaultContext,
  systemdVersion,
  place: { trust },
  architecture: 'x86-64',
});

export const findingsOf = (
  text: string,
  systemdVersion: number,
  trust: 'trusted' | 'untrusted' = 'trusted',
): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///m.nspawn', 'nspawn', 0, text), 'nspawn');
  if (file === undefined) throw new Error('there is no language called nspawn');
  const filters = file.document.sections.flatMap(({ entries }) =>
    entries.filter(({ key }) => key === 'SystemCallFilter'),
  );
  // Words of a would-be comment are unknown system calls there, of which systemd says nothing when it reads the file.
  const isUnknownCall = ({ rule, start }: Finding): boolean =>
    rule === 'comment-after-value' && filters.some((entry) => entry.start <= start && start < entry.end);
  return languageFeatures
    .diagnose(file, nspawnContext(systemdVersion, trust))
    .filter((finding) => !isUnknownCall(finding));
};

/** Where our findings and the real verdict of a file differ. What stands behind a line that refuses the file counts no more. */
export const compare = (real: RealVerdict, all: readonly Finding[]): Difference[] => {
  const findings = all.filter((finding) => !isJudgedElsewhere(finding));
  const refusals = findings.filter(({ effect }) => effect === 'file-refused').map(({ line }) => line);
  const ours = Math.min(Infinity, ...refusals);
  const theirs = real.refusedAt ?? Infinity;
  const differences: Difference[] = [];
  const at = (line: number): Finding[] => findings.filter((finding) => finding.line === line);
  if (ours !== theirs) {
    const line = Math.min(ours, theirs);
    differences.push({ kind: 'file', line, only: ours < theirs ? 'ours' : 'real', findings: at(line) });
  }
  const end = Math.min(ours, theirs);
  const realLines = new Set(real.lines);
  const ourLines = new Set(findings.filter(({ effect }) => effect === 'ignored').map(({ line }) => line));
  for (const line of [...new Set([...realLines, ...ourLines])].sort((a, b) => a - b))
    if (line < end && realLines.has(line) !== ourLines.has(line))
      differences.push({ kind: 'line', line, only: realLines.has(line) ? 'real' : 'ours', findings: at(line) });
  if (end === Infinity) {
    const refusing = findings.filter(({ effect }) => effect === 'start-refused');
    if (refusing.length > 0 !== (real.verify !== undefined))
      differences.push({ kind: 'verify', only: refusing.length > 0 ? 'ours' : 'real', findings: refusing });
  }
  return differences;
};
