import type { Message } from 'dbus-native';

export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** A part of an object path as systemd writes it (bus_label_escape): anything but a letter or a digit becomes `_xx`. */
export const busLabel = (name: string): string =>
  [...Buffer.from(name)]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const plain = index === 0 ? /[A-Za-z]/u : /[A-Za-z0-9]/u;
      return plain.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');

export interface BusSignal {
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface SystemBus {
  /**
   * The first value of the answer: `t` as bigint, `ay` as Buffer, `a{s…}` as object, a variant as its value.
   * @throws BusError
   */
  readonly call: (call: BusCall, timeoutMs?: number) => Promise<unknown>;
  readonly close: () => void;
}

/** Why the bus, or somebody on it, did not answer: a D-Bus error name, or the code of a failed connection (`ECONNREFUSED`). */
export class BusError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BusError';
    this.reason = reason;
  }
}

/** The reason where we have closed the connection ourselves. */
export const closedByUs = 'closed';

export const disconnected = 'org.freedesktop.DBus.Error.Disconnected';

const reasonOf = (error: object): string => {
  if ('dbusName' in error && typeof error.dbusName === 'string') return error.dbusName;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return disconnected;
};

const toBusError = (error: unknown): BusError => {
  if (error instanceof BusError) return error;
  return error instanceof Error
    ? new BusError(reasonOf(error), error.message, { cause: error })
    : new BusError(disconnected, String(error));
};

export interface SystemBusOptions {
  readonly socket: string;
  /** Milliseconds that a call waits for its answer. */
  readonly timeoutMs: number;
  readonly onSignal: (signal: BusSignal) => void;
  /** The connection has ended, and not by `close`. */
  readonly onClosed: () => void;
}

/**
 * Whether a signal came because of a match rule. Then the bus has compared its sender with that of the rule; what somebody
 * sends to this connection by its name comes whatever the rules say, from anybody.
 */
const isAsked = ({ destination }: Pick<Message, 'destination'>): boolean => destination === undefined;

/**
 * Connects to a bus. The only file that imports the library, and only when it is first needed: loading it takes 16 ms.
 * `direct` keeps the library from saying Hello itself, because it throws out of the socket's own callback, into nobody's
 * hands, when the bus refuses that Hello, as it does to root beyond 256 connections.
 * @throws BusError
 */
export const connectSystemBus = async (options: SystemBusOptions): Promise<SystemBus> => {
  const { createClient } = await import('dbus-native');
  const bus = createClient({
    socket: options.socket,
    authMethods: ['EXTERNAL'],
    direct: true,
    timeout: options.timeoutMs,
    maxMessageSize: 32 * 1024 * 1024,
  });
  const { connection } = bus;
  const state: { phase: 'opening' | 'open' | 'over'; cause: unknown } = { phase: 'opening', cause: undefined };
  // Destroying the stream also fails every call that still waits.
  const close = (): void => {
    state.phase = 'over';
    connection.stream.destroy();
  };
  const end = (cause: unknown): void => {
    if (state.phase === 'over') return;
    const wasOpen = state.phase === 'open';
    state.cause = cause;
    close();
    if (wasOpen) options.onClosed();
  };
  // Without a listener either of the first two would end the process.
  connection.on('error', end);
  connection.on('handlerError', end);
  connection.on('close', end);

  connection.on('message', (message: Message) => {
    if (message.type !== 4 || state.phase !== 'open' || !isAsked(message)) return;
    options.onSignal({ interface: message.interface ?? '', member: message.member ?? '', body: message.body ?? [] });
  });

  const call = async (busCall: BusCall, timeoutMs = options.timeoutMs): Promise<unknown> => {
    const { body, signature, ...rest } = busCall;
    const message: Message = signature === undefined ? rest : { ...rest, signature, body: [...(body ?? [])] };
    try {
      return await bus.invoke<unknown>(message, { timeout: timeoutMs });
    } catch (error) {
      throw toBusError(state.cause ?? error);
    }
  };

  try {
    const daemon = 'org.freedesktop.DBus';
    await call({ destination: daemon, path: '/org/freedesktop/DBus', interface: daemon, member: 'Hello' });
  } catch (error) {
    close();
    throw error;
  }
  state.phase = 'open';
  return {
    call,
    close: () => {
      state.cause ??= new BusError(closedByUs, 'closed by us');
      close();
    },
  };
};
