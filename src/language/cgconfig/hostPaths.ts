import type { ConfigDocument } from '../document.ts';
import type { HostPath } from '../hostPath.ts';

/** Where controllers are mounted. */
export const hostPathsOfCgconfig = ({ sections }: ConfigDocument): readonly HostPath[] =>
  sections.flatMap(({ keyword, entries }) =>
    keyword !== 'mount'
      ? []
      : entries.flatMap(({ value, valueStart: start, valueEnd: end }) =>
          value.startsWith('/') ? [{ path: value, start, end }] : [],
        ),
  );
