import { stringify } from "yaml";
import { versionText } from "../service/versions/index.ts";
import type { Omission, Rendering, Target } from "./model.ts";

/** The rendered objects as YAML, with what they lack as comments before them. */
export function renderingText({ objects, omissions, notes }: Rendering, { version }: Target): string {
  const head = [
    `Made by \`fairlead export vap\` for Kubernetes ${versionText(version)}. Change the policy, not this file.`,
    ...notes.map((note) => `Note: ${note}.`),
    ...(omissions.length === 0
      ? []
      : ["Not enforced by these objects:", ...omissions.map((one) => `- ${omissionText(one)}`)]),
  ];
  const documents = objects.map((object) => stringify(object, { lineWidth: 120, aliasDuplicateObjects: false }));
  return `${head.map(comment).join("\n")}\n${documents.join("---\n")}`;
}

/** What is left out, and why, in one line. */
export function omissionText({ policy, what, reason }: Omission): string {
  return `${policy}: ${what}: ${reason}`;
}

/** As a comment of one line, whatever the text holds. */
function comment(text: string): string {
  return `# ${text.replace(/\s+/g, " ")}`;
}
