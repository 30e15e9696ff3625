import { connect } from 'node:net';
import { codeOf } from '../errors.ts';

/** Why a varlink service did not answer: its own error name, or the code of a failed connection (`ENOENT`). */
export class VarlinkError extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'VarlinkError';
    this.reason = reason;
  }
}

export interface VarlinkCall {
  readonly socket: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Asks for all answers instead of the only one. */
  readonly more: boolean;
  /** So many answers are enough. */
  readonly most?: number;
  /** Milliseconds for the whole call. */
  readonly timeoutMs: number;
}

const maxBytes = 64 * 1024 * 1024;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Reply {
  readonly parameters: Record<string, unknown>;
  readonly continues: boolean;
}

/** @throws VarlinkError for an error reply, SyntaxError for what is not JSON */
const readReply = (text: string): Reply => {
  const reply: unknown = JSON.parse(text);
  if (!isRecord(reply)) throw new VarlinkError('garbage');
  if (typeof reply['error'] === 'string') throw new VarlinkError(reply['error']);
  return {
    parameters: isRecord(reply['parameters']) ? reply['parameters'] : {},
    continues: reply['continues'] === true,
  };
};

/**
 * One varlink call on a connection of its own: JSON and a NUL byte each way (https://varlink.org). It is not kept open,
 * so that machined may still exit when it has nothing to do.
 * @throws VarlinkError
 */
export const callVarlink = (call: VarlinkCall): Promise<readonly Record<string, unknown>[]> =>
  new Promise((resolve, reject) => {
    const socket = connect(call.socket);
    const replies: Record<string, unknown>[] = [];
    const state = { received: 0, rest: Buffer.alloc(0) as Buffer };
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      const code = codeOf(error) ?? 'garbage';
      reject(error instanceof VarlinkError ? error : new VarlinkError(code, { cause: error }));
    };
    const timer = setTimeout(() => fail(new VarlinkError('ETIMEDOUT')), call.timeoutMs);
    /** @returns whether more is to come */
    const take = (message: Buffer): boolean => {
      const reply = readReply(message.toString('utf8'));
      replies.push(reply.parameters);
      return call.more && reply.continues && replies.length < (call.most ?? Number.POSITIVE_INFINITY);
    };
    socket.on('data', (chunk: Buffer) => {
      state.received += chunk.length;
      if (state.received > maxBytes) {
        fail(new VarlinkError('tooLong'));
        return;
      }
      let data = state.rest.length === 0 ? chunk : Buffer.concat([state.rest, chunk]);
      try {
        for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0)) {
          if (!take(data.subarray(0, end))) {
            clearTimeout(timer);
            socket.destroy();
            resolve(replies);
            return;
          }
          data = data.subarray(end + 1);
        }
      } catch (error) {
        fail(error);
        return;
      }
      state.rest = data;
    });
    socket.on('error', fail);
    socket.on('close', () => fail(new VarlinkError('ECONNRESET')));
    socket.write(
      `${JSON.stringify({ method: call.method, parameters: call.parameters, ...(call.more ? { more: true } : {}) })}\0`,
    );
  });
