import * as vscode from 'vscode';
import { offered } from '../../machines/backend.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForPlan } from '../privileges.ts';
import { askLine } from '../questions.ts';
import { answered } from './answers.ts';
import { consoleRequest } from './consoleRequest.ts';
import type { Handler } from './handler.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

export const execute: Handler = async (services, args) => {
  const wanted = { fits: 'startable', ability: 'execute' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Run One Command Without Init'));
  const { ref, offer: plan } = offered(services.backends, name, ({ terminals }) => terminals.execute);
  const title = l10n.t('Run one command in {0}', shownName(name, 60));
  const line = answered(
    await askLine({
      title,
      prompt: l10n.t(
        'A line for /bin/sh of {0}, run as root in place of its init: none of its services starts, and it stops with the command.',
        shownName(name, 60),
      ),
      placeHolder: 'ps | head',
      validateInput: (text) => (text.trim() === '' ? l10n.t('A command is needed.') : undefined),
    }),
  );
  const planned = await plan(services, ref, line);
  const reach = await reachForPlan(services, title, planned);
  const more = { icon: 'terminal', note: plainText(line, 30), stays: true };
  services.terminals.open(consoleRequest(planned.command, reach, more));
};
