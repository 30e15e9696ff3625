import * as vscode from 'vscode';
import type { Backend } from '../../../machines/backend.ts';
import {
  asksForSize,
  type Creating,
  type Creation,
  isSize,
  isWithin,
  type Store,
  type Template,
} from '../../../machines/creation.ts';
import { MachineError, type MachineFailure } from '../../../machines/errors.ts';
import { readRef, writeRef } from '../../../machines/reference.ts';
import { describeNameProblem } from '../../problemWords.ts';
import { showInformation } from '../../notifications.ts';
import { plainText, shownName } from '../../plainText.ts';
import { askLine, pickOne } from '../../questions.ts';
import { readSettings } from '../../settings.ts';
import { answered } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { operate } from '../operate.ts';
import { askTemplate } from './askTemplate.ts';
import { describeStore, describeTemplate } from './creationWords.ts';

const { l10n } = vscode;

interface Creator {
  readonly backend: Backend;
  readonly creation: Creation;
}

/** The first kind whose tools are there. @throws MachineError what the first is without, or notOffered */
export const creatorOf = ({ backends }: CommandServices): Creator => {
  const failures: MachineFailure[] = [];
  for (const backend of backends) {
    const { creation } = backend;
    if (creation === undefined) continue;
    const failure = creation.unavailable();
    if (failure === undefined) return { backend, creation };
    failures.push(failure);
  }
  throw new MachineError(failures[0] ?? { kind: 'notOffered', name: '', backend: '' });
};

/** Asked only where there are several. */
const pickScope = async ({ backend, creation }: Creator): Promise<string> => {
  const [first, ...others] = creation.scopes(readSettings().containerUsers);
  if (others.length === 0) return first;
  const items = [first, ...others].map((scope) => ({
    scope,
    label: l10n.t(
      'Container of {0}',
      shownName(backend.ownerOf?.({ backend: backend.id, scope, name: '' }) ?? scope, 60),
    ),
    description: plainText(scope, 120),
  }));
  const options = {
    title: l10n.t('Create Container'),
    placeHolder: l10n.t('Whose container is it?'),
    ignoreFocusOut: true,
  };
  return answered(await pickOne(items, options)).scope;
};

const askName = async ({ backend, creation }: Creator, scope: string): Promise<string> => {
  const idOf = (name: string): string => writeRef({ backend: backend.id, scope, name });
  const name = await askLine({
    title: l10n.t('Create Container'),
    prompt: l10n.t('Name of the new container'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = backend.checkName(text);
      if (problem !== undefined) return describeNameProblem(problem, l10n);
      return creation.isTaken(readRef(idOf(text))) ? l10n.t('There is already a container of this name.') : undefined;
    },
  });
  return idOf(answered(name));
};

/** @throws MachineError cancelled, noTemplates */
const pickTemplate = async (creation: Creation, title: string): Promise<Template> => {
  const items = (await creation.templates()).map((template) => {
    const detail = describeTemplate(template.name, l10n);
    return { label: template.name, template, ...(detail === undefined ? {} : { detail }) };
  });
  const placeHolder = l10n.t('Template: what the container is made of');
  return answered(await pickOne(items, { title, placeHolder, matchOnDetail: true, ignoreFocusOut: true })).template;
};

const askSize = async (title: string): Promise<string> =>
  answered(
    await askLine({
      title,
      prompt: l10n.t('Size, such as 500M or 2G; it cannot be changed later by LXC'),
      value: '2G',
      ignoreFocusOut: true,
      validateInput: (text) => (isSize(text.trim()) ? undefined : l10n.t('A number and M, G or T behind it.')),
    }),
  ).trim();

const askWithin = async (title: string, kind: Store['kind']): Promise<string> =>
  answered(
    await askLine({
      title,
      prompt:
        kind === 'lvm' ? l10n.t('Volume group in which the volume is made') : l10n.t('Dataset below which it is made'),
      value: 'lxc',
      ignoreFocusOut: true,
      validateInput: (text) =>
        isWithin(text.trim()) ? undefined : l10n.t('It holds a character that is not allowed there.'),
    }),
  ).trim();

/** Asked only where this host can do more than one. */
const pickStore = async (creation: Creation, scope: string, title: string): Promise<Store> => {
  const kinds = await creation.stores(scope);
  const items = kinds.map((kind) => ({ store: kind, description: kind, ...describeStore(kind, l10n) }));
  const placeHolder = l10n.t('Backing store: how its files are kept');
  const { store: kind } = answered(
    items.length === 1 ? items[0] : await pickOne(items, { title, placeHolder, ignoreFocusOut: true }),
  );
  return {
    kind,
    ...(asksForSize(kind) ? { size: await askSize(title) } : {}),
    ...(kind === 'lvm' || kind === 'zfs' ? { within: await askWithin(title, kind) } : {}),
  };
};

/** Does not wait for the answer: a notification may stand for long. */
export const offerStart = async (id: string, advice: readonly string[]): Promise<void> => {
  const start = l10n.t('Start');
  const made = l10n.t('{0} is there.', shownName(id, 80));
  const said = plainText(advice.join(' '), 400);
  const answer = await showInformation(said === '' ? made : `${made} ${said}`, start);
  if (answer === start) await vscode.commands.executeCommand('nspawn.start', { kind: 'image', id });
};

/** Makes a container, step by step: name, template, what the template wants to know, and how its files are kept. */
export const create: Handler = async (services) => {
  const creator = creatorOf(services);
  const { creation } = creator;
  const scope = await pickScope(creator);
  const id = await askName(creator, scope);
  const title = l10n.t('Create {0}', shownName(id, 60));
  const template = await pickTemplate(creation, title);
  const { answers, args } = await askTemplate(services, template, title);
  const store = await pickStore(creation, scope, title);
  const plan = { template: template.name, answers, args, store };
  const state: { creating: Creating | undefined } = { creating: undefined };
  const done = await operate(services, {
    title: l10n.t('Creating {0}', shownName(id, 60)),
    what: l10n.t('creating…'),
    names: [id],
    operation: async (name, tell) => {
      state.creating = await creation.create(services, readRef(name), plan, (line) => {
        const words = plainText(line, 400);
        if (words === '') return;
        // A template tells the password of root, which nobody wants to find in a log.
        services.log.debug(words);
        tell(words);
      });
      return state.creating.operation;
    },
  });
  if (done.length > 0) void offerStart(id, state.creating?.advice() ?? []);
};
