import type { UnitSetting } from '../unitSettings.ts';
import type { MigratedFile } from '../../../protocol/migration.ts';

/** Where units of the administrator are. */
export const unitDirectory = '/etc/systemd/system';

/** Settings with what has to be said about them. */
export interface UnitPart {
  readonly comments: readonly string[];
  readonly settings: readonly UnitSetting[];
}

export interface UnitDraft {
  readonly path: string;
  readonly section: 'Slice' | 'Service' | 'Scope';
  /** Of a unit that has no other file. */
  readonly description?: string;
  readonly parts: readonly UnitPart[];
}

/** On one line, whatever was written. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
const comment = (text: string): string => `# ${oneLine(text)}`;

/** Makes files of drafts; those of one path become one, in the order that they come in. */
export const renderUnits = (drafts: readonly UnitDraft[]): readonly MigratedFile[] => {
  const byPath = new Map<string, UnitDraft[]>();
  for (const draft of drafts) {
    const known = byPath.get(draft.path);
    if (known === undefined) byPath.set(draft.path, [draft]);
    else known.push(draft);
  }
  return [...byPath].map(([path, [first, ...more]]) => {
    const { description, section } = first ?? { section: 'Slice' };
    const parts = [first, ...more].flatMap((draft) => draft?.parts ?? []);
    const head =
      description === undefined ? '' : `[Unit]\nDescription=${oneLine(description).replaceAll('%', '%%')}\n\n`;
    const lines = parts.flatMap(({ comments, settings }) => [
      ...comments.map(comment),
      ...settings.map(({ key, value }) => `${key}=${value}`),
    ]);
    return { path, text: `${head}[${section}]\n${lines.map((line) => `${line}\n`).join('')}` };
  });
};
