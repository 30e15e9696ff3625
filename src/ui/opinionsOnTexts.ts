import * as vscode from 'vscode';
import { MachineError } from '../machines/errors.ts';
import { readSettings } from './settings.ts';

/** What an installed tool says of texts that are open, shown as problems until the text changes. */
export interface OpinionsOnTexts<Opinion> {
  /** @throws MachineError as the tool's question does; cancelled where the text has changed meanwhile */
  readonly ask: (document: vscode.TextDocument) => Promise<Opinion>;
  readonly dispose: () => void;
}

interface Judge<Opinion> {
  /** The name of the collection of its problems. */
  readonly name: string;
  readonly judges: (document: vscode.TextDocument) => boolean;
  readonly ask: (document: vscode.TextDocument, signal: AbortSignal) => Promise<Opinion>;
  /** What draws them is read with the first question: rows need none of it. */
  readonly diagnosticsOf: (opinion: Opinion, document: vscode.TextDocument) => Promise<readonly vscode.Diagnostic[]>;
}

export const createOpinionsOnTexts = <Opinion>(judge: Judge<Opinion>): OpinionsOnTexts<Opinion> => {
  const shown = vscode.languages.createDiagnosticCollection(judge.name);
  const asking = new Map<string, AbortController>();

  const forget = ({ uri }: vscode.TextDocument): void => {
    asking.get(uri.toString())?.abort();
    shown.delete(uri);
  };

  const ask = async (document: vscode.TextDocument): Promise<Opinion> => {
    const key = document.uri.toString();
    forget(document);
    const control = new AbortController();
    asking.set(key, control);
    try {
      const opinion = await judge.ask(document, control.signal);
      const diagnostics = await judge.diagnosticsOf(opinion, document);
      // An opinion on a text that is not there any more is none.
      if (control.signal.aborted) throw new MachineError({ kind: 'cancelled' });
      shown.set(document.uri, diagnostics);
      return opinion;
    } finally {
      if (asking.get(key) === control) asking.delete(key);
    }
  };

  const subscriptions = vscode.Disposable.from(
    shown,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && judge.judges(document)) forget(document);
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
  return {
    ask,
    dispose: () => {
      for (const control of asking.values()) control.abort();
      subscriptions.dispose();
    },
  };
};

/** Nobody has asked for it just now, but by the setting, in a folder that is trusted. */
export const onSaveWhereWanted = (
  judges: (document: vscode.TextDocument) => boolean,
  ask: (document: vscode.TextDocument) => void,
): vscode.Disposable =>
  vscode.workspace.onDidSaveTextDocument((document) => {
    if (!vscode.workspace.isTrusted || !judges(document)) return;
    if (readSettings()['lint.secondOpinion'] === 'onSave') ask(document);
  });
