import { TextDocument } from 'vscode-languageserver-textdocument';
import type { HostLook } from '../hostFacts/namedOnHost.ts';
import { machineOfPath } from '../hostFacts/place.ts';
import type { NamedOnHost } from '../language/namedOnHost.ts';
import type { Context } from '../language/context.ts';
import type { FileType, LanguageId, SourceFile } from '../language/fileType.ts';
import { diagnose } from '../language/features/diagnose.ts';
import { findingsToTell } from '../language/limits.ts';
import { openFileAs } from '../language/openFile.ts';
import { reportFindings } from './report.ts';
import type { ReportedFinding } from './report.ts';

/** A text as its file type reads it; undefined where that type is none of these. */
export const openText = (text: string, languageId: LanguageId, types: readonly FileType[]): SourceFile | undefined =>
  openFileAs(TextDocument.create('file:///', languageId, 0, text), languageId, types);

/** Judges one file; `name` is what it is reported under. */
export const lintFile = (name: string, file: SourceFile, context: Context): readonly ReportedFinding[] => {
  const told = findingsToTell(diagnose(file, context), file.textDocument.getText(), context.severities);
  return reportFindings(name, file.textDocument, told);
};

/** The context with what the host has of all that the file names; `name` is its path, which names its machine. */
export const contextOnHost = (
  name: string,
  { type, document }: SourceFile,
  context: Context,
  look: (question: HostLook) => NamedOnHost,
): Context => {
  const names = type.namesOnHost?.(document, context);
  return names === undefined ? context : { ...context, named: look({ names, machine: machineOfPath(name) }) };
};
