import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LibcgroupVersion } from '../context.ts';
import type { Section, Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { destinationsOf, type Destination } from './destinations.ts';
import { isTooLong } from '../limits.ts';
import { once } from '../once.ts';
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
  /** Whether one of them is a template. */
  readonly hasTemplates: boolean;
  readonly destinations: readonly Destination[];
  /** Controllers that the file mounts at one place each, which so share their groups. */
  readonly mountedTogether: readonly (readonly string[])[];
  /** Whether its groups may lie elsewhere than their names say: below a namespace, or below a default scope of systemd. */
  readonly movesGroups: boolean;
}

/** A block of a file; its parts are looked at when they are asked for, as most files have none beside them to be compared with. */
class FileBlock implements GroupBlock {
  readonly keyword: 'group' | 'template';
  readonly #section: Section;
  readonly #text: string;
  #path: GroupPath | undefined;
  #controllers: readonly Section[] | undefined;

  constructor(keyword: 'group' | 'template', section: Section, text: string) {
    this.keyword = keyword;
    this.#section = section;
    this.#text = text;
  }

  get name(): string {
    return this.#section.name;
  }

  get start(): number {
    return this.#section.nameStart;
  }

  get end(): number {
    return this.#section.nameEnd;
  }

  get line(): number {
    return this.#section.line;
  }

  get path(): GroupPath {
    this.#path ??= segmentsOf(this.name, this.start);
    return this.#path;
  }

  get isQuoted(): boolean {
    return this.#text.charAt(this.start - 1) === '"' && this.#text.charAt(this.end) === '"';
  }

  get controllers(): readonly Section[] {
    this.#controllers ??= this.#section.sections.filter((one) => one.keyword === 'controller');
    return this.#controllers;
  }
}

const blocksOf = (sections: readonly Section[], text: string): readonly GroupBlock[] => {
  const blocks: GroupBlock[] = [];
  for (const section of sections) {
    const { keyword, name } = section;
    if ((keyword === 'group' || keyword === 'template') && name !== '')
      blocks.push(new FileBlock(keyword, section, text));
  }
  return blocks;
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

const readGroupFile = (file: SourceFile, name: string, version: LibcgroupVersion): GroupFile | undefined => {
  const { type, textDocument, document } = file;
  const text = textDocument.getText();
  if (isTooLong(text)) return undefined;
  switch (type.languageId) {
    case 'nspawn':
    case 'lxc':
    case 'lxcsystem':
    case 'lxcusernet':
    case 'lxcnet':
      return undefined;
    case 'cgconfig': {
      // Most files have none beside them to be compared with.
      const blocks = once(() => blocksOf(document.sections, text));
      return {
        name,
        languageId: type.languageId,
        textDocument,
        get blocks() {
          return blocks();
        },
        hasTemplates: document.sections.some(({ keyword }) => keyword === 'template'),
        destinations: [],
        mountedTogether: mountsOf(document.sections),
        movesGroups: document.sections.some(movesGroups),
      };
    }
    case 'cgrules':
      return {
        name,
        languageId: type.languageId,
        textDocument,
        blocks: [],
        hasTemplates: false,
        destinations: destinationsOf(document, text, version),
        mountedTogether: [],
        movesGroups: false,
      };
  }
};

const known = new WeakMap<SourceFile, Map<string, GroupFile | undefined>>();

/**
 * What a file says of groups; undefined for a file type that knows of none, and for a text that is too long to be read. `name` is what
 * others call it. The same object each time: every feature asks for it anew, and the blocks of a long file are many.
 */
export const groupFileOf = (file: SourceFile, name: string, version: LibcgroupVersion): GroupFile | undefined => {
  const read = known.get(file) ?? new Map<string, GroupFile | undefined>();
  known.set(file, read);
  const key = `${version} ${name}`;
  if (!read.has(key)) read.set(key, readGroupFile(file, name, version));
  return read.get(key);
};
