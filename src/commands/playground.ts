import { Command } from "commander";
import type { AddressInfo } from "node:net";
import { readPage, servePage } from "../playground/index.ts";
import { logLine } from "../reports/console/index.ts";
import { stopSignal } from "../serve/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";

interface Options {
  readonly host: string;
  readonly port: string;
}

/** The command `fairlead playground`: serves the page until a signal ends it. Exit code 2 if it cannot. */
export function command(onReady: () => void): Command {
  return new Command("playground")
    .option("--port <number>", "port to listen at; 0 for any free one", "8321")
    .option("--host <address>", "address to listen at", "127.0.0.1")
    .addHelpText("after", "\nThe page is whole once it is loaded: nothing that is written in it is sent anywhere.")
    .action(async (options: Options) => {
      try {
        await run(options, onReady);
      } catch (error) {
        if (!(error instanceof Unusable)) throw error;
        console.error(logLine(`fairlead: ${error.message}`));
        process.exitCode = EXIT_CODES.unusable;
      }
    });
}

async function run({ host: written, port }: Options, onReady: () => void): Promise<void> {
  // As in a URL.
  const host = written.replace(/^\[(.*)\]$/, "$1");
  if (host === "")
    throw new Unusable("--host is empty; write an address of this machine, 127.0.0.1 for this machine only");
  const stopped = stopSignal(true);
  const server = await servePage(await readPage(), host, portOf(port));
  console.log(`The playground is at ${addressOf(server.address(), host)} (Ctrl+C ends it)`);
  onReady();
  await stopped;
  server.close();
  server.closeAllConnections();
  // The handlers of signals keep nothing alive, but a console that is closed might.
  process.exitCode = EXIT_CODES.success;
}

/** @throws {Unusable} */
function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new Unusable(`${JSON.stringify(text)} is not a port; write a number from 0 to 65535`);
  return port;
}

function addressOf(address: AddressInfo | string | null, host: string): string {
  const port = address !== null && typeof address === "object" ? address.port : "";
  // At every address of the machine, also at this one, which can be opened.
  const opened = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${opened.includes(":") ? `[${opened}]` : opened}:${port}/`;
}
