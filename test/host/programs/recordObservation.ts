// Runs inside a host: prints as JSON what systemd has written and answered about its machines and images.
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { machinedPaths } from '../../../src/machines/nspawn/machinedPaths.ts';
import { askManager, askProperties } from '../../../src/machines/nspawn/observe/machinedCalls.ts';
import { connectSystemBus } from '../../../src/machines/host/systemBus.ts';
import { encode } from '../../fixtures/observe/recordedValue.ts';

const [machine = '', image = ''] = process.argv.slice(2);
const { stateFiles, busSocket, machineVarlink, imageVarlink } = machinedPaths;

/** The answer as it comes from the socket, its messages parted by lines instead of NULs. */
const varlinkLines = (socket: string, method: string, parameters: unknown, more: boolean): Promise<string[]> =>
  new Promise((resolve) => {
    const connection = connect(socket);
    const received: string[] = [];
    connection.on('error', () => resolve([]));
    connection.on('data', (chunk) => {
      received.push(chunk.toString('utf8'));
      const lines = received.join('').split('\0');
      if (lines.at(-1) !== '' || lines.at(-2)?.includes('"continues":true') === true) return;
      connection.destroy();
      resolve(lines.slice(0, -1));
    });
    connection.write(`${JSON.stringify({ method, parameters, more })}\0`);
  });

const bus = await connectSystemBus({
  socket: busSocket,
  timeoutMs: 10_000,
  onSignal: () => undefined,
  onClosed: () => undefined,
});

const list = 'io.systemd.Machine.List';
console.log(
  JSON.stringify(
    {
      stateFiles: Object.fromEntries(
        readdirSync(stateFiles)
          .filter((name) => !name.includes(':'))
          .map((name) => [name, readFileSync(`${stateFiles}/${name}`, 'latin1')]),
      ),
      listImages: encode(await bus.call(askManager('ListImages'))),
      imageProperties: encode(await bus.call(askProperties('Image', image))),
      machineProperties: encode(await bus.call(askProperties('Machine', machine))),
      addresses: encode(await bus.call(askManager('GetMachineAddresses', machine))),
      osRelease: encode(await bus.call(askManager('GetMachineOSRelease', machine))),
      varlinkImages: await varlinkLines(imageVarlink, 'io.systemd.MachineImage.List', {}, true),
      varlinkNoImage: await varlinkLines(imageVarlink, 'io.systemd.MachineImage.List', { name: 'nope' }, false),
      varlinkMachine: await varlinkLines(machineVarlink, list, { name: machine, acquireMetadata: 'graceful' }, false),
    },
    undefined,
    2,
  ),
);
bus.close();
