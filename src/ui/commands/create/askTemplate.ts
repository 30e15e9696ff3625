import * as vscode from 'vscode';
import {
  type Answers,
  isAnswer,
  type QuestionId,
  type Template,
  type TemplateQuestion,
} from '../../../machines/creation.ts';
import { isCancelled, MachineError } from '../../../machines/errors.ts';
import { failureMessage } from '../../failureMessage.ts';
import { showWarning } from '../../notifications.ts';
import { askLine, pickOne } from '../../questions.ts';
import { answered, localFile } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import { cancellable } from '../runAsRoot.ts';
import { describeQuestion } from './creationWords.ts';
import { splitArguments } from './splitArguments.ts';

const { l10n } = vscode;

interface Asked {
  readonly title: string;
  readonly question: TemplateQuestion;
  /** What the template can bring, as far as it fits the answers so far. */
  readonly choices: readonly string[];
}

const notThat = ({ form, isOptional }: TemplateQuestion, text: string): string | undefined => {
  if (text === '') return isOptional === true ? undefined : l10n.t('An answer is needed.');
  if (form === 'arguments') return splitArguments(text) === undefined ? l10n.t('A quote is not closed.') : undefined;
  if (isAnswer({ form }, text)) return undefined;
  return form === 'address'
    ? l10n.t(
        'An address begins with https://, http://, ftp:// or file://, and holds no blanks and no name or password.',
      )
    : l10n.t('Only letters, digits, "-", "_", "+" and "." can stand here, and a letter or a digit comes first.');
};

const typed = async ({ title, question }: Asked): Promise<string> => {
  const [value = ''] = question.suggestions ?? [];
  const what = describeQuestion(question.id, l10n);
  const text = await askLine({
    title,
    prompt: question.isOptional === true ? l10n.t('{0}. It may stay empty.', what) : what,
    value: question.isOptional === true ? '' : value,
    ...(question.isOptional === true && value !== '' ? { placeHolder: value } : {}),
    ignoreFocusOut: true,
    validateInput: (line) => notThat(question, line.trim()),
  });
  return answered(text).trim();
};

const chosen = async (asked: Asked): Promise<string> => {
  const { title, question, choices } = asked;
  const items = choices.map((label) => ({ label, isOther: false }));
  const other = { label: l10n.t('Another One…'), isOther: true };
  const picked = await pickOne([...items, other], {
    title,
    placeHolder: describeQuestion(question.id, l10n),
    ignoreFocusOut: true,
  });
  return answered(picked).isOther ? typed(asked) : answered(picked).label;
};

const file = async ({ title, question }: Asked): Promise<string> => {
  const what = describeQuestion(question.id, l10n);
  if (question.isOptional === true) {
    const choose = { label: l10n.t('Choose a File…'), isFile: true };
    const without = {
      label: l10n.t('Go On Without It'),
      detail: l10n.t('LXC 6 and later can; the container then has the usual configuration of this host.'),
      isFile: false,
    };
    const picked = answered(await pickOne([choose, without], { title, placeHolder: what, ignoreFocusOut: true }));
    if (!picked.isFile) return '';
  }
  const [uri] = answered(
    await vscode.window.showOpenDialog({
      title: what,
      filters: { [l10n.t('Archives')]: ['xz', 'gz', 'zst', 'bz2', 'tar', 'tgz'] },
    }),
  );
  return localFile(uri);
};

const ask = (asked: Asked): Promise<string> => {
  if (asked.question.form === 'file') return file(asked);
  return asked.choices.length > 0 ? chosen(asked) : typed(asked);
};

/** What the template says that it can bring; nothing where it cannot be asked now, which is said. @throws MachineError cancelled */
const listOf = async (services: CommandServices, { list }: Template): Promise<readonly Answers[]> => {
  if (list === undefined) return [];
  try {
    return await cancellable(l10n.t('Asking which images there are'), (signal) => list(services, signal));
  } catch (error) {
    if (!(error instanceof MachineError) || isCancelled(error)) throw error;
    const why = failureMessage(error.failure, l10n)?.sentence ?? '';
    services.log.info(why);
    void showWarning(
      l10n.t(
        'The list of images cannot be fetched, so distribution, release and architecture have to be typed. {0}',
        why,
      ),
    );
    return [];
  }
};

/** The answers that are left for a question: one of each, the likeliest first. */
const choicesFor = (
  list: readonly Answers[],
  soFar: Answers,
  { id, suggestions = [] }: TemplateQuestion,
): readonly string[] => {
  const given = Object.entries(soFar) as readonly [QuestionId, string][];
  const fitting = list.filter((one) => given.every(([key, answer]) => one[key] === answer));
  const values = [...new Set(fitting.flatMap((one) => one[id] ?? []))];
  if (values.length === 0) return list.length === 0 && suggestions.length > 1 ? suggestions : [];
  const likely = suggestions.filter((one) => values.includes(one));
  return [...likely, ...values.filter((one) => !likely.includes(one))];
};

/** Asks what a template wants to know, one question after the other. @throws MachineError cancelled */
export const askTemplate = async (
  services: CommandServices,
  template: Template,
  title: string,
): Promise<{ readonly answers: Answers; readonly args: readonly string[] }> => {
  const list = await listOf(services, template);
  const answers: Partial<Record<QuestionId, string>> = {};
  for (const question of template.questions)
    answers[question.id] = await ask({ title, question, choices: choicesFor(list, answers, question) });
  const { arguments: line = '', ...rest } = answers;
  return { answers: rest, args: splitArguments(line) ?? [] };
};
