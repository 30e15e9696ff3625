import { nspawnSchema } from '../../src/schema/nspawnSchema.ts';
import { generateFile, parserOf } from './generate.ts';
import type { Random } from './random.ts';
import { sampleValue } from './sampleValues.ts';

/** Of these several lines are judged together. */
const together = nspawnSchema.directives.filter(({ trust, repeat }) => trust === 'denyOnly' || repeat === 'append');
const others = nspawnSchema.directives.filter(({ trust }) => trust === 'ignored');

/** A file of few lines that systemd takes, many of them such as do not count beside the image. */
export const generateUntrusted = (random: Random, version: number): string => {
  if (random.onceIn(3)) return generateFile(random, version);
  const filters = together.filter(({ trust }) => trust === 'denyOnly');
  const picked = [
    ...random.several(0, 3, () => random.pick(filters)),
    ...random.several(0, 2, () => random.pick(together)),
    ...random.several(0, 2, () => random.pick(others)),
  ];
  return picked
    .map(
      (directive) =>
        `[${directive.section}]\n${directive.name}=${sampleValue(parserOf(directive, version), random, true)}\n`,
    )
    .join('');
};
