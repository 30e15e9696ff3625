import type { Handler } from './handler.ts';
export const openNspawnFile: Handler = () => Promise.resolve();
