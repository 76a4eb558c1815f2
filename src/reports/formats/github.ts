import { logLine } from "../console/index.ts";
import { type CheckFinding, fieldFact, objectName, suppressionText } from "../../examine/model/index.ts";
import { type Reporter, repositoryPath, summaryText } from "../model/index.ts";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/** Workflow commands for GitHub Actions, one per finding. A suppressed finding is a notice, whatever its severity. */
export function createGithubReporter(): Reporter {
  return {
    finding: (finding) => `${command(finding)}\n`,
    end: (summary) => {
      const notices = (summary.leftOut ?? []).map((text) => `::notice title=fairlead::${escapedData(text)}\n`);
      return `${notices.join("")}fairlead: ${summaryText(summary)}\n`;
    },
  };
}

function command(finding: CheckFinding): string {
  const suppressed = suppressionText(finding);
  const name = suppressed === undefined ? COMMANDS[finding.severity] : "notice";
  const title = [`fairlead ${finding.rule}`, objectName(finding)].filter((part) => part !== undefined).join(" in ");
  const properties = [
    `file=${escapedProperty(repositoryPath(finding.file))}`,
    ...location(finding),
    `title=${escapedProperty(title)}`,
  ];
  const fact = fieldFact(finding);
  const message = [
    suppressed === undefined ? finding.message : `${finding.message} (${suppressed})`,
    finding.fix !== undefined && `fix: ${finding.fix}`,
    fact !== undefined && `${fact.name}: ${fact.text}`,
  ].filter((line) => line !== false);
  return `::${name} ${properties.join(",")}::${message.map(escapedData).join(LINE_END)}`;
}

/** The lines and columns. The runner rejects columns if the lines differ. The end column is exclusive. */
function location({ region }: CheckFinding): readonly string[] {
  const lines = [`line=${region.startLine}`, `endLine=${region.endLine}`];
  if (region.startLine !== region.endLine) return lines;
  return [...lines, `col=${region.startColumn}`, `endColumn=${region.endColumn}`];
}

/** A line end, as it is escaped in a command's text. */
const LINE_END = "%0A";

/**
 * One line of a command's text. Only `%` needs escaping: `logLine` has replaced line ends and other invisible
 * characters.
 */
function escapedData(text: string): string {
  return logLine(text).replaceAll("%", "%25");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
