import { createHash } from "node:crypto";
import { type CheckFinding, sentence, objectName, suppressionText } from "../../examine/model/index.ts";
import { type Reporter, repositoryPath } from "../model/index.ts";
import { StreamedList } from "./streamed-list.ts";

const SEVERITIES = { error: "major", warning: "minor", note: "info" } as const;

/**
 * GitLab's code quality report: a JSON list with one issue per finding. A suppressed finding has the severity `info`.
 */
export function createGitlabReporter(): Reporter {
  const issues = new StreamedList("[");
  return {
    finding: (finding) => issues.item(issue(finding)),
    end: ({ leftOut = [] }) => `${leftOut.map((text) => issues.item(note(text))).join("")}${issues.close()}\n`,
  };
}

/** An issue for what was left out. An issue must have a location; this one names the configuration file. */
function note(description: string): unknown {
  return {
    description: sentence(description),
    check_name: "left-out",
    fingerprint: createHash("sha256").update(description).digest("hex").slice(0, 32),
    severity: "info",
    location: { path: ".fairlead.yaml", lines: { begin: 1, end: 1 } },
  };
}

function issue(finding: CheckFinding): unknown {
  const { region } = finding;
  const suppressed = suppressionText(finding);
  // GitLab shows only the description, so that everything has to be in it.
  const parts = [objectName(finding), finding.message].filter((part) => part !== undefined).join(": ");
  const fix = finding.fix === undefined ? "" : ` Fix: ${sentence(finding.fix)}`;
  return {
    description: `${sentence(parts)}${fix}${suppressed === undefined ? "" : ` This is ${sentence(suppressed)}`}`,
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: suppressed === undefined ? SEVERITIES[finding.severity] : "info",
    location: {
      path: repositoryPath(finding.file),
      lines: { begin: region.startLine, end: region.endLine },
    },
  };
}
