import pLimit from 'p-limit';
import type { Image } from '../../image.ts';
import { bytesOf, imageTypeOf, isImageName, millisecondsOf } from './imageFields.ts';
import { askManager, askProperties } from './machinedCalls.ts';
import { enoughImages } from './mergeImages.ts';
import { BusError, type BusCall } from '../../host/systemBus.ts';

type Call = (call: BusCall, timeoutMs?: number) => Promise<unknown>;

/** Milliseconds: machined looks at every image anew, and on a disk that sleeps it takes its time. */
const listMs = 30_000;

/** The bus daemon lets a connection have 128 open questions. */
const questionsAtOnce = 32;

/** @returns undefined for what is no image that can be shown */
export const imageFromProperties = (properties: unknown): Image | undefined => {
  if (typeof properties !== 'object' || properties === null) return undefined;
  const values: Readonly<Record<string, unknown>> = { ...properties };
  const { Name: name, Path: path } = values;
  if (!isImageName(name) || typeof path !== 'string') return undefined;
  return {
    id: name,
    name,
    type: imageTypeOf(values['Type']),
    path,
    readOnly: values['ReadOnly'] === true,
    usage: bytesOf(values['Usage']),
    limit: bytesOf(values['Limit']),
    created: millisecondsOf(values['CreationTimestamp']),
    modified: millisecondsOf(values['ModificationTimestamp']),
    managed: true,
  };
};

const unknownObjects = new Set(['org.freedesktop.machine1.NoSuchImage', 'org.freedesktop.DBus.Error.UnknownObject']);

/**
 * @returns undefined where there is no such image
 * @throws BusError
 */
export const askImageByBus = async (call: Call, name: string): Promise<Image | undefined> => {
  try {
    return imageFromProperties(await call(askProperties('Image', name)));
  } catch (error) {
    if (error instanceof BusError && unknownObjects.has(error.reason)) return undefined;
    throw error;
  }
};

/** `(ssbttto)`: all that ListImages tells. */
const isUnchanged = (row: readonly unknown[], known: Image | undefined): boolean =>
  known?.managed === true &&
  known.type === imageTypeOf(row[1]) &&
  known.readOnly === row[2] &&
  known.created === millisecondsOf(row[3]) &&
  known.modified === millisecondsOf(row[4]) &&
  known.usage === bytesOf(row[5]);

/**
 * The images, as many as are enough. Path and limit are asked image by image, and only of those that are new or look different from what is known.
 * @throws BusError
 */
export const listImagesByBus = async (call: Call, known: ReadonlyMap<string, Image>): Promise<readonly Image[]> => {
  const rows: unknown = await call(askManager('ListImages'), listMs);
  const images: Image[] = [];
  const unseen: string[] = [];
  for (const row of Array.isArray(rows) ? (rows as unknown[]).slice(0, enoughImages) : []) {
    if (!Array.isArray(row) || !isImageName(row[0])) continue;
    const before = known.get(row[0]);
    if (before !== undefined && isUnchanged(row, before)) images.push(before);
    else unseen.push(row[0]);
  }
  await pLimit(questionsAtOnce).map(unseen, async (name) => {
    const image = await askImageByBus(call, name);
    if (image !== undefined) images.push(image);
  });
  return images;
};
