import { CHECK_RULES } from "../../../src/examine/findings/rule-texts.ts";
import { RULES } from "../../../src/policy/rules/registry.ts";
import { ADDRESS_MESSAGES } from "../../../src/service/messages/addresses.ts";
import { ADMISSION_MESSAGES } from "../../../src/service/messages/admission.ts";
import { DECODE_MESSAGES, FIELD_VALIDATION_MESSAGES } from "../../../src/service/messages/decoding.ts";
import { METADATA_MESSAGES } from "../../../src/service/messages/metadata.ts";
import { SPEC_MESSAGES } from "../../../src/service/messages/spec.ts";
import { UPDATE_MESSAGES } from "../../../src/service/messages/updates.ts";
import { WARNING_MESSAGES } from "../../../src/service/messages/warnings.ts";
import { JSON_TRAPS } from "../traps/json.ts";
import { SCALARS } from "../traps/scalars.ts";
import { STRUCTURE } from "../traps/structure.ts";
import { type CataloguePage, cell, paragraphs } from "./markdown.ts";

/** Pages that one list has, in any order. */
export interface Group {
  readonly title: string;
  readonly names: readonly string[];
}

export const FINDING_GROUPS: readonly Group[] = [
  { title: "What cannot be read", names: Object.keys({ ...DECODE_MESSAGES, ...FIELD_VALIDATION_MESSAGES }) },
  { title: "Metadata", names: Object.keys(METADATA_MESSAGES) },
  { title: "Spec and status", names: Object.keys(SPEC_MESSAGES) },
  { title: "Addresses and IP families", names: Object.keys(ADDRESS_MESSAGES) },
  { title: "Updates", names: Object.keys(UPDATE_MESSAGES) },
  { title: "Admission plugins", names: Object.keys(ADMISSION_MESSAGES) },
  { title: "Warnings of the API server", names: Object.keys(WARNING_MESSAGES) },
  { title: "What the check says by itself", names: Object.keys(CHECK_RULES) },
];

export const RULE_GROUPS: readonly Group[] = [
  { title: "What a team may decide", group: "team" },
  { title: "Advice: what the API server accepts and what hurts in production", group: "advice" },
  { title: "Consistency: what does not fit other objects", group: "consistency" },
].map(({ title, group }) => ({ title, names: RULES.filter((rule) => rule.group === group).map(({ id }) => id) }));

export const TRAP_GROUPS: readonly Group[] = [
  { title: "Values without quotes", names: Object.keys(SCALARS) },
  { title: "Indentation, keys and documents", names: Object.keys(STRUCTURE) },
  { title: "JSON", names: Object.keys(JSON_TRAPS) },
];

/** The pages that list the others. @param pages those that they list */
export function indexPages(pages: readonly CataloguePage[]): readonly CataloguePage[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return [
    indexPage(
      "findings",
      "Findings",
      "What `fairlead check` and the webhook find in a Service, each with an example.",
      FINDING_GROUPS,
    ),
    indexPage("rules", "Policy rules", "The rules that a policy can have, each with an example.", RULE_GROUPS),
    indexPage("yaml", "Traps of YAML", "Texts that are read as something else than they look like.", TRAP_GROUPS),
  ];

  function indexPage(folder: string, title: string, description: string, groups: readonly Group[]): CataloguePage {
    const sections = groups.map((group) => {
      const rows = group.names.toSorted().map((name) => {
        const page = byPath.get(`${folder}/${name}`);
        return `| [\`${name}\`](/${folder}/${name}) | ${cell(page?.description ?? "").replaceAll(/[*#]/g, "\\$&")} |`;
      });
      return paragraphs(`## ${group.title}`, ["| page | about |", "|---|---|", ...rows].join("\n"));
    });
    return {
      path: `${folder}/index`,
      title,
      description,
      markdown: `${paragraphs(`# ${title}`, description, ...sections)}\n`,
    };
  }
}
