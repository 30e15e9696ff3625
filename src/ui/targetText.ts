import type * as vscode from 'vscode';
import type { Situation } from './languageClient.ts';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** For which systemd a file is judged, in a few words, and why that one. */
export const targetText = (
  { version, release, from, hasTrustHole }: Pick<Situation, 'version' | 'release' | 'from' | 'hasTrustHole'>,
  l10n: L10n,
): { readonly text: string; readonly detail: string } => {
  const text = l10n.t('systemd {0}', release ?? version);
  if (hasTrustHole)
    return {
      text,
      detail: l10n.t(
        'has CVE-2026-40226: a file beside an image can give its machine access to the host; update systemd',
      ),
    };
  switch (from) {
    case 'setting':
      return { text, detail: l10n.t('as set') };
    case 'installed':
      return { text, detail: l10n.t('as installed here') };
    case 'newest':
      return { text, detail: l10n.t('the newest known, as none is installed here') };
  }
};
