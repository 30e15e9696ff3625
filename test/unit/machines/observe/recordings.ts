import { readFileSync } from 'node:fs';
import { decode } from '../../../fixtures/observe/recordedValue.ts';

export interface Recording {
  readonly stateFiles: Readonly<Record<string, string>>;
  readonly listImages: unknown;
  readonly imageProperties: unknown;
  readonly machineProperties: unknown;
  readonly addresses: unknown;
  readonly osRelease: Readonly<Record<string, unknown>>;
  readonly varlinkImages: readonly string[];
  readonly varlinkNoImage: readonly string[];
  readonly varlinkMachine: readonly string[];
}

export const suites = ['bookworm', 'trixie', 'forky'] as const;

export type RecordedSuite = (typeof suites)[number];

/** What test/host/recordObservation.ts has recorded on a real host. */
export const recording = (suite: RecordedSuite): Recording =>
  decode(
    JSON.parse(readFileSync(new URL(`../../../fixtures/observe/${suite}.json`, import.meta.url), 'utf8')),
  ) as Recording;

/** The parameters of a recorded varlink answer. */
export const varlinkParameters = (line: string | undefined): Readonly<Record<string, unknown>> => {
  const reply = JSON.parse(line ?? '{}') as { parameters?: Record<string, unknown> };
  return reply.parameters ?? {};
};
