import { defineRule, EACH_LABEL, LABELS } from "../kit/index.ts";
import { celOfRequired, checkRequired, requiredEntries } from "./label-and-annotation-entries.ts";

export const requiredLabels = defineRule({
  meta: {
    id: "required-labels",
    title: "Some labels are required",
    fault: "a required label is missing or not valid",
    why: "Labels show who owns a Service, who pays for it and whom to call at night, if they are set.",
    group: "team",
    inStatus: ["labels"],
  },
  parameters: { labels: requiredEntries },
  messages: {
    missing: { text: "the label {key} is missing or empty", fix: "set metadata.labels[{key}]" },
    value: { text: "the label {key} must match {pattern}, not be {found}", fix: "use a value that matches {pattern}" },
  },
  check: ({ labels }) => {
    const find = checkRequired(labels, LABELS);
    return ({ metadata }) => find(metadata.labels);
  },
  cel: ({ labels }) => celOfRequired(labels, EACH_LABEL, "metadata.labels"),
  examples: {
    good: [
      { name: "the label is set", parameters: { labels: [{ key: "team" }] }, metadata: { labels: { team: "shop" } } },
      {
        name: "its value matches the pattern",
        parameters: { labels: [{ key: "example.com/cost-centre", pattern: "[0-9]{4}" }] },
        metadata: { labels: { "example.com/cost-centre": "4711" } },
      },
    ],
    bad: [
      { name: "the label is missing", parameters: { labels: [{ key: "team" }] }, finds: ["metadata.labels[team]"] },
      {
        name: "its value does not match the pattern",
        parameters: { labels: [{ key: "example.com/cost-centre", pattern: "[0-9]{4}" }] },
        metadata: { labels: { "example.com/cost-centre": "none" } },
        finds: ["metadata.labels[example.com/cost-centre]"],
      },
    ],
  },
});
