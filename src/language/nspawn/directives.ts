import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import type { DirectiveSchema } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import type { Entry, Section } from '../document.ts';
import { hasTrustHole } from '../../schema/systemdRelease.ts';

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

/** Directives that name what has to be there: of the host, such as a directory or a network interface, or of the image. */
const needing: ReadonlySet<string> = new Set([
  ...['Bind', 'BindReadOnly', 'BindUser', 'Overlay', 'OverlayReadOnly', 'Inaccessible', 'PivotRoot'],
  ...['User', 'WorkingDirectory', 'MachineID', 'CPUAffinity'],
  ...['Interface', 'MACVLAN', 'IPVLAN', 'Bridge', 'NamespacePath'],
]);

/** Whether a machine with that line starts only where what it names is there, which no text tells. */
export const namesOutside = (section: Section, { key, value }: Entry): boolean =>
  value !== '' && needing.has(key) && directivesOf.get(section.name)?.has(key) === true;

/** What CVE-2026-40226 lets count beside an image. */
const throughHole: ReadonlySet<string> = new Set(['Ephemeral', 'BindUser']);

/** Whether systemd leaves out a directive in a file that lies beside an image. */
export const isLeftOutBeside = ({ name, trust, ignoredSince }: DirectiveSchema, context: Context): boolean =>
  trust === 'ignored' &&
  (throughHole.has(name) ? !hasTrustHole(context) : (ignoredSince ?? 0) <= context.systemdVersion);

/** Whether it leaves out the directive because of where the file lies. */
export const isLeftOutHere = (directive: DirectiveSchema, context: Context): boolean =>
  context.place.trust === 'untrusted' && isLeftOutBeside(directive, context);

/** Whether it takes one there that it should leave out, as later releases do. */
export const countsUntrusted = (directive: DirectiveSchema, context: Context): boolean =>
  directive.trust === 'ignored' && !isLeftOutBeside(directive, context);
