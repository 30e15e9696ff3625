import { relative } from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';
import { inspect } from 'node:util';
import { repositoryRoot } from './cache.ts';
import type { Tally } from './tally.ts';

export interface TestRun {
  readonly files: readonly string[];
  readonly concurrency: number;
  readonly only: boolean;
  readonly detailed: boolean;
  readonly nodeOptions: readonly string[];
  readonly signal: AbortSignal;
}

/** Milliseconds after which a file that hangs is given up. */
const fileTimeoutMs = 30 * 60_000;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const nameOf = (file: string | undefined): string => (file === undefined ? '' : relative(repositoryRoot, file));

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s`;

/** The error as thrown in the test; node:test wraps it to bring it over from the other process. */
const detailOf = (error: Error): string => {
  const cause: unknown = error.cause ?? error;
  const original = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  const because = cause instanceof Error && cause.cause !== undefined ? `\ncaused by ${inspect(cause.cause)}` : '';
  return original + because;
};

const failureTypeOf = (error: Error): unknown => ('failureType' in error ? error.failureType : undefined);

/** Names of the suites that a test stands in, by nesting. */
type Path = string[];

/** Runs test files, each in a process of its own, and adds what came of them to the tally. */
export const runTestFiles = async (options: TestRun, tally: Tally): Promise<void> => {
  const { files, concurrency, only, signal } = options;
  const path: Path = [];
  const perFile = new Map<string, { tests: number; failed: number }>();
  const countIn = (file: string | undefined, failed: number): void => {
    const name = nameOf(file);
    const counts = perFile.get(name) ?? { tests: 0, failed: 0 };
    perFile.set(name, { tests: counts.tests + 1, failed: counts.failed + failed });
  };
  const fullName = (data: { name: string; nesting: number; file?: string | undefined }): string =>
    [nameOf(data.file), ...path.slice(0, data.nesting), data.name].join(' › ');
  const line = (
    mark: string,
    data: { name: string; nesting: number; file?: string | undefined },
    note: string,
  ): void => {
    if (options.detailed && data.name !== data.file)
      print(`  ${mark} ${[...path.slice(0, data.nesting), data.name].join(' › ')}${note}`);
  };

  const passed = (data: EventData.TestPass): void => {
    const isSuite = data.details.type === 'suite';
    const skip = data.skip ?? data.todo;
    if (skip !== undefined && skip !== false) {
      tally.skips.push({
        name: fullName(data),
        reason: typeof skip === 'string' && skip !== '' ? skip : 'no reason given',
      });
      line('-', data, ` (skipped: ${String(skip)})`);
      countIn(data.file, 0);
    } else if (data.name === data.file) {
      tally.failures.push({ name: nameOf(data.file), detail: 'this file holds no test' });
      countIn(data.file, 1);
    } else if (!isSuite) {
      tally.passed++;
      line('✔', data, ` (${seconds(data.details.duration_ms)})`);
      countIn(data.file, 0);
    }
  };
  const failed = (data: EventData.TestFail): void => {
    line('✖', data, ` (${seconds(data.details.duration_ms)})`);
    // A test or suite in which another one failed is not a failure of its own.
    if (failureTypeOf(data.details.error) === 'subtestsFailed') return;
    const name = data.name === data.file ? nameOf(data.file) : fullName(data);
    const detail = detailOf(data.details.error);
    tally.failures.push({ name, detail });
    print(`  ✖ ${name}\n${detail.replaceAll(/^/gm, '      ')}`);
    countIn(data.file, 1);
  };

  const stream = run({
    files: [...files],
    execArgv: [...options.nodeOptions],
    concurrency,
    only,
    signal,
    timeout: fileTimeoutMs,
  });
  stream
    .on('test:start', (data) => {
      path.length = data.nesting;
      path[data.nesting] = data.name;
      if (data.nesting === 0) path.length = 1;
    })
    .on('test:pass', passed)
    .on('test:fail', failed)
    .on('test:stdout', ({ message }) => void process.stdout.write(message))
    .on('test:stderr', ({ message }) => void process.stdout.write(message))
    .on('test:summary', ({ file, duration_ms: duration }) => {
      const counts = perFile.get(nameOf(file));
      if (file === undefined || counts === undefined) return;
      const mark = counts.failed > 0 ? '✖' : '✔';
      print(`  ${mark} ${nameOf(file)}: ${counts.tests} tests, ${counts.failed} failed (${seconds(duration)})`);
    })
    .resume();
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
};
