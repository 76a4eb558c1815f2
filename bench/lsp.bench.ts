/** What somebody who types waits for: from a key to the diagnostics, through the real server and the protocol. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DidChangeTextDocumentNotification } from "vscode-languageserver-protocol/node";
import { LspClient, uriOf } from "#test/lsp/client.ts";
import { AIMS, aimText } from "./aims.ts";
import { median, quantile } from "./statistics.ts";
import type { Options, Table } from "./table.ts";

export const name = "lsp";

const SERVICES = 67;
const STARTS = 5;
/** The files of the larger folder, each with a Service that claims a name and a node port. */
const FILES = 2000;

/** A key in a text of a thousand lines, beside one in a text of one Service; the start; the memory. */
export async function run({ quick }: Options): Promise<readonly Table[]> {
  const keys = quick ? 60 : 400;
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-lsp-"));
  writeFileSync(join(folder, ".fairlead.yaml"), "policy: [baseline, advice]\n");
  try {
    const starts: number[] = [];
    for (let start = 0; start < (quick ? 2 : STARTS); start++) starts.push(await startOnce(folder));
    for (let file = 0; file < FILES; file++)
      writeFileSync(join(mkdirOf(folder, "large"), `${file}.yaml`), claiming(file));
    const large = await LspClient.start({ folders: [join(folder, "large")] });
    await typed(large, join(folder, "large", "999.yaml"), serviceText(999), keys);
    const around = await typed(large, join(folder, "large", "1000.yaml"), manyServices(), keys);
    await large.end();
    rmSync(join(folder, "large"), { recursive: true });
    const client = await LspClient.start({ folders: [folder] });
    const one = await typed(client, join(folder, "one.yaml"), serviceText(0), keys);
    const many = await typed(client, join(folder, "many.yaml"), manyServices(), keys);
    const memory = memoryOf(client.server.pid);
    await client.end();
    return [
      {
        title: "From a key to the diagnostics, in a text of a thousand lines beside one of fifteen",
        kind: "ratios",
        rows: [{ what: "median", ratio: `${(median(many) / median(one)).toFixed(2)}×` }],
      },
      {
        title: "lsp",
        kind: "figures",
        rows: [
          { what: "a key in 15 lines", median: ms(median(one)), p95: ms(quantile(one, 0.95)), aim: "" },
          {
            what: "a key in 1,000 lines",
            median: ms(median(many)),
            p95: ms(quantile(many, 0.95)),
            aim: aimText(AIMS.editorDiagnostics, quantile(many, 0.95)),
          },
          {
            what: "the same in a folder of 2,000 files",
            median: ms(median(around)),
            p95: ms(quantile(around, 0.95)),
            aim: aimText(AIMS.editorDiagnostics, quantile(around, 0.95)),
          },
          { what: "start, to the answer to initialize", median: ms(median(starts)), p95: "", aim: "" },
          { what: "memory in the end", median: memory, p95: "", aim: "" },
        ],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the process to its first answer. */
async function startOnce(folder: string): Promise<number> {
  const begun = performance.now();
  const client = await LspClient.start({ folders: [folder] });
  const taken = performance.now() - begun;
  await client.open(join(folder, "start.yaml"), serviceText(0));
  await client.end();
  return taken;
}

/** Milliseconds from each key to the diagnostics of that version. The keys are typed into the middle of the text. */
async function typed(client: LspClient, file: string, text: string, keys: number): Promise<readonly number[]> {
  const uri = uriOf(file);
  await client.open(file, text);
  const line = text.slice(0, text.indexOf("# here")).split("\n").length - 1;
  const position = { line, character: "# here".length };
  const times: number[] = [];
  for (let version = 2; version < keys + 2; version++) {
    const begun = performance.now();
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: "x" }],
    });
    await client.diagnostics(uri, (published) => published.version === version);
    times.push(performance.now() - begun);
  }
  return times;
}

function manyServices(): string {
  const middle = Math.floor(SERVICES / 2);
  return Array.from({ length: SERVICES }, (_, index) => {
    const text = serviceText(index);
    return index === middle ? text : text.replace("# here", "# there");
  }).join("---\n");
}

function mkdirOf(folder: string, name: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

function claiming(index: number): string {
  return serviceText(index)
    .replace("Nodeport", "NodePort")
    .replace("port: 80\n", `port: 80\n      nodePort: ${30000 + index}\n`);
}

function serviceText(index: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web-${index}
  namespace: shop
# here
spec:
  type: Nodeport
  selector:
    app: web-${index}
  ports:
    - name: http
      port: 80
      targetPort: 8080
`;
}

function memoryOf(pid: number | undefined): string {
  const file = `/proc/${pid ?? "self"}/status`;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(existsSync(file) ? readFileSync(file, "utf8") : "") ?? [];
  return kilobytes === undefined ? "" : `${Math.round(Number(kilobytes) / 1024)} MiB`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
