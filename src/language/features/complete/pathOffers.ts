import { CompletionItemKind } from 'vscode-languageserver-types';
import type { HostWish } from '../../vocabulary.ts';
import type { CompleteRequest, Offer } from './offer.ts';
import type { ValuePlace } from './valueOffers.ts';

/** Names that would need quoting or a backslash, or that cannot be seen, are left to the user. */
const isPlain = (name: string): boolean =>
  !/[:\\"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/u.test(name) && name === name.trim() && name !== '';

/** What a directory holds for the part of a path that the cursor stands in; only that part is replaced. */
export const pathOffers = async (
  { host, file }: CompleteRequest,
  { value, at, offsetInText }: ValuePlace,
  wish: HostWish,
  object: 'path' | 'directory' | 'imagePath',
): Promise<readonly Offer[]> => {
  const typed = value.slice(wish.start, at);
  if (typed !== '' && !typed.startsWith('/')) return [];
  const slash = typed.lastIndexOf('/');
  const directory = typed.slice(0, slash + 1).replaceAll('\\:', ':');
  const found = await (object === 'imagePath'
    ? host.imageDirectory(file.textDocument.uri, directory === '' ? '/' : directory)
    : host.directory(directory === '' ? '/' : directory));
  const next = value.indexOf('/', at);
  const start = wish.start + slash + 1;
  const end = next < 0 || next > wish.end ? wish.end : next;
  return found
    .filter(({ name, isDirectory }) => isPlain(name) && (isDirectory || object !== 'directory'))
    .filter(({ name }) => wish.isOneWord !== true || !/[\s#$&;|<>()*?!~]/u.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, isDirectory }) => ({
      start: offsetInText(start),
      end: offsetInText(end),
      label: directory === '' ? `/${name}` : name,
      kind: isDirectory ? CompletionItemKind.Folder : CompletionItemKind.File,
      group: name.startsWith('.') ? 2 : 1,
      ...(isDirectory ? { commit: ['/'] } : {}),
    }));
};
