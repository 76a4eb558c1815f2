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

/** Pages that belong together. */
export interface PageGroup {
  readonly title: string;
  readonly names: readonly string[];
}

const FINDING_GROUPS: readonly PageGroup[] = [
  { title: "What cannot be read", names: Object.keys({ ...DECODE_MESSAGES, ...FIELD_VALIDATION_MESSAGES }) },
  { title: "Metadata", names: Object.keys(METADATA_MESSAGES) },
  { title: "Spec and status", names: Object.keys(SPEC_MESSAGES) },
  { title: "Addresses and IP families", names: Object.keys(ADDRESS_MESSAGES) },
  { title: "Updates", names: Object.keys(UPDATE_MESSAGES) },
  { title: "Admission plugins", names: Object.keys(ADMISSION_MESSAGES) },
  { title: "Warnings of the API server", names: Object.keys(WARNING_MESSAGES) },
  { title: "What the check says by itself", names: Object.keys(CHECK_RULES) },
];

const RULE_GROUPS: readonly PageGroup[] = [
  { title: "What a team may decide", group: "team" },
  { title: "Advice: what the API server accepts and what hurts in production", group: "advice" },
  { title: "Consistency: what does not fit other objects", group: "consistency" },
].map(({ title, group }) => ({ title, names: RULES.filter((rule) => rule.group === group).map(({ id }) => id) }));

const TRAP_GROUPS: readonly PageGroup[] = [
  { title: "Values without quotes", names: Object.keys(SCALARS) },
  { title: "Indentation, keys and documents", names: Object.keys(STRUCTURE) },
  { title: "JSON", names: Object.keys(JSON_TRAPS) },
];

/** One of the catalogue's parts: a folder with a page that lists the others. */
export interface Part {
  readonly folder: string;
  /** What stands before the names of its pages where examples are listed. */
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  /** What else there is, in Markdown. */
  readonly more: string;
  /** What one of its pages is about. */
  readonly noun: string;
  readonly groups: readonly PageGroup[];
}

/** The parts of the catalogue. */
export const PARTS: readonly Part[] = [
  {
    folder: "findings",
    prefix: "",
    title: "Findings",
    description: "What `fairlead check` and the webhook find in a Service, each with an example.",
    more: "The code of a finding stands at the end of its first line in a report. One that begins with `policy/` is [a rule of a policy](/rules/). What YAML reads as something else than it looks like is in [traps of YAML](/yaml/).",
    noun: "finding",
    groups: FINDING_GROUPS,
  },
  {
    folder: "rules",
    prefix: "policy/",
    title: "Policy rules",
    description: "The rules that a policy can have, each with an example.",
    more: "A rule is found only where [a policy](/docs/policy) names it; there are [ready-made sets](/docs/policy#ready-made-sets). All rules with all their examples are [on one page](/docs/rules). What the API server itself says is in [findings](/findings/).",
    noun: "rule",
    groups: RULE_GROUPS,
  },
  {
    folder: "yaml",
    prefix: "yaml/",
    title: "Traps of YAML",
    description: "Texts that are read as something else than they look like.",
    more: "Kubernetes reads YAML 1.1, and [how manifests are read](/docs/yaml) says it in full. What is found in such a text is in [findings](/findings/).",
    noun: "trap",
    groups: TRAP_GROUPS,
  },
];
