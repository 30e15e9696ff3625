import * as l10n from '@vscode/l10n';

/** What stands behind the name of a call, or behind the kind of the list; LXC compares the beginning only. */
const isAction = (text: string): boolean => /^(?:kill|allow|trap|notify|errno[ \t]*[+-]?\d)/u.test(text);

/** The numbers of execve on the architectures of Linux. */
const numbersOfExecve: readonly number[] = [11, 59, 221];

const faultOfV1 = (lines: readonly string[]): string | undefined => {
  const numbers = lines.map((line) => /^\s*([+-]?\d+)/u.exec(line)?.[1]);
  const wrong = numbers.indexOf(undefined);
  if (wrong >= 0) return l10n.t`Line ${wrong + 3} of this file is no number of a system call.`;
  return numbers.some((number) => numbersOfExecve.includes(Number(number)))
    ? undefined
    : l10n.t('This file does not allow execve, so not even init can be run.');
};

const faultOfV2 = (lines: readonly string[]): string | undefined => {
  let isForAll = true;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('#')) continue;
    // Which other architectures the host has is not known here.
    if (line.startsWith('[')) isForAll = /^\[all\]/iu.test(line);
    const blank = line.indexOf(' ');
    const action = blank < 0 ? '' : line.slice(blank).trimStart();
    if (isForAll && action !== '' && !/^[#[]/u.test(action) && !isAction(action))
      return l10n.t`Line ${index + 3} of this file has an action that LXC does not know.`;
  }
  return undefined;
};

/** Why LXC does not take a file of lxc.seccomp.profile, or nothing starts with it. */
export const policyFault = (text: string): string | undefined => {
  const [head, version] = /^\s*([+-]?\d+)\s*/u.exec(text) ?? [];
  if (head === undefined || (Number(version) !== 1 && Number(version) !== 2))
    return l10n.t('This file does not begin with the number 1 or 2.');
  const [kind = '', ...lines] = text.slice(head.length).replace(/\n$/u, '').split('\n');
  const isAllowing = /^(?:allow|white)list/u.test(kind);
  if (!isAllowing && (Number(version) === 1 || !/^(?:deny|black)list/u.test(kind)))
    return Number(version) === 1
      ? l10n.t('The second line of this file is not allowlist, which version 1 needs.')
      : l10n.t('The second line of this file begins with neither allowlist nor denylist.');
  if (Number(version) === 1) return faultOfV1(lines);
  const blank = kind.indexOf(' ');
  const action = blank < 0 ? '' : kind.slice(blank).trimStart();
  if (action !== '' && !isAction(action))
    return l10n.t('The second line of this file has an action that LXC does not know.');
  return faultOfV2(lines);
};
