/**
 * A drop-in for the desktop's `code` executable in @vscode/test-electron: runs extension-host tests in the VS Code server
 * with a headless Chromium. Ends with the exit code of the test run; 70 when the extension host died, which VS Code itself
 * reports as 0; 71 when the server ended; 130 when interrupted.
 */
import { format } from 'node:util';
import { resolve } from 'node:path';
import { openBrowser } from './browser.ts';
import { parseCodeArguments } from './codeArguments.ts';
import { ensureVsCode } from './installVsCode.ts';
import { startServer } from './server.ts';
import { testSettings } from './serverSettings.ts';
import { workbenchUrl } from './workbench.ts';

const diedCode = 70;
const serverEndedCode = 71;
const interruptedCode = 130;

/** What the window logs about itself; the rest is what tests print. */
const chatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching additional builtin|Updating additional builtin|\[(reconnection-grace-time|AgentHost|AccountPolicyGate|Service Worker|DefaultAccount|driver)|DialogService:|\[[^\]]*\]\[[^\]]*\]\[reconnect|%c)/;

const options = parseCodeArguments(process.argv.slice(2));
const server = await startServer({
  vsCode: await ensureVsCode(),
  settings: testSettings,
  ...(options.userDataDirectory === undefined ? {} : { userDataDirectory: resolve(options.userDataDirectory) }),
  ...(options.extensionsDirectory === undefined ? {} : { extensionsDirectory: resolve(options.extensionsDirectory) }),
  // Without it the page ignores extensionTestsPath.
  args: ['--enable-smoke-test-driver'],
});
const { page, close } = await openBrowser();
const state = { died: false };
const finished = new Promise<number>((finish) => {
  void server.ended.then(() => finish(serverEndedCode));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => finish(interruptedCode));
  page.on('crash', () => finish(diedCode));
  void page.exposeFunction('codeAutomationExit', (code: number) => finish(state.died && code === 0 ? diedCode : code));
});
await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
  const text = format(...args);
  if (/\[ExtensionHost\].*received socket close event/.test(text)) state.died = true;
  if (!chatter.test(text)) (type === 'error' ? process.stderr : process.stdout).write(`${text}\n`);
});
const remote = (path: string): string => `vscode-remote://${server.authority}${encodeURI(resolve(path))}`;
const url = workbenchUrl(server.url, {
  ...(options.folder === undefined ? {} : { folder: resolve(options.folder) }),
  payload: [
    ...options.extensionDevelopmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)] as const),
    ['extensionTestsPath', remote(options.extensionTestsPath)],
    ...(options.disableExtensions ? [['disableExtensions', 'true'] as const] : []),
  ],
});
await page.goto(url, { waitUntil: 'commit' });
const code = await finished;
if (state.died) {
  const report = /Extension Host Process exited with code: \w+, signal: \w+/.exec(server.output());
  process.stderr.write(`the extension host died: ${report?.[0] ?? 'no word from it'}\n`);
}
// Log calls that are still on their way arrive before the answer to this.
await page.evaluate('0').catch(() => undefined);
await close();
await server.stop();
process.exit(code);
