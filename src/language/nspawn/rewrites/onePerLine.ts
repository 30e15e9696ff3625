import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { lineEndOf } from '../lines.ts';
import { assignmentHead, type RewriteOf } from './rewriteOf.ts';

interface Several {
  readonly separator: RegExp;
  /** What each of them looks like, so that a blank within a path is left alone. */
  readonly one: RegExp;
}

const paths: Several = { separator: /[ \t]+(?=\+?\/)/u, one: /^\+?\// };

/** Kinds that take one thing a line, though people write several. */
const severalOf: Readonly<Partial<Record<ValueType['kind'], Several>>> = {
  bind: paths,
  overlay: paths,
  tmpfs: paths,
  inaccessible: paths,
  port: { separator: /[ \t,]+/u, one: /^(?:tcp:|udp:)?[0-9][\w:]*$/u },
  vethPair: { separator: /[ \t,]+/u, one: /^[^\s,]+$/u },
};

/** Several paths, ports or pairs on one line, which systemd takes for one, get a line each. */
export const onePerLine: RewriteOf = ({ text, entry, type }) => {
  const several = severalOf[type.kind];
  if (several === undefined || entry.pieces !== undefined) return [];
  const parts = entry.value.split(several.separator);
  if (parts.length < 2 || !parts.every((part) => several.one.test(part) && !part.endsWith('\\'))) return [];
  const head = assignmentHead(text, entry);
  return [
    {
      title: l10n.t`Split into ${parts.length} ${entry.key}= lines`,
      changes: [{ start: entry.start, end: entry.end, text: parts.map((part) => head + part).join(lineEndOf(text)) }],
    },
  ];
};
