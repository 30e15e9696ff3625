import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import { inOneLine } from '../markdown.ts';
import { checkLxc } from './check.ts';
import { countingIn } from './inherited.ts';
import { readLxc } from './readLxc.ts';

/** A page with all that counts of a configuration and of what it includes. */
interface EffectivePage {
  readonly lines: readonly string[];
  /** Lines of the page that name one of a file, by their index. */
  readonly origins: ReadonlyMap<number, { readonly path: string; readonly line: number }>;
  /** The lines of its id map that count. */
  readonly idMap: readonly Entry[];
}

/** A value as LXC reads it again, with quotes where it would lose something without. */
const written = ({ key, value }: Entry): string =>
  `${key} = ${/^[\s"']|[\s"']$/u.test(value) ? `"${value}"` : value}`.trimEnd();

/** What a configuration at that path comes to, with the line that each setting stands in, and what does not count and why. */
export const effectivePage = (
  document: ConfigDocument,
  text: string,
  path: string,
  context: Context,
): EffectivePage => {
  const { taken, reading, parts, unread } = readLxc(document, context);
  const place = ({ file = path, line }: Entry): string => `${inOneLine(file)}:${line}`;
  const countsNow = countingIn(reading);
  const settings = taken.filter(({ key, value }) => value !== '' && key !== 'lxc.include');
  const byKey = new Map<string, Entry[]>();
  for (const entry of settings) {
    const before = byKey.get(entry.key);
    if (before === undefined) byKey.set(entry.key, [entry]);
    else before.push(entry);
  }
  const lines: string[] = [];
  const origins = new Map<number, { readonly path: string; readonly line: number }>();
  const name = (said: string, { file = path, line }: Entry): void => {
    origins.set(lines.length, { path: file, line });
    lines.push(said);
  };
  lines.push(
    `# ${l10n.t`What counts of this configuration and of all that it includes, as LXC ${context.lxcVersion} reads it.`}`,
  );
  lines.push(`# ${l10n.t('Files, in the order in which they are read:')}`);
  for (const one of [path, ...new Set(parts.map((part) => part.path))]) {
    origins.set(lines.length, { path: one, line: 1 });
    lines.push(`#   ${inOneLine(one)}`);
  }
  for (const one of new Set(unread))
    lines.push(`# ${l10n.t`Not read, so it may change any of this: ${inOneLine(one)}`}`);
  const refusal = checkLxc(document, text, context).find(({ effect }) => effect === 'file-refused');
  if (refusal !== undefined)
    lines.push(`# ${l10n.t`LXC takes none of this. Line ${refusal.line}: ${refusal.message}`}`);
  const lost: Entry[] = [];
  for (const entries of byKey.values()) {
    for (const entry of entries) {
      if (!countsNow(entry)) {
        lost.push(entry);
        continue;
      }
      lines.push('');
      name(`# ${place(entry)}`, entry);
      lines.push(written(entry));
    }
  }
  if (lost.length > 0) lines.push('', `# ${l10n.t('What does not count:')}`);
  for (const entry of lost) {
    const by = reading.clearedBy.get(entry) ?? byKey.get(entry.key)?.at(-1);
    lines.push('#');
    name(`# ${place(entry)}`, entry);
    lines.push(`#   ${written(entry)}`);
    if (by === undefined) continue;
    const at = inOneLine(by.file ?? path);
    const why = reading.clearedBy.has(entry)
      ? l10n.t`Line ${by.line} of ${at} clears it`
      : l10n.t`Line ${by.line} of ${at} sets it anew`;
    name(`#   ${why}`, by);
  }
  return { lines: [...lines, ''], origins, idMap: reading.entriesOf('lxc.idmap') };
};
