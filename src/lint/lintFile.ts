import { TextDocument } from 'vscode-languageserver-textdocument';
import type { HostLook } from '../hostFacts/namedOnHost.ts';
import { machineOfPath } from '../hostFacts/place.ts';
import type { NamedOnHost } from '../language/namedOnHost.ts';
import type { Context } from '../language/context.ts';
import type { FileType, LanguageId } from '../language/fileType.ts';
import { diagnose } from '../language/features/diagnose.ts';
import { findingsToTell } from '../language/limits.ts';
import { openFileAs } from '../language/openFile.ts';
import { reportFindings } from './report.ts';
import type { ReportedFinding } from './report.ts';

/** Judges one text; `name` is what it is reported under. */
export const lintText = (
  name: string,
  text: string,
  languageId: LanguageId,
  context: Context,
  types: readonly FileType[],
): readonly ReportedFinding[] => {
  const file = openFileAs(TextDocument.create('file:///', languageId, 0, text), languageId, types);
  if (file === undefined) return [];
  const told = findingsToTell(diagnose(file, context), text, context.severities);
  return reportFindings(name, file.textDocument, told);
};

/** The context with what the host has of all that the text names; `name` is the path of the file, which names its machine. */
export const contextOnHost = (
  name: string,
  text: string,
  languageId: LanguageId,
  context: Context,
  types: readonly FileType[],
  look: (question: HostLook) => NamedOnHost,
): Context => {
  const file = openFileAs(TextDocument.create('file:///', languageId, 0, text), languageId, types);
  const names = file?.type.namesOnHost?.(file.document, context);
  return names === undefined ? context : { ...context, named: look({ names, machine: machineOfPath(name) }) };
};
