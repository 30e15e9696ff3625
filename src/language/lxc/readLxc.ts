import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { Included } from '../includes.ts';
import { longestText } from '../limits.ts';
import { shownPath } from '../shown.ts';
import { keyNamed } from './keys.ts';
import { Reading } from './reading.ts';
import { checkLax, mistakeFinding, oldBackend, refusalOf, unknownKeyFinding, whole } from './refusals.ts';
import { includeMissing, includesItself, missingEquals, settingsWiped } from './rules.ts';
import { checkTaken } from './taken.ts';

/** An included file, once for each time that it is read. Its lines stand behind all that the text itself can have. */
export interface IncludedPart {
  /** The offset that its beginning stands for. */
  readonly base: number;
  readonly path: string;
  readonly file: SourceFile;
  /** The line of the text itself that leads to it. */
  readonly by: Entry;
}

/** A configuration with all that it includes, as LXC reads it. */
export interface ReadConfiguration {
  /** What is wrong with each line, judged behind those above it that are taken. */
  readonly findings: readonly Finding[];
  /** What they have set up together. */
  readonly reading: Reading;
  /** In the order in which they are read. */
  readonly parts: readonly IncludedPart[];
  /** All settings that LXC takes, in that order. */
  readonly taken: readonly Entry[];
  /** What is included and was not read, as it is written. */
  readonly unread: readonly string[];
}

/** LXC has no limit but its memory; nobody has written more than this by hand. */
const mostDepth = 30;
const mostParts = 300;
const mostLines = 20_000;

/** The path without what stands for nothing, as it is compared. */
const plainPath = (path: string): string => path.replaceAll(/\/(?:\.?\/)+/gu, '/');

const movedTo = (entry: Entry, { base, path }: IncludedPart): Entry => ({
  ...entry,
  start: base + entry.start,
  end: base + entry.end,
  keyStart: base + entry.keyStart,
  keyEnd: base + entry.keyEnd,
  valueStart: base + entry.valueStart,
  valueEnd: base + entry.valueEnd,
  file: path,
});

const wipedFinding = (wiped: Entry, by: Entry): Finding => {
  const message =
    by.file === undefined || by.file === wiped.file
      ? l10n.t`The type in line ${by.line} wipes this: put the type first.`
      : l10n.t`The type in line ${by.line} of ${shownPath(by.file)} wipes this: put the type first.`;
  const related = [{ start: by.start, end: by.end, message: by.key }];
  return { ...found(settingsWiped, wiped, wiped.line, message, { related }), tag: 'unnecessary' };
};

/** Reads a file line by line, and what is included at its place. */
class Reader {
  readonly findings: Finding[] = [];
  readonly parts: IncludedPart[] = [];
  readonly taken: Entry[] = [];
  readonly unread: string[] = [];
  readonly reading: Reading;
  private readonly context: Context;
  private next = longestText + 1;
  private linesLeft = mostLines;

  constructor(context: Context) {
    this.context = context;
    this.reading = new Reading(context.place.isFragment === true);
  }

  /** `open` are the files that are being read: the one that these lines are of and those that have led to it. */
  readLines({ loose }: ConfigDocument, open: readonly string[], part?: IncludedPart): void {
    const hasBackend = loose.some(({ key }) => key === oldBackend);
    for (const written of loose) {
      const entry = part === undefined ? written : movedTo(written, part);
      const named = keyNamed(entry.key);
      if (named === undefined) {
        this.findings.push(unknownKeyFinding(entry, this.reading, hasBackend));
        this.reading.readUnknown(entry);
        continue;
      }
      const refusal = refusalOf(entry, named, this.reading, this.context);
      const lax = refusal === undefined ? checkLax(entry, named, this.reading) : undefined;
      const isRefused = refusal !== undefined || lax?.effect === 'file-refused';
      if (refusal !== undefined) this.findings.push(refusal);
      if (lax !== undefined) this.findings.push(lax);
      if (!isRefused) {
        this.findings.push(...checkTaken(entry, named));
        this.taken.push(entry);
      }
      for (const wiped of this.reading.read(entry, named, isRefused)) this.findings.push(wipedFinding(wiped, entry));
      if (named.key.value.kind === 'include' && entry.value !== '') this.readInclude(entry, open, part?.by ?? written);
    }
  }

  private readInclude(entry: Entry, open: readonly string[], by: Entry): void {
    const path = entry.value;
    const at = this.context.includes?.at;
    // One that is not absolute begins where the tool was called.
    const included = path.startsWith('/') ? at?.get(path) : undefined;
    if (included?.kind === 'directory')
      for (const one of included.paths) this.readPath(one, at?.get(one), true, entry, open, by);
    else this.readPath(path, included, false, entry, open, by);
  }

  private readPath(
    path: string,
    included: Included | undefined,
    isInDirectory: boolean,
    entry: Entry,
    open: readonly string[],
    by: Entry,
  ): void {
    if (open.includes(plainPath(path))) {
      const message =
        open.at(-1) === plainPath(path)
          ? l10n.t('This file includes itself, at which every tool of LXC that reads it crashes.')
          : l10n.t`This leads back to ${shownPath(path)}, at which every tool of LXC that reads it crashes.`;
      this.findings.push(found(includesItself, entry, entry.line, message));
      return;
    }
    switch (included?.kind) {
      case 'file': {
        this.linesLeft -= included.file.document.loose.length;
        if (open.length >= mostDepth || this.parts.length >= mostParts || this.linesLeft < 0) this.readUnknown(path);
        else this.readPart({ path, file: included.file, by }, open);
        break;
      }
      case 'absent':
      case 'noDirectory':
        // A directory that is not there is as good as an empty one.
        if (included.kind === 'noDirectory' || isInDirectory || !path.endsWith('/')) {
          const message =
            included.kind === 'absent'
              ? l10n.t`This host has no ${shownPath(path)} to include.`
              : l10n.t`On this host ${shownPath(path)} is a file, and is written as a directory here.`;
          this.findings.push(found(includeMissing, entry, entry.line, `${message} ${whole()}`));
        }
        break;
      case 'directory':
        // LXC goes no deeper.
        break;
      case 'unknown':
      case undefined:
        this.readUnknown(path);
    }
  }

  private readUnknown(path: string): void {
    this.unread.push(path);
    this.reading.readUnknownFile(path);
  }

  private readPart(of: Omit<IncludedPart, 'base'>, open: readonly string[]): void {
    const part = { ...of, base: this.next };
    const { document, textDocument } = of.file;
    const text = textDocument.getText();
    this.next += text.length + 1;
    this.parts.push(part);
    for (const mistake of document.mistakes) {
      if (mistake.rule !== missingEquals.id) continue;
      const finding = mistakeFinding(mistake, text);
      this.findings.push({ ...finding, start: part.base + finding.start, end: part.base + finding.end });
    }
    this.readLines(document, [...open, plainPath(of.path)], part);
  }
}

interface Known extends Pick<Context, 'lxcVersion' | 'includes'> {
  readonly isFragment: boolean;
  readonly read: ReadConfiguration;
}

const known = new WeakMap<ConfigDocument, Known>();

/** Reads a configuration, once for each text and what is known beside it: what it names of the host is asked apart from its findings. */
export const readLxc = (document: ConfigDocument, context: Context): ReadConfiguration => {
  const { lxcVersion, includes } = context;
  const isFragment = context.place.isFragment === true;
  const last = known.get(document);
  if (last?.lxcVersion === lxcVersion && last.includes === includes && last.isFragment === isFragment) return last.read;
  const reader = new Reader(context);
  reader.readLines(document, includes?.from === undefined ? [] : [plainPath(includes.from)]);
  const { findings, reading, parts, taken, unread } = reader;
  const read = { findings, reading, parts, taken, unread };
  known.set(document, { lxcVersion, ...(includes === undefined ? {} : { includes }), isFragment, read });
  return read;
};
