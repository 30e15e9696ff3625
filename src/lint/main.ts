import { runLint } from './runLint.ts';

process.exitCode = runLint(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
