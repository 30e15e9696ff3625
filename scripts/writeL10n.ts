// Writes l10n/bundle.l10n.json from the sources, takes what is no longer said out of the translations, and names what is
// still to be translated there.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMessages } from './l10nMessages.ts';
import { root } from './parseSources.ts';

type Bundle = Readonly<Record<string, string>>;

const folder = join(root, 'l10n');
const write = (file: string, bundle: Bundle): void =>
  writeFileSync(join(folder, file), `${JSON.stringify(bundle, undefined, 2)}\n`);

mkdirSync(folder, { recursive: true });
const { messages } = allMessages();
write('bundle.l10n.json', Object.fromEntries(messages.map((message) => [message, message])));

for (const file of readdirSync(folder)) {
  if (!/^bundle\.l10n\..+\.json$/u.test(file) || file === 'bundle.l10n.json') continue;
  const known = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Bundle;
  const translated = messages.flatMap((message) => {
    const text = known[message];
    if (text === undefined) console.log(`${file}: ${JSON.stringify(message)} is not translated`);
    return text === undefined ? [] : [[message, text] as const];
  });
  write(file, Object.fromEntries(translated));
}
