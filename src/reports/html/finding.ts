import {
  type CheckFinding,
  fieldFact,
  helpLink,
  type RuleText,
  objectName,
  suppressionText,
} from "../../examine/model/index.ts";
import { fileName } from "../model/index.ts";
import { frameBlock } from "./code.ts";
import { html, type Markup, type Part, prose } from "./markup.ts";

/** A finding with its ids on the page. */
export interface PageFinding {
  readonly id: string;
  readonly finding: CheckFinding;
  /** The id of its Service; undefined if that is not on the page. */
  readonly serviceId: string | undefined;
}

const FIELD_TERMS = { cause: "Cause", field: "Field" } as const;

/** One finding as an article: message, location, code frame and fix. */
export function findingArticle({ id, finding, serviceId }: PageFinding, rule: RuleText | undefined): Markup {
  const suppressed = suppressionText(finding);
  const fact = fieldFact(finding);
  const { region } = finding;
  const where = `${fileName(finding.file)}:${region.startLine}:${region.startColumn}`;
  const label = `${fileName(finding.file)}, from line ${finding.frame.firstLine}`;
  const name = objectName(finding);
  return html`<article
    id="${id}"
    class="finding ${finding.severity}${suppressed !== undefined && " suppressed"}"
    data-severity="${finding.severity}"
    data-rule="${finding.rule}"
    ${suppressed !== undefined && html` data-suppressed`}
  >
    <h4>
      <span class="badge ${finding.severity}">${finding.severity}</span
      >${suppressed !== undefined && html`<span class="badge quiet">suppressed</span>`}
      <a class="self" href="#${id}">${prose(finding.message)}</a>
    </h4>
    <p class="meta">
      <code>${where}</code>${name !== undefined && html`<span>${serviceLink(name, serviceId)}</span>`}
      <a href="${helpLink(finding.rule, rule)}" title="${rule?.title}">${finding.rule}</a>
    </p>
    ${finding.frame.lines.length > 0 && frameBlock(finding, label)}
    <dl>
      ${entry("Fix", finding.fix && prose(finding.fix))}${fact && entry(FIELD_TERMS[fact.name], html`<code>${fact.text}</code>`)}
      ${entry("Policy", finding.policy)}${entry("Not counted", suppressed && prose(suppressed))}
    </dl>
  </article>`;
}

function serviceLink(name: string, serviceId: string | undefined): Part {
  return serviceId === undefined ? name : html`<a href="#${serviceId}">${name}</a>`;
}

function entry(term: string, description: Part): Part {
  if (description === undefined) return undefined;
  return html`<div>
    <dt>${term}</dt>
    <dd>${description}</dd>
  </div>`;
}
