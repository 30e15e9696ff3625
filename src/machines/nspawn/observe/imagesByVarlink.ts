import type { Image } from '../../image.ts';
import { bytesOf, imageTypeOf, isImageName, millisecondsOf } from './imageFields.ts';
import { enoughImages } from './mergeImages.ts';
import { callVarlink, VarlinkError } from '../../host/varlink.ts';

const timeoutMs = 30_000;
const method = 'io.systemd.MachineImage.List';

/** @returns undefined for what is no image that can be shown */
export const imageFromVarlink = (reply: Readonly<Record<string, unknown>>): Image | undefined => {
  const { name, path } = reply;
  if (!isImageName(name) || typeof path !== 'string') return undefined;
  return {
    id: name,
    name,
    type: imageTypeOf(reply['type']),
    path,
    readOnly: reply['readOnly'] === true,
    usage: bytesOf(reply['usage']),
    limit: bytesOf(reply['limit']),
    created: millisecondsOf(reply['creationTimestamp']),
    modified: millisecondsOf(reply['modificationTimestamp']),
    managed: true,
  };
};

/**
 * The images in one call, as many as are enough, with paths and limits, which D-Bus tells one by one only; from systemd 257 on.
 * @throws VarlinkError
 */
export const listImagesByVarlink = async (socket: string): Promise<readonly Image[]> => {
  const replies = await callVarlink({ socket, method, parameters: {}, more: true, most: enoughImages, timeoutMs });
  return replies.flatMap((reply) => imageFromVarlink(reply) ?? []);
};

/**
 * @returns undefined where there is no such image
 * @throws VarlinkError
 */
export const askImageByVarlink = async (socket: string, name: string): Promise<Image | undefined> => {
  try {
    const [reply] = await callVarlink({ socket, method, parameters: { name }, more: false, timeoutMs });
    return reply === undefined ? undefined : imageFromVarlink(reply);
  } catch (error) {
    if (error instanceof VarlinkError && error.reason === 'io.systemd.MachineImage.NoSuchImage') return undefined;
    throw error;
  }
};
