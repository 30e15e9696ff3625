import type { Handler } from './handler.ts';

export const restartLanguageServer: Handler = ({ language }) => language.restart();
