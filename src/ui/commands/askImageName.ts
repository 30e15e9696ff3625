import * as vscode from 'vscode';
import { askLine } from '../questions.ts';
import { backendOf, canBeNamed } from '../../machines/backend.ts';
import { renamedId } from '../../machines/reference.ts';
import { describeNameProblem } from '../problemWords.ts';
import type { Services } from '../services.ts';
import { answered } from './answers.ts';

const problemWith = (
  services: Services,
  from: string,
  name: string,
): string | vscode.InputBoxValidationMessage | undefined => {
  const backend = backendOf(services.backends, from);
  const problem = (backend?.checkImageName ?? backend?.checkName)?.(name);
  if (problem !== undefined) return describeNameProblem(problem, vscode.l10n);
  if (services.inventory.images.has(renamedId(from, name)))
    return vscode.l10n.t('There is already an image of this name.');
  if (canBeNamed(services.backends, renamedId(from, name))) return undefined;
  return {
    message: vscode.l10n.t(
      'An image may be named so, but it cannot be started: only letters, digits, "-" and "." can.',
    ),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
};

/**
 * Asks for the name of a new image and checks it while it is typed.
 * @param from the image that it is made of
 * @throws MachineError cancelled
 */
export const askImageName = async (services: Services, title: string, from: string, value: string): Promise<string> =>
  answered(
    await askLine({
      title,
      value,
      prompt: vscode.l10n.t('New name'),
      validateInput: (name) => problemWith(services, from, name),
    }),
  );
