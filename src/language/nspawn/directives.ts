import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import type { DirectiveSchema } from '../../schema/types.ts';

const bySection = new Map<string, Map<string, DirectiveSchema>>(
  nspawnSchema.sections.map((section) => [section, new Map<string, DirectiveSchema>()]),
);
for (const directive of nspawnSchema.directives) bySection.get(directive.section)?.set(directive.name, directive);

/** The directives of each section by their name. Names are looked up exactly, as systemd does. */
export const directivesOf: ReadonlyMap<string, ReadonlyMap<string, DirectiveSchema>> = bySection;

/** No name stands in two sections. */
export const directiveNamed: ReadonlyMap<string, DirectiveSchema> = new Map(
  nspawnSchema.directives.map((directive) => [directive.name, directive]),
);

export const isKnownIn = (directive: DirectiveSchema, systemdVersion: number): boolean =>
  directive.since <= systemdVersion && (directive.until === undefined || systemdVersion <= directive.until);

/** What begins so belongs to somebody else; systemd passes over it without a word. */
export const isExtension = (name: string): boolean => name.startsWith('X-');
