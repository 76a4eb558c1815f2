/** What an editor waits for: the analysis of a text of a thousand lines, beside reading it, when it is opened and after a key. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeContext } from "#src/check/context/index.ts";
import { type Analysis, analyse } from "#src/editor/analysis/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { defaultSettings } from "#src/examine/settings/index.ts";
import { readText } from "#src/text/index.ts";
import { AIMS, aimText } from "./aims.ts";
import type { Options, Row, Table } from "./table.ts";
import { takeTurns } from "./turns.ts";

export const name = "editor";

const FILE = "services.yaml";

/** The analysis when a text is opened and after a typed character, as multiples of reading the text, and in milliseconds. */
export async function run({ quick }: Options): Promise<readonly Table[]> {
  const rounds = quick ? 4 : 15;
  const [plain, judged] = [await contextOf([]), await contextOf(["baseline", "consistency"])];
  const measured = [
    { what: "40 Services", text: manyServices(), context: plain },
    { what: "40 Services, by two sets of policies", text: manyServices(), context: judged },
    { what: "a Service of 300 ports", text: manyPorts(), context: plain },
    { what: "40 Services, each with a mistake", text: manyServices("Nodeport"), context: plain },
    {
      what: "40 Services, one of them no YAML",
      text: manyServices().replace("# here\nspec:", "# here\nspec: ["),
      context: plain,
    },
  ].map((subject) => ({ ...subject, ...secondsOf(subject, rounds) }));
  return [
    {
      title: "Analysis in an editor, beside reading the same text of a thousand lines",
      kind: "ratios",
      rows: measured.map(({ what, reading, opened, typed }) => ({
        what,
        "when opened": times(opened / reading),
        "after a key": times(typed / reading),
      })),
    },
    {
      title: "editor",
      kind: "figures",
      rows: measured.map(({ what, reading, opened, typed }): Row => ({
        what,
        "reading alone": milliseconds(reading),
        "when opened": milliseconds(opened),
        "after a key": milliseconds(typed),
        aim: aimText(AIMS.editorKey, typed * 1000),
      })),
    },
  ];
}

interface Subject {
  readonly text: string;
  readonly context: Context;
}

/** Seconds of processor time, warm. Each key is typed in the middle of the text, into a comment of a Service that stands there. */
function secondsOf({ text, context }: Subject, rounds: number) {
  let analysis: Analysis = analyse(text, FILE, context);
  let keys = 0;
  const at = text.indexOf("# here");
  const [reading = 0, opened = 0, typed = 0] = takeTurns(
    [
      () => void readText(text, { format: "auto" }),
      () => void analyse(text, FILE, context),
      () => {
        keys++;
        analysis = analyse(`${text.slice(0, at)}#${String(keys)}${text.slice(at)}`, FILE, context, analysis);
      },
    ],
    rounds,
    20,
  );
  return { reading, opened, typed };
}

function contextOf(policies: readonly string[]): Promise<Context> {
  const files = policies.map((set) => {
    const file = join(import.meta.dirname, `../policies/${set}.yaml`);
    return { file, text: readFileSync(file, "utf8") };
  });
  const settings = { ...defaultSettings("2026-11-28"), policies: files };
  return makeContext({ settings, old: undefined, wantsServices: false });
}

function manyServices(type = "NodePort"): string {
  return Array.from({ length: 40 }, (_, index) => serviceText(index, type, 5)).join("---\n");
}

function manyPorts(): string {
  return serviceText(0, "ClusterIP", 300);
}

function serviceText(index: number, type: string, ports: number): string {
  const head = `apiVersion: v1\nkind: Service\nmetadata:\n  name: web-${index}\n  namespace: team-a\n  labels:\n    app: web\n    tier: front\n`;
  const spec = `${index % 20 === 0 ? "# here\n" : ""}spec:\n  type: ${type}\n  selector:\n    app: web-${index}\n  ports:\n`;
  const items = Array.from(
    { length: ports },
    (_, port) => `    - name: port-${port}\n      port: ${8000 + port}\n      targetPort: http-${port}\n`,
  );
  return `${head}${spec}${items.join("")}`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(2)} ms`;
}
