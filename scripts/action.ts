/**
 * `node scripts/action.ts [--check]`: writes the parts of action.yml that follow from the options of `fairlead check`: an
 * input for each, its way into the script, and the option that the script makes of it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { valueAt } from "#src/field/json.ts";
import { CHECK_OPTIONS } from "#src/check/settings/options.ts";
import type { CheckOption } from "#src/examine/settings/options.ts";
import { writeOrCheck } from "./generated.ts";

const ROOT = join(import.meta.dirname, "..");
const FILE = join(ROOT, "action.yml");

/** Options that the script treats in its own way. */
const BY_HAND: readonly string[] = ["config"];

/** Descriptions of inputs that do not say the same as the help of their option. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  config:
    "Settings: a file, git:REF, git:REF:FILE, or none. By default, in a pull request the .fairlead.yaml of its base " +
    "commit, whose paths are also from that commit; otherwise the nearest one in the working directory or above.",
  format: "Further reports as FORMAT=FILE, one per line, for formats without an input of their own.",
};

const options: readonly CheckOption[] = CHECK_OPTIONS;
const scripted = options.filter(({ flag }) => !BY_HAND.includes(flag));

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  inputs: options.flatMap((option) => [
    `  ${option.flag}:`,
    `    description: ${JSON.stringify(descriptionOf(option))}`,
    `    default: "${option.value === undefined ? "false" : ""}"`,
  ]),
  env: options.map(({ flag }) => `        ${variableOf(flag)}: \${{ inputs.${flag} }}`),
  script: scripted.map((option) => `        ${functionFor(option)} ${option.flag} "$${variableOf(option.flag)}"`),
  node: [`        node=${String(valueAt(JSON.parse(read("package.json")), ["devDependencies", "node"]))}`],
};

let text = readFileSync(FILE, "utf8");
for (const [name, lines] of Object.entries(REGIONS)) {
  const region = new RegExp(`(?<=# ${name} written by npm run docs\\n)[^]*?(?=^ *# end of ${name}$)`, "m");
  if (!region.test(text)) throw new Error(`action.yml has no place for its ${name}`);
  text = text.replace(region, () => `${lines.join("\n")}\n`);
}
writeOrCheck(FILE, text);

function descriptionOf({ flag, help, isList, value }: CheckOption): string {
  const text =
    DESCRIPTIONS[flag] ?? `${help.replace("; may be given more than once", "")}${isList ? ", one per line" : ""}.`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${value === undefined ? " true or false." : ""}`;
}

/** Prefixed, so that no input is taken for a variable that a program reads. */
function variableOf(flag: string): string {
  return `INPUT_${flag.toUpperCase().replaceAll("-", "_")}`;
}

function functionFor({ value, isList }: CheckOption): string {
  if (value === undefined) return "switch";
  return isList ? "each" : "one";
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
