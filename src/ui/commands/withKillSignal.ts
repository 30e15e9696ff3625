/** `KillSignal=` as a `.nspawn` file has it, a comment left out: the value of the last one. */
const assigned = /^[ \t]*KillSignal[ \t]*=[ \t]*(.*?)[ \t]*$/gmu;

/** Whether the text says this signal already. For an offer and its answer only: which lines count is judged by the language server. */
export const saysKillSignal = (text: string, signal: string): boolean =>
  [...text.matchAll(assigned)].at(-1)?.[1] === signal;

/** The text of a `.nspawn` file with that signal: in place of another one, else as the first line of `[Exec]`, which is added where there is none. */
export const withKillSignal = (text: string, signal: string): string => {
  if (saysKillSignal(text, signal)) return text;
  const line = `KillSignal=${signal}`;
  const last = [...text.matchAll(assigned)].at(-1);
  if (last !== undefined) return `${text.slice(0, last.index)}${line}${text.slice(last.index + last[0].length)}`;
  const heading = /^[ \t]*\[Exec\][ \t]*$/mu.exec(text);
  if (heading === null) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}[Exec]\n${line}\n`;
  const end = heading.index + heading[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
};
