/**
 * `node scripts/release/preflight.ts TAG`: says what keeps the checkout in the working folder from being released under
 * the tag, and ends with 1 if there is anything.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { valueAt } from "#src/field/json.ts";

/** Where the version stands, apart from what is generated. */
const PLACES: readonly { readonly file: string; readonly at: readonly string[] }[] = [
  { file: "package.json", at: ["version"] },
  { file: "package-lock.json", at: ["version"] },
  { file: "editors/vscode/package.json", at: ["version"] },
  { file: "charts/fairlead/Chart.yaml", at: ["version"] },
  { file: "charts/fairlead/Chart.yaml", at: ["appVersion"] },
  { file: "ci/gitlab.yml", at: ["fairlead", "variables", "FAIRLEAD_VERSION"] },
];

const [tag = ""] = process.argv.slice(2);
const version = /^v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(tag)?.[1];
const faults = version === undefined ? [`${tag}: a tag is v and a version, such as v0.1.0`] : faultsOf(version);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

function faultsOf(version: string): string[] {
  const faults = PLACES.flatMap(({ file, at }) => {
    const found = valueAt(parse(read(file)), at);
    return found === version ? [] : [`${file}: ${at.join(".")} is ${String(found)}; the tag says ${version}`];
  });
  // A release candidate has the notes of what it is a candidate for.
  const [release = ""] = version.split("-");
  const heading = read("CHANGELOG.md")
    .split("\n")
    .find((line) => line.startsWith(`## ${release} `));
  if (heading === undefined) faults.push(`CHANGELOG.md: no section for ${release}`);
  else if (version === release && !/\(\d{4}-\d{2}-\d{2}\)$/.test(heading)) {
    faults.push(`CHANGELOG.md: "${heading}" must end with the date of the release, such as (2027-01-31)`);
  }
  const repository = process.env["GITHUB_REPOSITORY"];
  const url = String(valueAt(parse(read("package.json")), ["repository", "url"]));
  if (repository !== undefined && !url.endsWith(`/${repository}.git`)) {
    faults.push(`package.json: repository.url is ${url}; npm asks for ${repository}, from which the release is made`);
  }
  return faults;
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
