import { start } from '../../rig/program.ts';
import type { Program } from '../../rig/program.ts';

export interface RunProgramOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** The whole environment; this process's own when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard error while the program runs. */
  readonly onLine?: (line: string) => void;
}

const lastLines = 15;

/**
 * Runs a program to its end and gives its standard output.
 * @throws Error with the command and the last lines it wrote, when it does not exit with 0
 */
export const runProgram = (
  program: Program,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = start(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    const stdout: Buffer[] = [];
    const output = { stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      for (const line of text.split('\n')) if (line.trim() !== '') options.onLine?.(line.trim());
    });
    // A program that does not read its input closes the pipe; its exit code says what matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const said = Buffer.concat(stdout);
      if (code === 0) resolve(said);
      else {
        const last = (output.stderr + said.toString()).trim().split('\n').slice(-lastLines).join('\n');
        reject(new Error(`${program} ${args.join(' ')}: ended with ${String(code ?? signal)}\n${last}`));
      }
    });
  });
