import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/** What a handler of a request returns; the client has asked for the error itself, by cancelling. */
export type Answer<Result> = Promise<Result | ResponseError>;

const cancelled = (): ResponseError => new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled by the client');

/** The one wrapper round every handler: whatever it throws is logged, and the client gets an empty answer. */
export interface Safely {
  request<Params, Result>(
    name: string,
    empty: Result,
    answer: (params: Params) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Answer<Result>;
  notification<Params>(name: string, take: (params: Params) => void | Promise<void>): (params: Params) => void;
}

export const answerSafely = (logError: (message: string) => void): Safely => {
  const log = (name: string, error: unknown): void =>
    logError(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return {
    request: (name, empty, answer) => async (params, token) => {
      const isCancelled = (): boolean => token.isCancellationRequested;
      if (isCancelled()) return cancelled();
      try {
        const result = await answer(params);
        return isCancelled() ? cancelled() : result;
      } catch (error) {
        log(name, error);
        return empty;
      }
    },
    notification: (name, take) => (params) => {
      // The work begins at once; an async function turns what it throws into a rejection.
      const work = async (): Promise<void> => take(params);
      work().catch((error: unknown) => log(name, error));
    },
  };
};
