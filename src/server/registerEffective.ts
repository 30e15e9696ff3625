import type { Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { filePathOf } from '../hostFacts/fileUri.ts';
import { linkTarget } from '../language/features/links.ts';
import { openFile } from '../language/languageService.ts';
import { isTooLong } from '../language/limits.ts';
import { effectivePage } from '../language/lxc/effective.ts';
import type { EffectiveConfiguration, EffectiveQuestion } from '../protocol/effectiveConfiguration.ts';
import type { ServerSession } from './serverSession.ts';

/** `nspawn/effectiveConfiguration`: what a configuration of LXC comes to with all that it includes, which is read from this host. */
export const registerEffective = (connection: Connection, { situations, included, safely }: ServerSession): void => {
  connection.onRequest(
    'nspawn/effectiveConfiguration',
    safely.request(
      'effective configuration',
      null,
      async ({ text, textDocument: { uri } }: EffectiveQuestion): Promise<EffectiveConfiguration | null> => {
        const path = filePathOf(uri) ?? '';
        const file = isTooLong(text) ? undefined : openFile(TextDocument.create(uri, 'lxc', 0, text), 'lxc');
        if (file === undefined) return null;
        const { context } = await situations.of(uri);
        const includes = await included.allOf(file, path);
        const { lines, origins, idMap } = effectivePage(file.document, text, path, { ...context, includes });
        return {
          text: lines.join('\n'),
          idMap: idMap.map((entry) => ({ value: entry.value, isIncluded: entry.file !== undefined })),
          origins: [...origins].flatMap(([line, origin]) => {
            const target = linkTarget(origin.path);
            return target === undefined ? [] : [{ line, uri: target, lineThere: origin.line - 1 }];
          }),
        };
      },
    ),
  );
};
