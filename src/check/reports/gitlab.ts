import type { CheckFinding, Reporter } from "../types.ts";
import { repositoryPath } from "./place.ts";
import { StreamedList } from "./streamed-list.ts";
import { serviceName, suppressionText } from "./words.ts";

const SEVERITIES = { error: "major", warning: "minor", note: "info" } as const;

/** GitLab's code quality report: a JSON list, one issue a finding. What is suppressed is of severity `info`. */
export function createGitlabReporter(): Reporter {
  const issues = new StreamedList("[");
  return {
    finding: (finding) => issues.item(issue(finding)),
    end: () => `${issues.close()}\n`,
  };
}

function issue(finding: CheckFinding): unknown {
  const { region } = finding;
  const suppressed = suppressionText(finding);
  // GitLab shows the description alone, so that everything has to be in it.
  const parts = [serviceName(finding), finding.message].filter((part) => part !== undefined).join(": ");
  const fix = finding.fix === undefined ? "" : ` Fix: ${finding.fix}`;
  return {
    description: `${parts}${fix}${suppressed === undefined ? "" : ` (${suppressed})`}`,
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: suppressed === undefined ? SEVERITIES[finding.severity] : "info",
    location: {
      path: repositoryPath(finding.file),
      lines: { begin: region.startLine, end: region.endLine },
    },
  };
}
