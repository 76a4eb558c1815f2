import { valueAt } from "../../../src/field/json.ts";
import { readText } from "../../../src/text/read.ts";
import { outcomeOf } from "../run/run-example.ts";
import type { Trap } from "../traps/trap.ts";
import { TRAPS } from "../traps/traps.ts";
import { exampleParts } from "./example-part.ts";
import { fixText } from "./finding-page.ts";
import { block, type CataloguePage, paragraphs, prose, section } from "./markdown.ts";
import { linkTo } from "./places.ts";

/** The pages of the traps of YAML, under `yaml/`. */
export async function trapPages(): Promise<readonly CataloguePage[]> {
  return Promise.all(Object.entries(TRAPS).map(pageOf));
}

async function pageOf([name, trap]: [string, Trap]): Promise<CataloguePage> {
  const { title, why, rule, programs } = trap;
  const bad = await outcomeOf(trap, "bad");
  const found = bad.findings.find((one) => one.rule === rule);
  const markdown = paragraphs(
    `# ${heading(title)}`,
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
      [...(rule === undefined ? [] : [linkTo(rule)]), "[How manifests are read](/docs/yaml)"]
        .map((link) => `- ${link}`)
        .join("\n"),
    ),
  );
  return { path: `yaml/${name}`, title, description: description(title), markdown: `${markdown}\n` };
}

/** A title with characters that would be markup. */
export function heading(title: string): string {
  return prose(title).replaceAll(/[*#]/g, "\\$&");
}

function description(title: string): string {
  return `A trap of YAML: ${title}.`;
}

/** What the value in question is read as, from the reader itself. */
function readAs({ bad, at }: Trap): string | undefined {
  if (at === undefined) return undefined;
  const value = valueAt(readText(bad, { format: "auto" }).documents[0]?.value, at);
  return paragraphs(
    `In the bad example, Kubernetes reads \`${at.join(".")}\` as:`,
    block("json", JSON.stringify(value, null, 2)),
  );
}
