import type { NameProblem } from '../../../../src/machines/errors.ts';

export interface NameSample {
  readonly name: string;
  readonly machine: NameProblem | undefined;
  readonly image: NameProblem | undefined;
}

const sample = (name: string, machine: NameProblem | undefined, image: NameProblem | undefined): NameSample => ({
  name,
  machine,
  image,
});

/** Judged by names.ts in the unit tests and by systemd itself in the host tests: both must agree. */
export const names: readonly NameSample[] = [
  sample('web', undefined, undefined),
  sample('Web-1.example.org', undefined, undefined),
  sample('0', undefined, undefined),
  sample('a--b', undefined, undefined),
  sample('x'.repeat(64), undefined, undefined),
  sample('x'.repeat(65), 'tooLong', undefined),
  sample('x'.repeat(240), 'tooLong', undefined),
  sample('x'.repeat(256), 'tooLong', 'tooLong'),
  sample('x'.repeat(300), 'tooLong', 'tooLong'),
  sample('ü'.repeat(120), 'tooLong', undefined),
  sample('ü'.repeat(128), 'tooLong', 'tooLong'),
  sample('', 'empty', 'empty'),
  sample('.', 'badDots', 'badDots'),
  sample('..', 'badDots', 'badDots'),
  sample('.host', 'reserved', 'reserved'),
  sample('.hidden', 'badDots', undefined),
  sample('a.', 'badDots', undefined),
  sample('a..b', 'badDots', undefined),
  sample('-x', 'leadingDash', undefined),
  sample('--help', 'leadingDash', undefined),
  sample('x-', 'badCharacter', undefined),
  sample('a.-b', 'badCharacter', undefined),
  sample('a-.b', 'badCharacter', undefined),
  sample('a_b', 'badCharacter', undefined),
  sample('a b', 'badCharacter', undefined),
  sample(' ', 'badCharacter', undefined),
  sample('übung', 'badCharacter', undefined),
  sample('機械', 'badCharacter', undefined),
  sample('a\nb', 'badCharacter', 'badCharacter'),
  sample('a\tb', 'badCharacter', 'badCharacter'),
  sample('a\x7fb', 'badCharacter', 'badCharacter'),
  sample('a/b', 'badCharacter', 'badCharacter'),
  sample('/etc', 'badCharacter', 'badCharacter'),
  sample('$(reboot)', 'badCharacter', undefined),
  sample('.#new', 'badCharacter', 'badCharacter'),
];
