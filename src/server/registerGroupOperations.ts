import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { type FileContents, fileContents } from '../language/cgconfig/fileContents.ts';
import { parameterMeaning } from '../language/cgconfig/parameterMeaning.ts';
import { newestSystemdVersion } from '../language/context.ts';
import { isTooLong, tooLongMessage } from '../language/limits.ts';
import type { ParameterMeaning, ParameterMeaningsQuestion } from '../protocol/parameterMeanings.ts';
import type { ServerSession } from './serverSession.ts';

interface OnDocument {
  readonly textDocument: { readonly uri: string };
}

/** Of no file: what is asked is what the systemd of this host takes. */
const noFile = 'file:///';

/**
 * Requests of our own about control groups, for the view that changes them: `nspawn/parameterMeanings` explains parameters and
 * judges values, `nspawn/groupFileContents` lists what an open cgconfig.conf would set; null where it is no such file.
 */
export const registerGroupOperations = (connection: Connection, { files, safely, situations }: ServerSession): void => {
  connection.onRequest(
    'nspawn/parameterMeanings',
    safely.request(
      'parameters',
      [],
      async ({ version, parameters }: ParameterMeaningsQuestion): Promise<readonly ParameterMeaning[]> => {
        const systemdVersion = (await situations.installed(noFile))?.systemdVersion ?? newestSystemdVersion;
        return parameters.map((parameter) => parameterMeaning(version, parameter, systemdVersion));
      },
    ),
  );
  connection.onRequest(
    'nspawn/groupFileContents',
    safely.request('groups', null, ({ textDocument: { uri } }: OnDocument): FileContents | ResponseError | null => {
      const file = files.get(uri);
      if (file?.type.languageId !== 'cgconfig') return null;
      const text = file.textDocument.getText();
      // The editor shows the sentence.
      if (isTooLong(text)) return new ResponseError(LSPErrorCodes.RequestFailed, tooLongMessage(text));
      return fileContents(file.document);
    }),
  );
};
