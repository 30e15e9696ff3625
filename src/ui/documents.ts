import * as vscode from 'vscode';
import type { Command } from '../machines/command.ts';
import { plainLines } from './plainText.ts';
import type { Services } from './services.ts';

/** The scheme of read-only texts that a tool of the host prints. */
const documentScheme = 'nspawn-host';

/** A line of a text that leads to a place, counted from 0. */
interface LineLink {
  readonly line: number;
  readonly target: vscode.Uri;
}

export interface Documents {
  /** Shows what a command prints as a read-only text, asked anew each time. @throws MachineError where the tool fails */
  show(title: string, command: Command<string>, languageId?: string): Promise<void>;
  /** Shows a text that is known already, read-only; `links` lead from its lines to others. */
  showText(title: string, text: string, languageId?: string, links?: readonly LineLink[]): Promise<void>;
  /** Shows two known texts side by side, with what differs marked; both read-only. */
  compare(title: string, before: string, after: string, languageId: string, about: vscode.Uri): Promise<void>;
  /** The file that a comparison is about, whose texts are none of anybody's files. */
  aboutWhich(uri: vscode.Uri): vscode.Uri | undefined;
  /** Asks anew for a text that is open. False where the argument is none of ours. */
  refresh(uri: unknown): boolean;
  dispose(): void;
}

export const createDocuments = (services: Pick<Services, 'run'>): Documents => {
  const commands = new Map<string, Command<string>>();
  const texts = new Map<string, string>();
  /** Those that no command gives. */
  const known = new Map<string, string>();
  const linked = new Map<string, readonly LineLink[]>();
  /** What is compared, by the texts that are shown of it. */
  const about = new Map<string, vscode.Uri>();
  const changed = new vscode.EventEmitter<vscode.Uri>();

  const read = async (key: string): Promise<string> => {
    const command = commands.get(key);
    return command === undefined ? (known.get(key) ?? '') : plainLines(await services.run(command));
  };

  const uriOf = (path: readonly string[], query = ''): vscode.Uri =>
    vscode.Uri.from({
      scheme: documentScheme,
      path: `/${path.map((part) => part.replaceAll('/', '∕')).join('/')}`,
      query,
    });

  /** A text in place of whatever was open under that title. */
  const place = async (uri: vscode.Uri, text: string, languageId: string | undefined): Promise<vscode.TextDocument> => {
    const key = uri.toString();
    known.set(key, plainLines(text));
    texts.delete(key);
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (languageId !== undefined) await vscode.languages.setTextDocumentLanguage(document, languageId);
    return document;
  };

  const provider = vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const key = uri.toString();
      const text = texts.get(key) ?? (await read(key));
      // Read once for the tab that is just opening; whoever asks again wants what is true then.
      texts.delete(key);
      return text;
    },
  });

  const links = vscode.languages.registerDocumentLinkProvider(
    { scheme: documentScheme },
    {
      provideDocumentLinks: (document) =>
        (linked.get(document.uri.toString()) ?? []).flatMap(({ line, target }) => {
          if (line >= document.lineCount) return [];
          const { text, range } = document.lineAt(line);
          const start = range.start.translate(0, /^[#\s]*/u.exec(text)?.[0].length ?? 0);
          return new vscode.DocumentLink(new vscode.Range(start, range.end), target);
        }),
    },
  );

  // What nobody sees any more is forgotten. Another language closes a text and opens it anew, and it is not closed then.
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
    if (!isClosed) return;
    for (const kept of [commands, texts, known, about, linked]) kept.delete(uri.toString());
  });

  return {
    show: async (title, command, languageId) => {
      // A title may be that of several: a container and a machine can have one name.
      const uri = uriOf([title], [command.file, ...command.args].join(' '));
      const key = uri.toString();
      commands.set(key, command);
      // Before the tab opens, so that a failure is a message with buttons and not an empty tab.
      texts.set(key, await read(key));
      const open = vscode.workspace.textDocuments.some((document) => document.uri.toString() === key);
      if (open) changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      if (languageId !== undefined) await vscode.languages.setTextDocumentLanguage(document, languageId);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    showText: async (title, text, languageId, ofLines = []) => {
      const uri = uriOf([title]);
      linked.set(uri.toString(), ofLines);
      const document = await place(uri, text, languageId);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    compare: async (title, before, after, languageId, which) => {
      const [left, right] = [uriOf(['before', title]), uriOf(['after', title])];
      for (const uri of [left, right]) about.set(uri.toString(), which);
      await place(left, before, languageId);
      await place(right, after, languageId);
      await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },
    aboutWhich: (uri) => about.get(uri.toString()),
    refresh: (uri) => {
      if (!(uri instanceof vscode.Uri) || uri.scheme !== documentScheme) return false;
      changed.fire(uri);
      return true;
    },
    dispose: () => {
      provider.dispose();
      links.dispose();
      closing.dispose();
      changed.dispose();
    },
  };
};
