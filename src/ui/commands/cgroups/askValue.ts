import * as vscode from 'vscode';
import { askLine } from '../../questions.ts';
import type { ParameterMeaning } from '../../../protocol/parameterMeanings.ts';
import { plainText } from '../../plainText.ts';
import { answered } from '../answers.ts';
import type { CommandServices } from '../handler.ts';

const { l10n } = vscode;

export interface ValueQuestion {
  readonly title: string;
  readonly version: 1 | 2;
  /** The parameter, `memory.max`. */
  readonly name: string;
  readonly value?: string;
}

/**
 * Asks for the value of a parameter and judges it while it is being typed: what the kernel would refuse cannot be entered, and
 * what it makes of the rest is shown.
 * @throws MachineError cancelled
 */
export const askValue = async (
  { language }: CommandServices,
  { title, version, name, value = '' }: ValueQuestion,
): Promise<string> => {
  const client = await language.running();
  const meaningOf = async (text: string): Promise<ParameterMeaning | undefined> => {
    const [meaning] = await client.parameterMeanings(version, [{ name, value: text }]);
    return meaning;
  };
  const about = await meaningOf(value);
  const prompt = [about?.summary, about?.form].filter((text) => text !== undefined && text !== '').join(' — ');
  const typed = await askLine({
    title: `${title}: ${plainText(name, 60)}`,
    value: plainText(value, 4096),
    ...(prompt === '' ? {} : { prompt }),
    ignoreFocusOut: true,
    validateInput: async (text) => {
      if (text.trim() === '') return l10n.t('A value is needed.');
      const meaning = await meaningOf(text.trim());
      if (meaning?.problem !== undefined) {
        const severity = meaning.problem.refused
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning;
        return { message: meaning.problem.text, severity };
      }
      return meaning?.hint === undefined
        ? undefined
        : { message: meaning.hint, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return answered(typed).trim();
};
