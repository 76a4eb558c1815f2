import { valueAt } from "../../../src/field/json.ts";
import { Path } from "../../../src/field/path.ts";
import { readText } from "../../../src/text/read.ts";
import { outcomeOf } from "../run/run-example.ts";
import type { Trap } from "../traps/trap.ts";
import { TRAPS } from "../traps/traps.ts";
import { exampleParts } from "./example-part.ts";
import { fixText } from "./finding-page.ts";
import { block, type CataloguePage, literal, paragraphs, prose, section } from "./markdown.ts";
import { lineOf } from "./places.ts";

/** The pages of the traps of YAML, under `yaml/`. */
export async function trapPages(): Promise<readonly CataloguePage[]> {
  return Promise.all(Object.entries(TRAPS).map(pageOf));
}

async function pageOf([name, trap]: [string, Trap]): Promise<CataloguePage> {
  const { title, why, rule, programs } = trap;
  const bad = await outcomeOf(trap, "bad");
  const found = bad.findings.find((one) => one.rule === rule);
  const markdown = paragraphs(
    `# ${literal(title)}`,
    prose(why),
    section("Example", exampleParts(`yaml/${name}`, trap, bad), readAs(trap)),
    rule === undefined ? undefined : section("Fix", fixText(trap, bad, found?.fix)),
    programs &&
      section(
        "Where programs differ",
        `| program | what it does |\n|---|---|\n| kubectl | ${programs.kubectl} |\n| API server, of a body of \`application/yaml\` | ${programs.apiServer} |`,
      ),
    section(
      "See also",
      [...(rule === undefined ? [] : [lineOf(rule)]), "[How manifests are read](/docs/yaml)"]
        .map((link) => `- ${link}`)
        .join("\n"),
    ),
  );
  return { path: `yaml/${name}`, title, description: firstSentence(why), markdown: `${markdown}\n` };
}

function firstSentence(text: string): string {
  return /^.+?[.](?= |$)/.exec(text)?.[0] ?? text;
}

/** What the value in question is read as, from the reader itself. */
function readAs({ bad, at }: Trap): string | undefined {
  if (at === undefined) return undefined;
  const value = valueAt(readText(bad, { format: "auto" }).documents[0]?.value, at);
  return paragraphs(
    `In the bad example, Kubernetes reads \`${Path.of(at).toString()}\` as:`,
    block("json", JSON.stringify(value, null, 2)),
  );
}
