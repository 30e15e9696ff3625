export const activate = (): void => undefined;
