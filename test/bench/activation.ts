import type { BenchWorkbench } from './benchWorkbench.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { ourRows, timeFromClickToRows } from './pageProbe.ts';
import { until } from '../workbench/wait.ts';

const rounds = 5;

interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/** A line of VS Code's own table "Extension Activation Stats". */
const activationIn = (report: string, extension: string): Activation | undefined => {
  const line = report.split('\n').find((candidate) => candidate.split('|')[1]?.trim() === extension);
  const [load, call, finish] = (line?.split('|') ?? []).slice(3, 6).map(Number);
  return load === undefined || call === undefined || finish === undefined ? undefined : { load, call, finish };
};

/** The whole text of "Developer: Startup Performance"; it is copied, because the page draws only its visible lines. */
const startupReport = async ({ workbench }: BenchWorkbench): Promise<string> => {
  const { page } = workbench;
  await workbench.run('Developer: Startup Performance');
  return until(page, 'the activation times', async () => {
    await page.locator('.part.editor .editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    return activationIn(text, 'vscode.git') !== undefined &&
      activationIn(text, 'nspawn-tools.vscode-nspawn') !== undefined
      ? text
      : undefined;
  });
};

/** How long VS Code says that we, and its own Git extension beside us, took to be activated. */
export const measureActivation = async (bench: BenchWorkbench): Promise<readonly Figure[]> => {
  const [ours, git]: [Activation[], Activation[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await bench.reopen();
    await timeFromClickToRows(bench.workbench.page, 'systemd-nspawn', ourRows);
    const report = await startupReport(bench);
    for (const [extension, list] of [
      ['nspawn-tools.vscode-nspawn', ours],
      ['vscode.git', git],
    ] as const) {
      const activation = activationIn(report, extension);
      if (activation !== undefined) list.push(activation);
    }
    await bench.workbench.editor.closeAll();
  }
  // What "Developer: Show Running Extensions" shows: the time that other extensions have to wait.
  const blocking = (list: readonly Activation[]): number => median(list.map(({ load, call }) => load + call));
  const whole = (list: readonly Activation[]): number =>
    median(list.map(({ load, call, finish }) => load + call + finish));
  const compared = (title: string, time: typeof whole): Figure => ({
    title: `${title}, median of ${rounds}`,
    value: `${short(time(ours))} ms, the Git extension ${short(time(git))} ms: ${short(time(ours) / time(git))} times as long`,
    goal: { text: 'not slower than Git', met: time(ours) <= time(git) },
  });
  return [compared('activation until done', whole), compared('of that, loading and calling it', blocking)];
};
