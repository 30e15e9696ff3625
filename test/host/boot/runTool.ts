import { spawn } from 'node:child_process';

export interface ToolOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard error while the tool runs. */
  readonly onLine?: (line: string) => void;
}

const lastLines = 15;

/**
 * Runs an outside tool to its end and gives its standard output.
 * @throws Error with the command and the last lines it wrote, when it does not exit with 0
 */
export const runTool = (file: string, args: readonly string[], options: ToolOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: options.cwd,
      env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '', DEBIAN_FRONTEND: 'noninteractive', ...options.env },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      for (const line of text.split('\n')) if (line.trim() !== '') options.onLine?.(line.trim());
    });
    // A tool that does not read its input closes the pipe; its exit code says what matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output.stdout);
      else {
        const said = (output.stderr + output.stdout).trim().split('\n').slice(-lastLines).join('\n');
        reject(new Error(`${file} ${args.join(' ')}: ended with ${String(code ?? signal)}\n${said}`));
      }
    });
  });
