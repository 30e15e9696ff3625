import * as l10n from '@vscode/l10n';
import type { Navigation } from '../navigation.ts';

/** Asks the file type, which alone knows what its names stand for; one that names nothing has no answer. */
export const navigate: Navigation = {
  definition: (file, ...asked) => file.type.navigation?.definition(file, ...asked) ?? [],
  references: (file, ...asked) => file.type.navigation?.references(file, ...asked) ?? [],
  documentHighlights: (file, ...asked) => file.type.navigation?.documentHighlights(file, ...asked) ?? [],
  prepareRename: (file, ...asked) => file.type.navigation?.prepareRename(file, ...asked),
  rename: (file, ...asked) =>
    file.type.navigation?.rename(file, ...asked) ?? { refusal: l10n.t('No group is named here.') },
};
