import type { DirectiveSchema } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { hasTrustHole } from '../systemdRelease.ts';

/** What CVE-2026-40226 lets count beside an image. */
const throughHole: ReadonlySet<string> = new Set(['Ephemeral', 'BindUser']);

/** Whether systemd leaves out a directive in a file that lies beside an image. */
export const isLeftOutBeside = ({ name, trust, ignoredSince }: DirectiveSchema, context: Context): boolean =>
  trust === 'ignored' &&
  (throughHole.has(name) ? !hasTrustHole(context) : (ignoredSince ?? 0) <= context.systemdVersion);

/** Whether it takes one there that it should leave out, as later releases do. */
export const countsUntrusted = (directive: DirectiveSchema, context: Context): boolean =>
  directive.trust === 'ignored' && !isLeftOutBeside(directive, context);
