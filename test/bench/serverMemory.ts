import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { repositoryRoot } from '../rig/cache.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';
import { longText } from './languageText.ts';
import { start, thisNode } from '../rig/program.ts';

const fileCount = 250;
const linesEach = 200;

/** MiB of memory that the process holds, as the kernel counts it. */
const residentMiB = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1024;
};

/** The language server over stdio, before and after so many files are opened and judged. */
export const measureServerMemory = async (): Promise<readonly Figure[]> => {
  const server = start(thisNode, [join(repositoryRoot, 'dist/server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    if (server.pid === undefined) throw new Error('the language server does not start');
    const client = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const judged = new Set<string>();
    const all = new Promise<void>((resolve) => {
      client.onNotification('textDocument/publishDiagnostics', ({ uri }: { readonly uri: string }) => {
        judged.add(uri);
        if (judged.size === fileCount) resolve();
      });
    });
    client.listen();
    await client.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await client.sendNotification('initialized', {});
    const before = await residentMiB(server.pid);
    const text = longText(linesEach, linesEach);
    for (let index = 0; index < fileCount; index++) {
      const textDocument = { uri: `file:///bench/m${index}.nspawn`, languageId: 'nspawn', version: 1, text };
      await client.sendNotification('textDocument/didOpen', { textDocument });
    }
    await all;
    const after = await residentMiB(server.pid);
    client.dispose();
    return [
      {
        title: `language server with ${fileCount} files of ${linesEach} lines open`,
        value: `${short(after)} MiB, ${short(after / before)} times what it has when started`,
      },
    ];
  } finally {
    server.kill('SIGKILL');
  }
};
