import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LibcgroupVersion } from '../context.ts';
import type { Section, Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { destinationsOf, type Destination } from './destinations.ts';
import { isTooLong } from '../limits.ts';
import { segmentsOf, type GroupPath } from './groupPath.ts';

/** A group or a template that a cgconfig.conf defines; the span is that of its name, without quotes. */
export interface GroupBlock extends Span {
  readonly keyword: 'group' | 'template';
  /** As libcgroup takes it, and as templates are compared. */
  readonly name: string;
  readonly path: GroupPath;
  readonly isQuoted: boolean;
  /** Its `controller` sections. */
  readonly controllers: readonly Section[];
  readonly line: number;
}

/** What one cgconfig.conf or cgrules.conf says that other files are concerned with. */
export interface GroupFile {
  /** Below the directory that libcgroup reads it from, such as `cgconfig.d/web.conf`. */
  readonly name: string;
  readonly languageId: 'cgconfig' | 'cgrules';
  readonly textDocument: TextDocument;
  readonly blocks: readonly GroupBlock[];
  readonly destinations: readonly Destination[];
  /** Controllers that the file mounts at one place each, which so share their groups. */
  readonly mountedTogether: readonly (readonly string[])[];
  /** Whether its groups may lie elsewhere than their names say: below a namespace, or below a default scope of systemd. */
  readonly movesGroups: boolean;
}

const blockOf = (section: Section, text: string): readonly GroupBlock[] => {
  const { keyword, name, nameStart: start, nameEnd: end, line } = section;
  if ((keyword !== 'group' && keyword !== 'template') || name === '') return [];
  const isQuoted = text.charAt(start - 1) === '"' && text.charAt(end) === '"';
  const controllers = section.sections.filter((one) => one.keyword === 'controller');
  return [{ keyword, name, path: segmentsOf(name, start), isQuoted, controllers, start, end, line }];
};

const movesGroups = ({ keyword, entries }: Section): boolean =>
  keyword === 'namespace' || (keyword === 'systemd' && entries.some(({ key }) => key === 'setdefault'));

const mountsOf = (sections: readonly Section[]): readonly (readonly string[])[] => {
  const mounts = new Map<string, string[]>();
  for (const { keyword, entries } of sections) {
    if (keyword !== 'mount') continue;
    for (const { key, value } of entries) {
      const names = mounts.get(value) ?? [];
      mounts.set(value, names);
      for (const one of key.split(',')) names.push(one);
    }
  }
  return [...mounts.values()].filter((names) => names.length > 1);
};

/** What a file says of groups; undefined for a file type that knows of none, and for a text that is too long to be read. `name` is what others call it. */
export const groupFileOf = (file: SourceFile, name: string, version: LibcgroupVersion): GroupFile | undefined => {
  const { type, textDocument, document } = file;
  const text = textDocument.getText();
  if (isTooLong(text)) return undefined;
  switch (type.languageId) {
    case 'nspawn':
      return undefined;
    case 'cgconfig':
      return {
        name,
        languageId: type.languageId,
        textDocument,
        blocks: document.sections.flatMap((section) => blockOf(section, text)),
        destinations: [],
        mountedTogether: mountsOf(document.sections),
        movesGroups: document.sections.some(movesGroups),
      };
    case 'cgrules':
      return {
        name,
        languageId: type.languageId,
        textDocument,
        blocks: [],
        destinations: destinationsOf(document, text, version),
        mountedTogether: [],
        movesGroups: false,
      };
  }
};
