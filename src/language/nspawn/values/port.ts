import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { parseUint32 } from './parseNumber.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import { visible } from './rawFields.ts';

type Type = Extract<ValueType, { readonly kind: 'port' }>;

const invalidPort: RuleInfo = {
  id: 'invalid-port',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A port is a number from 1 to 65535'),
};
const unknownProtocol: RuleInfo = {
  id: 'unknown-protocol',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('The protocol of a port is tcp or udp'),
};
const octalPort: RuleInfo = {
  id: 'octal-port',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A number that begins with 0 counts by eights'),
};

const protocols: readonly string[] = ['tcp', 'udp'];

/** parse_ip_port() of systemd (basic/parse-util.c). */
const readPort = (text: string, systemdVersion: number): number | undefined => {
  // strtoul(3) goes on skipping blanks of its own, but those of systemd are refused at the beginning since 250.
  if (text.length > 100 || (systemdVersion >= 250 && /^[ \t\r\n]/u.test(text))) return undefined;
  const port = parseUint32(text, { systemdVersion });
  return typeof port === 'number' && port > 0 && port < 65536 ? port : undefined;
};

const numberProblems = (value: string, span: Span, systemdVersion: number): readonly ValueProblem[] => {
  const text = value.slice(span.start, span.end);
  const port = readPort(text, systemdVersion);
  if (port === undefined) {
    const hint =
      text.includes('-') && /^\d+-\d+$/u.test(text)
        ? ` ${l10n.t('Ranges are not taken: give every port a line.')}`
        : '';
    const message = `${text === '' ? l10n.t('A port is missing here: a port is a number from 1 to 65535.') : l10n.t`${shown(text)} is no port: a port is a number from 1 to 65535.`}${hint}`;
    return [ruleProblem(invalidPort, visible(span), message)];
  }
  if (!/^[+]?0[0-7]+$/u.test(text)) return [];
  const decimal = String(port);
  const plain = text.replace(/^\+?0+/u, '');
  return [
    ruleProblem(octalPort, span, l10n.t`A number with 0 in front counts by eights: this is port ${decimal}.`, [
      replaceFix(l10n.t`Write ${decimal}`, span, decimal),
      replaceFix(l10n.t`Write ${plain}`, span, plain),
    ]),
  ];
};

/** Forms of container tools, such as `8080:80/tcp`, in the order that systemd takes. */
const suffixFix = (value: string): readonly ValueFix[] => {
  const match = /^(\d+(?::\d+)?)\/(tcp|udp)$/iu.exec(value);
  const [, ports, protocol] = match ?? [];
  if (ports === undefined || protocol === undefined) return [];
  const text = `${protocol.toLowerCase()}:${ports}`;
  return [replaceFix(l10n.t`Change to ${text}`, { start: 0, end: value.length }, text, true)];
};

/** An address in front of the ports, as container tools take it. */
const addressProblems = (value: string, start: number): readonly ValueProblem[] | undefined => {
  const address = /^(?:\[[^\]]*\]|\d{1,3}(?:\.\d{1,3}){3}):/u.exec(value.slice(start))?.[0];
  if (address === undefined) return undefined;
  const span = { start, end: start + address.length };
  return [
    ruleProblem(
      invalidPort,
      { start, end: span.end - 1 },
      l10n.t('No address can be given here: a port is open on all addresses of the host.'),
      [replaceFix(l10n.t('Remove the address'), span, '')],
    ),
  ];
};

/** Two ports with the wrong sign between them. */
const equalsProblems = (value: string, start: number): readonly ValueProblem[] | undefined => {
  const ports = /^(\d+)=(\d+)$/u.exec(value.slice(start));
  if (ports === null) return undefined;
  const text = `${ports[1] ?? ''}:${ports[2] ?? ''}`;
  const span = { start, end: value.length };
  return [
    ruleProblem(invalidPort, span, l10n.t('A colon stands between the two ports, not an equals sign.'), [
      replaceFix(l10n.t`Write ${text}`, span, text),
    ]),
  ];
};

const protocolProblem = (value: string, colon: number): ValueProblem => {
  const span = { start: 0, end: colon };
  const written = value.slice(0, colon);
  const message = l10n.t`${shown(written)} is no protocol: it is \`tcp\` or \`udp\` in lower case, and tcp when there is none.`;
  return ruleProblem(unknownProtocol, span, message, didYouMean(written, protocols, span));
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const fix = suffixFix(value);
  if (fix.length > 0) {
    const slash = { start: value.indexOf('/'), end: value.length };
    return [ruleProblem(invalidPort, slash, l10n.t('The protocol stands in front of the ports, with a colon.'), fix)];
  }
  const start = protocols.some((protocol) => value.startsWith(`${protocol}:`)) ? 4 : 0;
  const colon = value.indexOf(':', start);
  const other = addressProblems(value, start) ?? equalsProblems(value, start);
  if (other !== undefined) return other;
  if (start === 0 && colon > 0 && /^[a-z]/iu.test(value)) return [protocolProblem(value, colon)];
  if (colon < 0) return numberProblems(value, { start, end: value.length }, systemdVersion);
  return [
    ...numberProblems(value, { start, end: colon }, systemdVersion),
    ...numberProblems(value, { start: colon + 1, end: value.length }, systemdVersion),
  ];
};

/** expose_port_parse() of systemd (nspawn/nspawn-expose-ports.c). A port that another line has is looked for elsewhere. */
export const portKind: ValueKind<Type> = {
  rules: [emptyValue, invalidPort, unknownProtocol, octalPort, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('a port'))]
      : withCommonMistakes(value, (port) => check(port, at.context.systemdVersion)),
  suggestions: (value, offset) => {
    if (value.slice(0, offset).includes(':')) return [];
    const colon = value.indexOf(':');
    // What stands there is kept when it is a number, and replaced when it is the beginning of a protocol.
    const end = /^\d/u.test(value) ? 0 : colon < 0 ? value.length : colon + 1;
    // An editor only takes what stands at the cursor.
    if (offset > end) return [];
    return protocols.map((protocol) => ({
      start: 0,
      end,
      text: `${protocol}:`,
      detail: protocol === 'tcp' ? l10n.t('the default') : 'datagrams',
    }));
  },
  form: () => '`[tcp:|udp:]PORT-OF-HOST[:PORT-IN-MACHINE]`',
  snippet: () => '${1|tcp,udp|}:${2:8080}:${3:80}',
};
