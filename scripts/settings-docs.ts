/** `node scripts/settings-docs.ts [--check]`: writes docs/settings.md from the list of settings, or checks that it is current. */
import { format } from "prettier";
import { type Setting, variableOf } from "#src/serve/config/setting.ts";
import { SETTINGS } from "#src/serve/config/settings.ts";
import { writeOrCheck } from "./generated.ts";

const INTRODUCTION = `# Settings of \`fairlead serve\`

Each setting has a key in the file that \`--config\` names (YAML, nested as the dots say), an environment variable and a
flag. A flag overrides the variable, which overrides the file. Lists in a variable are separated by commas. The last column
names the chart's value that sets it; the chart derives the other settings from the release, or keeps their defaults.
`;

function row(setting: Setting): string {
  const { path, flag, value, help, default: preset, chart } = setting;
  const cells = [
    code(path.join(".")),
    code(`--${flag} ${value}`),
    code(variableOf(setting)),
    preset === undefined ? "" : code(JSON.stringify(preset)),
    help.replaceAll("*", "\\*"),
    chart === undefined ? "" : code(chart.key.join(".")),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

const table = [
  "| key | flag | variable | default | meaning | chart |",
  "|---|---|---|---|---|---|",
  ...SETTINGS.map(row),
];
writeOrCheck(
  "docs/settings.md",
  await format(`${INTRODUCTION}\n${table.join("\n")}\n`, { parser: "markdown", printWidth: 120 }),
);
