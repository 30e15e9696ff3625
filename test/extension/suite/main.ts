/** Runs inside the extension host, bundled by run.test.ts; VS Code calls `run`. */
import { appendFileSync } from 'node:fs';
import type MochaClass from 'mocha';
import { activationCases } from './activation.ts';
import type { Cases } from './cases.ts';
import { commandCases } from './commands.ts';
import { languageCases } from './language.ts';
import type { TestResult } from './testResult.ts';

const suites: Readonly<Record<string, Cases>> = {
  language: languageCases,
  activation: activationCases,
  commands: commandCases,
};

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is missing.`);
  return value;
};

/** Runs every case with mocha and writes each result as a line of JSON; the last line says that the run was whole. */
export const run = async (): Promise<void> => {
  const results = variable('NSPAWN_TEST_RESULTS');
  const write = (result: TestResult): void => appendFileSync(results, `${JSON.stringify(result)}\n`);
  // mocha is an ES module that does not like to be bundled.
  const { default: Mocha } = (await import(variable('NSPAWN_TEST_MOCHA'))) as { readonly default: typeof MochaClass };
  const mocha = new Mocha({ timeout: 30_000 });
  for (const [title, cases] of Object.entries(suites)) {
    const suite = Mocha.Suite.create(mocha.suite, title);
    for (const [name, body] of Object.entries(cases)) suite.addTest(new Mocha.Test(name, body));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => write({ kind: 'passed', title: test.fullTitle() }))
      .on('fail', (test, error: Error) =>
        write({ kind: 'failed', title: test.fullTitle(), stack: error.stack ?? error.message }),
      );
  });
  write({ kind: 'end' });
  if (failures > 0) throw new Error(`${failures} of the extension host's tests failed`);
};
