/** The statistics of blkio: the same counters of two schedulers, for the group alone and with those below it. */
import type { ParameterRow } from './parameterRows.ts';

const counters: Readonly<Record<string, string>> = {
  io_merged: 'requests that were merged',
  io_queued: 'requests that wait now',
  io_service_bytes: 'bytes',
  io_service_time: 'time that requests took',
  io_serviced: 'requests',
  io_wait_time: 'time that requests waited',
  sectors: 'sectors',
  time: 'disk time',
};

const counter = (name: string, text: string, more: Partial<ParameterRow> = {}): ParameterRow => ({
  name,
  access: 'read',
  value: { kind: 'statistics' },
  equivalents: ['io.stat'],
  text,
  ...more,
});

const throttle = (name: string, what: string): readonly ParameterRow[] => [
  counter(`blkio.throttle.${name}`, `Counts ${what} the group by device.`),
  counter(`blkio.throttle.${name}_recursive`, `Counts ${what} the group and those below it by device.`),
];

export const blkioStatistics: readonly ParameterRow[] = [
  ...throttle('io_service_bytes', 'bytes read and written by'),
  ...throttle('io_serviced', 'requests of'),
  ...Object.entries(counters).flatMap(([name, what]) => [
    // CFQ went with Linux 5.0, and its files with it.
    counter(`blkio.${name}`, `Counts ${what} of the group by device, with the CFQ scheduler of kernels before 5.0.`, {
      deprecated: true,
    }),
    counter(`blkio.bfq.${name}`, `Counts ${what} of the group by device, with the BFQ scheduler.`),
    counter(
      `blkio.bfq.${name}_recursive`,
      `Counts ${what} of the group and those below it by device, with the BFQ scheduler.`,
    ),
  ]),
];
